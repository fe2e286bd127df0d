namespace Chaperone.Contracts;

/// <summary>Edge to approval: ask people for this exact call. The same binding by the same requester joins the request already open; the same call id is answered with its first request for ever, so asking again is how a waiting edge looks. Answered by <see cref="ApprovalStatus"/> once durable and recorded.</summary>
public sealed record RequestApproval
{
    /// <summary>The held call.</summary>
    public required CallFacts Call { get; init; }

    /// <summary>SHA-256 over RFC 8785 JSON of principal, client, server, method, target, arguments, tool definition and policy digest; lower-case hex (invariant 6).</summary>
    public required string BindingDigest { get; init; }

    /// <summary>SHA-256 of the tool's definition as the upstream lists it now, lower-case hex; <c>absent</c> if it lists none.</summary>
    public required string ToolDefinitionDigest { get; init; }

    /// <summary>The decision that holds it.</summary>
    public required DecisionFacts Decision { get; init; }

    /// <summary>Who has to approve.</summary>
    public required ApprovalRequirement Requirement { get; init; }

    /// <summary>The request's message, masked, for the approver's eyes; sealed under the call id.</summary>
    public required SealedPayload MaskedRequest { get; init; }

    /// <summary>The request that an earlier leg of this call waited for, e.g. <c>APR-12</c>: it is answered wherever it stands, and no new one is opened. Null at first.</summary>
    public string? ApprovalId { get; init; }
}

/// <summary>Where a request for approval stands.</summary>
public sealed record ApprovalStatus
{
    /// <summary>E.g. <c>APR-12</c>.</summary>
    public required string ApprovalId { get; init; }

    /// <summary>Where it stands.</summary>
    public required ApprovalState State { get; init; }

    /// <summary>When an open request, or an unused grant, lapses.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Name of the last person who decided; null before.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>The decider's words; null if none.</summary>
    public string? Reason { get; init; }
}

/// <summary>Where a request for approval stands.</summary>
public enum ApprovalState
{
    /// <summary>Waiting for people.</summary>
    Pending = 0,

    /// <summary>Approved, not used yet.</summary>
    Approved = 1,

    /// <summary>Refused by a person.</summary>
    Denied = 2,

    /// <summary>Nobody decided in time, or the grant was not used in time.</summary>
    Expired = 3,

    /// <summary>The requester cancelled.</summary>
    Withdrawn = 4,

    /// <summary>Approved and used up by one call.</summary>
    Used = 5,
}

/// <summary>An approval as recorded.</summary>
public sealed record ApprovalFacts
{
    /// <summary>E.g. <c>APR-12</c>.</summary>
    public required string ApprovalId { get; init; }

    /// <summary>What happened: <c>asked</c>, <c>granted</c> (let pass by an earlier yes), <c>notified</c>, <c>reminded</c>, <c>escalated</c>, <c>seen</c>, <c>approved</c>, <c>denied</c>, <c>expired</c>, <c>withdrawn</c>, <c>released</c>, <c>revealed</c>, <c>refused</c> (an attempt that was not allowed).</summary>
    public required string Step { get; init; }

    /// <summary>The exact call it is for.</summary>
    public required string BindingDigest { get; init; }

    /// <summary>How the person answered, was told or came to see it: <c>console</c>, <c>slack</c>, <c>teams</c>, <c>email</c>, <c>webhook</c>; null where neither.</summary>
    public string? Channel { get; init; }

    /// <summary>The person's words; null if none.</summary>
    public string? Reason { get; init; }

    /// <summary>The request whose grant lets the call pass, e.g. <c>APR-12</c>; null where people were asked for this very call.</summary>
    public string? GrantId { get; init; }

    /// <summary>Until when a yes holds for further calls; null where it holds for one.</summary>
    public DateTimeOffset? GrantUntil { get; init; }
}
