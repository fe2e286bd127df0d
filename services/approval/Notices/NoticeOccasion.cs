namespace Chaperone.Approval.Notices;

/// <summary>What people are told about.</summary>
internal enum NoticeOccasion
{
    /// <summary>An answer is wanted.</summary>
    Asked = 0,

    /// <summary>No answer is wanted any more.</summary>
    Closed = 1,
}
