namespace Chaperone.Approval.Store;

/// <summary>A request with its masked message in clear.</summary>
internal sealed record ShownCase(ApprovalCase Case, byte[] MaskedRequest);
