namespace Chaperone.Approval.Store;

/// <summary>A row of <c>approval_outbox</c>: something that is decided but not yet told.</summary>
internal sealed class OutboxRow
{
    public const long Record = 0;
    public const long Announcement = 1;

    public long Id { get; set; }

    public long Number { get; set; }

    public long Kind { get; set; }

    public string EventId { get; set; } = "";

    public byte[] Body { get; set; } = [];
}
