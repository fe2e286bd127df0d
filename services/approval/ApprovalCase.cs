using Chaperone.Contracts;

namespace Chaperone.Approval;

/// <summary>One request for approval as the store holds it, without its message.</summary>
internal sealed record ApprovalCase
{
    public required long Number { get; init; }

    public string Id => ApprovalNumber.Format(Number);

    /// <summary>The call that asked first; a repeat of it joins.</summary>
    public required CallFacts Call { get; init; }

    public required string BindingDigest { get; init; }

    public required string ToolDefinitionDigest { get; init; }

    public required DecisionFacts Decision { get; init; }

    public required ApprovalRequirement Requirement { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When an open request or an unused grant lapses; for a denied one, until when the no stands.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    public required ApprovalState State { get; init; }

    public string? DecidedBy { get; init; }

    public string? Reason { get; init; }

    public IReadOnlyList<ApprovalVote> Votes { get; init; } = [];

    /// <summary>Until when the yes holds for further calls; null where it holds for this call only.</summary>
    public DateTimeOffset? GrantUntil { get; init; }

    /// <summary>The request whose grant let this one pass; null where people were asked.</summary>
    public string? GrantId { get; init; }

    /// <summary>Whether further calls may pass now.</summary>
    public bool GrantRuns(DateTimeOffset now) => GrantUntil > now && State is ApprovalState.Approved or ApprovalState.Used or ApprovalState.Expired;

    /// <summary>Whether time alone has closed it, even if nobody has written that down yet.</summary>
    public bool HasLapsed(DateTimeOffset now) => State is ApprovalState.Pending or ApprovalState.Approved && now >= ExpiresAt;

    /// <summary>Whether it still answers a repeat of its call: open, granted, or refused not long ago.</summary>
    public bool Stands(DateTimeOffset now) =>
        State is ApprovalState.Pending or ApprovalState.Approved or ApprovalState.Denied && now < ExpiresAt;

    /// <summary>Where it stands at <paramref name="now"/>.</summary>
    public ApprovalStatus StatusAt(DateTimeOffset now) => new()
    {
        ApprovalId = Id,
        State = HasLapsed(now) ? ApprovalState.Expired : State,
        ExpiresAt = ExpiresAt,
        DecidedBy = DecidedBy,
        Reason = Reason,
    };
}
