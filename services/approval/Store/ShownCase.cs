using Chaperone.Contracts;

namespace Chaperone.Approval.Store;

/// <summary>A request with its masked message in clear, and what the same person asked before.</summary>
internal sealed record ShownCase(ApprovalCase Case, byte[] MaskedRequest, ApprovalHistory? History = null);
