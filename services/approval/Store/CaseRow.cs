namespace Chaperone.Approval.Store;

/// <summary>A row of <c>approval_case</c>.</summary>
internal sealed class CaseRow
{
    public const string Columns =
        "number AS Number, call_id AS CallId, binding AS Binding, state AS State, requested_at AS RequestedAt, "
        + "expires_at AS ExpiresAt, facts AS Facts, verdict AS Verdict";

    public long Number { get; set; }

    public string CallId { get; set; } = "";

    public string Binding { get; set; } = "";

    public long State { get; set; }

    public long RequestedAt { get; set; }

    public long ExpiresAt { get; set; }

    public byte[] Facts { get; set; } = [];

    public byte[]? Verdict { get; set; }

    public byte[] Masked { get; set; } = [];
}
