namespace Chaperone.Approval.Store;

/// <summary>What became of asking.</summary>
/// <param name="Case">The request that stands for the call now.</param>
/// <param name="IsNew">Whether it was opened just now.</param>
/// <param name="Lapsed">An earlier request that was found lapsed on the way; its record is in the outbox.</param>
internal sealed record OpenedCase(ApprovalCase Case, bool IsNew, long? Lapsed);
