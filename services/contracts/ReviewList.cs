namespace Chaperone.Contracts;

/// <summary>Edge to policy: which entries of a list answer (<c>tools/list</c>, <c>prompts/list</c>, <c>resources/list</c>, <c>resources/templates/list</c>) may the caller see?</summary>
public sealed record ReviewList
{
    /// <summary>The list call.</summary>
    public required CallFacts Call { get; init; }

    /// <summary>The upstream's JSON-RPC response; sealed under <see cref="CallFacts.CallId"/>.</summary>
    public required SealedPayload Answer { get; init; }

    /// <summary>Whether it begins with the first of the upstream's entries: no cursor was sent. It is the whole list then, unless it has a <c>nextCursor</c>.</summary>
    public bool Whole { get; init; }
}

/// <summary>The list as the caller may see it. Nothing is recorded here: masking records what is released.</summary>
public sealed record ListReviewed
{
    /// <summary>The list call.</summary>
    public required Guid CallId { get; init; }

    /// <summary>The JSON-RPC response without the hidden entries, order and <c>nextCursor</c> kept; null when it could not be read, and then the answer is withheld.</summary>
    public SealedPayload? Answer { get; init; }

    /// <summary>How many entries were hidden.</summary>
    public required int Hidden { get; init; }

    /// <summary>How many of them because their definition is not accepted (<see cref="ToolState"/>).</summary>
    public int Unaccepted { get; init; }

    /// <summary>Nothing is decided: the server has shown no tool yet, and this was a part of its list. Show the whole first, then ask again.</summary>
    public bool NeedsWholeList { get; init; }
}
