namespace Chaperone.Approval.Store;

/// <summary>A row of <c>approval_notice</c>: one card for one channel.</summary>
internal sealed class NoticeRow
{
    public long Id { get; set; }

    public long Number { get; set; }

    public string Notifier { get; set; } = "";

    public long Occasion { get; set; }

    public long Attempts { get; set; }
}
