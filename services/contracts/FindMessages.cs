namespace Chaperone.Contracts;

/// <summary>Console to recorder: messages found by words and fields, newest first, a page at a time.</summary>
public sealed record FindMessages
{
    /// <summary>Names this question; <see cref="Terms"/> is sealed under it.</summary>
    public required Guid QueryId { get; init; }

    /// <summary><see cref="MessageTerms"/> as JSON, sealed: what a person searches for may name a patient.</summary>
    public required SealedPayload Terms { get; init; }

    /// <summary>Earliest; null for no bound.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Latest; null for no bound.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only records of a ledger index below this: the <see cref="MessagePage.Next"/> of the page before; null for the newest.</summary>
    public long? Before { get; init; }

    /// <summary>1 to 200.</summary>
    public int Limit { get; init; } = 50;
}

/// <summary>What a person searches for; crosses the bus sealed.</summary>
public sealed record MessageTerms
{
    /// <summary>Words of the masked text or the facts, each of which must be there: <c>word</c>, <c>begin*</c>, <c>"words in a row"</c>; null for none.</summary>
    public string? Words { get; init; }

    /// <summary>Fields, each of which must be as said.</summary>
    public MessageFilter[] Filters { get; init; } = [];
}

/// <summary>One field that must have one value.</summary>
public sealed record MessageFilter
{
    /// <summary>Which field.</summary>
    public required MessageField Field { get; init; }

    /// <summary>Its whole value, in any case.</summary>
    public required string Value { get; init; }
}

/// <summary>Fields by which messages are found.</summary>
public enum MessageField
{
    /// <summary>Subject, name or e-mail address of the caller, or of the person who acted.</summary>
    User = 0,

    /// <summary>Name of the client program.</summary>
    Client = 1,

    /// <summary>Key of the server.</summary>
    Server = 2,

    /// <summary>Tool or prompt.</summary>
    Tool = 3,

    /// <summary>JSON-RPC method.</summary>
    Method = 4,

    /// <summary><c>allow</c>, <c>hold</c> or <c>deny</c>.</summary>
    Decision = 5,

    /// <summary>Rule that decided.</summary>
    Rule = 6,

    /// <summary>Type of an identifier that was masked, e.g. <c>SSN</c>.</summary>
    Masked = 7,

    /// <summary>Session id.</summary>
    Session = 8,
}

/// <summary>One page of messages.</summary>
public sealed record MessagePage
{
    /// <summary>Newest first.</summary>
    public required MessageItem[] Items { get; init; }

    /// <summary>Where the next page begins (<see cref="FindMessages.Before"/>); null on the last.</summary>
    public long? Next { get; init; }

    /// <summary>Why the question was not understood, one sentence with the remedy; null if it was.</summary>
    public string? Problem { get; init; }
}

/// <summary>One message found.</summary>
public sealed record MessageItem
{
    /// <summary>Leaf index.</summary>
    public required long Index { get; init; }

    /// <summary>Its facts, without parts; null for a record that can no longer be opened.</summary>
    public RecordEntry? Entry { get; init; }

    /// <summary>Masked text around the first word found, at most 240 characters, sealed under the event id; null where there is none.</summary>
    public SealedPayload? Excerpt { get; init; }
}
