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

    /// <summary>How long an approved call may wait to be made.</summary>
    public required TimeSpan GrantLifetime { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The masked message in clear; the store seals it.</summary>
    public required byte[] MaskedRequest { get; init; }

    /// <summary>The request as it begins, without its number: waiting, or let pass by <paramref name="granting"/>'s yes.</summary>
    public ApprovalCase Open(ApprovalCase? granting)
    {
        var opened = new ApprovalCase
        {
            Number = 0,
            Call = Call,
            BindingDigest = BindingDigest,
            ToolDefinitionDigest = ToolDefinitionDigest,
            Decision = Decision,
            Requirement = Requirement,
            RequestedAt = RequestedAt,
            ExpiresAt = ExpiresAt,
            State = ApprovalState.Pending,
        };
        if (granting is not { GrantUntil: { } until })
        {
            return opened;
        }

        var lapses = RequestedAt + GrantLifetime;
        return opened with
        {
            State = ApprovalState.Approved,
            ExpiresAt = lapses < until ? lapses : until,
            DecidedBy = granting.DecidedBy,
            Reason = granting.Reason,
            GrantId = granting.Id,
        };
    }
}
