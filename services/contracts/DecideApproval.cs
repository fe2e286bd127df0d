namespace Chaperone.Contracts;

/// <summary>Console or chat to approval: a person's answer.</summary>
public sealed record DecideApproval
{
    /// <summary>E.g. <c>APR-12</c>.</summary>
    public required string ApprovalId { get; init; }

    /// <summary>Who answers.</summary>
    public required Principal Decider { get; init; }

    /// <summary>True for yes.</summary>
    public required bool Approve { get; init; }

    /// <summary>The person's words, at most 1,000 characters; null if none.</summary>
    public string? Reason { get; init; }

    /// <summary><c>console</c>, <c>slack</c> or <c>teams</c>.</summary>
    public required string Channel { get; init; }

    /// <summary>With a yes: let further calls of the same person, client, session, server and tool pass for so long; null for this call only.</summary>
    public TimeSpan? GrantFor { get; init; }
}

/// <summary>What became of a person's answer.</summary>
public sealed record ApprovalAnswered
{
    /// <summary>True if the answer counted.</summary>
    public required bool Accepted { get; init; }

    /// <summary>One sentence for the person when it did not count; null when it did.</summary>
    public string? Problem { get; init; }

    /// <summary>Where the request stands now; null when there is no such request.</summary>
    public ApprovalStatus? Status { get; init; }
}

/// <summary>An event every edge hears: a request reached a final state.</summary>
public sealed record ApprovalDecided
{
    /// <summary>Where it stands.</summary>
    public required ApprovalStatus Status { get; init; }

    /// <summary>The exact call it is for.</summary>
    public required string BindingDigest { get; init; }
}
