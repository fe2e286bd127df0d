using Chaperone.Contracts;

namespace Chaperone.Approval;

/// <summary>A request about to be opened; the store gives it its number.</summary>
internal sealed record CaseDraft
{
    public required CallFacts Call { get; init; }

    public required string BindingDigest { get; init; }

    public required string ToolDefinitionDigest { get; init; }

    public required DecisionFacts Decision { get; init; }

    public required ApprovalRequirement Requirement { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The masked message in clear; the store seals it.</summary>
    public required byte[] MaskedRequest { get; init; }
}
