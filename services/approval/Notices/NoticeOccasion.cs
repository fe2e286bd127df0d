namespace Chaperone.Approval.Notices;

/// <summary>What people are told about.</summary>
internal enum NoticeOccasion
{
    /// <summary>An answer is wanted.</summary>
    Asked = 0,

    /// <summary>No answer is wanted any more.</summary>
    Closed = 1,

    /// <summary>An answer is still wanted.</summary>
    Reminded = 2,

    /// <summary>An answer is still wanted, and other people are asked as well.</summary>
    Escalated = 3,
}
