namespace Chaperone.Contracts;

/// <summary>Console to approval: somebody signed in opened the link of a card. It gives no right of its own; it is used up, and that it was seen is recorded.</summary>
public sealed record OpenCardLink
{
    /// <summary>The link's token, as it came.</summary>
    public required string Token { get; init; }

    /// <summary>Who opened it.</summary>
    public required Principal Person { get; init; }
}

/// <summary>Where a card's link leads.</summary>
public sealed record CardLinkOpened
{
    /// <summary>The request it is for, e.g. <c>APR-12</c>; null if the link is none of ours.</summary>
    public string? ApprovalId { get; init; }

    /// <summary>One sentence for the person when the link does not count; null when it does.</summary>
    public string? Problem { get; init; }
}
