namespace Chaperone.Contracts;

/// <summary>Console to approval: an approver looks at an open request. Recorded once for each person.</summary>
public sealed record SeeApproval
{
    /// <summary>E.g. <c>APR-12</c>.</summary>
    public required string ApprovalId { get; init; }

    /// <summary>Who looks.</summary>
    public required Principal Person { get; init; }

    /// <summary>Where: <c>console</c>.</summary>
    public required string Channel { get; init; }
}

/// <summary>The look is durable.</summary>
public sealed record ApprovalSeen
{
    /// <summary>False if it was recorded before, or there is no such open request.</summary>
    public required bool Recorded { get; init; }
}
