namespace Chaperone.Contracts;

/// <summary>Console to approval: show a person the arguments of a held call as they are, not masked. Recorded with the reason before anything is shown.</summary>
public sealed record RevealArguments
{
    /// <summary>E.g. <c>APR-12</c>.</summary>
    public required string ApprovalId { get; init; }

    /// <summary>Who asks.</summary>
    public required Principal Person { get; init; }

    /// <summary>Why, in the person's words, at most 1,000 characters.</summary>
    public required string Reason { get; init; }
}

/// <summary>The arguments, or why they are not shown.</summary>
public sealed record ArgumentsRevealed
{
    /// <summary>The request's message as it came, sealed under the call id; null where it is not shown.</summary>
    public SealedPayload? Message { get; init; }

    /// <summary>One sentence for the person where it is not shown; null where it is.</summary>
    public string? Problem { get; init; }
}
