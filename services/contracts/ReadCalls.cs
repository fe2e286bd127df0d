namespace Chaperone.Contracts;

/// <summary>Policy to recorder: recorded calls of a period, newest first, each with its message as it came. They are decided again and shown to nobody; who has that done is recorded before.</summary>
public sealed record ReadCalls
{
    /// <summary>Recorded since; null for no bound.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Recorded until; null for no bound.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only records of a ledger index below this; null for the newest.</summary>
    public long? Below { get; init; }

    /// <summary>Most records to look at, 1 to 500.</summary>
    public int Limit { get; init; } = 200;
}

/// <summary>A part of the recorded calls.</summary>
public sealed record CallsRead
{
    /// <summary>Newest first; together at most 2 MiB of messages, or one.</summary>
    public required StoredCall[] Calls { get; init; }

    /// <summary>Records that do not open.</summary>
    public int Unreadable { get; init; }

    /// <summary>Where older ones follow (<see cref="ReadCalls.Below"/>); null when there are none.</summary>
    public long? Next { get; init; }
}

/// <summary>A call as it was recorded.</summary>
public sealed record StoredCall
{
    /// <summary>Its facts.</summary>
    public required CallFacts Call { get; init; }

    /// <summary>Its message, sealed under the call id; null where none is recorded.</summary>
    public SealedPayload? Message { get; init; }

    /// <summary>The break-glass window that it was decided under; null where none made a difference.</summary>
    public Guid? BreakGlass { get; init; }
}
