namespace Chaperone.Contracts;

/// <summary>Console to approval: requests, newest first.</summary>
public sealed record ListApprovals
{
    /// <summary>True: only pending ones; false: only decided ones.</summary>
    public required bool Pending { get; init; }

    /// <summary>One request only; null for all.</summary>
    public string? ApprovalId { get; init; }

    /// <summary>Words to find in requester, server, tool or id; null for all.</summary>
    public string? Search { get; init; }

    /// <summary>From 0.</summary>
    public int Offset { get; init; }

    /// <summary>1 to 200.</summary>
    public int Limit { get; init; } = 50;
}

/// <summary>One page of requests.</summary>
public sealed record ApprovalPage
{
    /// <summary>How many match in all.</summary>
    public required int Total { get; init; }

    /// <summary>The page.</summary>
    public required ApprovalItem[] Items { get; init; }
}

/// <summary>One request with all an approver needs.</summary>
public sealed record ApprovalItem
{
    /// <summary>Where it stands.</summary>
    public required ApprovalStatus Status { get; init; }

    /// <summary>The held call.</summary>
    public required CallFacts Call { get; init; }

    /// <summary>The decision that holds it.</summary>
    public required DecisionFacts Decision { get; init; }

    /// <summary>Who has to approve.</summary>
    public required ApprovalRequirement Requirement { get; init; }

    /// <summary>The exact call it is for.</summary>
    public required string BindingDigest { get; init; }

    /// <summary>The request's message, masked; sealed under the call id.</summary>
    public required SealedPayload MaskedRequest { get; init; }

    /// <summary>When it was asked.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>Answers so far.</summary>
    public required ApprovalVote[] Votes { get; init; }
}

/// <summary>One person's answer.</summary>
public sealed record ApprovalVote
{
    /// <summary>Who.</summary>
    public required Principal Decider { get; init; }

    /// <summary>True for yes.</summary>
    public required bool Approve { get; init; }

    /// <summary>The person's words; null if none.</summary>
    public string? Reason { get; init; }

    /// <summary><c>console</c>, <c>slack</c> or <c>teams</c>.</summary>
    public required string Channel { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset DecidedAt { get; init; }
}
