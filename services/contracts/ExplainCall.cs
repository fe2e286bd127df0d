namespace Chaperone.Contracts;

/// <summary>Console to policy: how would this call be decided, and why? Nothing is counted and nothing happens.</summary>
public sealed record ExplainCall
{
    /// <summary>The call that is made up.</summary>
    public required CallFacts Call { get; init; }

    /// <summary>Its JSON-RPC message; sealed under <see cref="CallFacts.CallId"/>.</summary>
    public required SealedPayload Message { get; init; }

    /// <summary>Where every counter of the session stands.</summary>
    public int Counts { get; init; }

    /// <summary>True: as if the caller had a break-glass window open.</summary>
    public bool BreakGlass { get; init; }
}

/// <summary>How a call would be decided.</summary>
public sealed record CallExplained
{
    /// <summary>The decision.</summary>
    public required DecisionFacts Decision { get; init; }

    /// <summary>Whether the caller would learn that the target exists.</summary>
    public required bool Visible { get; init; }

    /// <summary>What its SQL is found to do, without a word of it; null where it carries none.</summary>
    public string? Sql { get; init; }

    /// <summary>Rules that match.</summary>
    public required RuleVerdict[] Matching { get; init; }

    /// <summary>Rules that nearly match, the closest first, at most 20.</summary>
    public required RuleVerdict[] Close { get; init; }
}

/// <summary>What became of a rule.</summary>
public sealed record RuleVerdict
{
    /// <summary>Its name.</summary>
    public required string Rule { get; init; }

    /// <summary><c>allow</c>, <c>approve</c> or <c>deny</c>.</summary>
    public required string Effect { get; init; }

    /// <summary>Which of its parts do not fit; empty for one that matches.</summary>
    public required string[] Failed { get; init; }
}
