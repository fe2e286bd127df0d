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

    /// <summary>What the same person asked for the same operation before; null from a room that does not count.</summary>
    public ApprovalHistory? History { get; init; }

    /// <summary>Until when the yes holds for further calls; null where it holds for this call only.</summary>
    public DateTimeOffset? GrantUntil { get; init; }

    /// <summary>The request whose grant let this call pass, e.g. <c>APR-12</c>; null where people were asked.</summary>
    public string? GrantId { get; init; }
}

/// <summary>Counts of a person's earlier requests for the same server and operation, within 30 days; other arguments or not.</summary>
public sealed record ApprovalHistory
{
    /// <summary>Requests in all.</summary>
    public required int Asked { get; init; }

    /// <summary>Those that people, or a grant, approved.</summary>
    public required int Approved { get; init; }

    /// <summary>Those that somebody denied.</summary>
    public required int Denied { get; init; }
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

    /// <summary>For how long the person lets further calls pass; null for this call only.</summary>
    public TimeSpan? GrantFor { get; init; }
}
