namespace Chaperone.Contracts;

/// <summary>Edge to approval: the requester cancelled the held call. Answered by <see cref="ApprovalStatus"/>.</summary>
public sealed record WithdrawApproval
{
    /// <summary>The held call.</summary>
    public required CallFacts Call { get; init; }

    /// <summary>E.g. <c>APR-12</c>.</summary>
    public required string ApprovalId { get; init; }
}
