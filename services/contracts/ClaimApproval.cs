namespace Chaperone.Contracts;

/// <summary>Edge to approval: use the grant now, once, for this exact call. Granted means that the release is recorded and durable.</summary>
public sealed record ClaimApproval
{
    /// <summary>The call about to be forwarded.</summary>
    public required CallFacts Call { get; init; }

    /// <summary>E.g. <c>APR-12</c>.</summary>
    public required string ApprovalId { get; init; }

    /// <summary>The binding of the call as it is now; must equal the approved one.</summary>
    public required string BindingDigest { get; init; }
}

/// <summary>Whether the grant is the caller's.</summary>
public sealed record ApprovalClaimed
{
    /// <summary>True for exactly one claim of a grant.</summary>
    public required bool Granted { get; init; }

    /// <summary>Where the request stands afterwards.</summary>
    public required ApprovalStatus Status { get; init; }

    /// <summary>One sentence for the caller when it was not granted; PHI-free; null when it was.</summary>
    public string? Problem { get; init; }
}
