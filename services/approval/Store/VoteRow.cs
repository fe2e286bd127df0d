namespace Chaperone.Approval.Store;

/// <summary>A row of <c>approval_vote</c>.</summary>
internal sealed class VoteRow
{
    public long Number { get; set; }

    public string Issuer { get; set; } = "";

    public string Subject { get; set; } = "";

    public byte[] Vote { get; set; } = [];
}
