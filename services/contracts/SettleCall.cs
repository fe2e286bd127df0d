namespace Chaperone.Contracts;

/// <summary>Edge to policy: a call that limits count has ended, and so much came back.</summary>
public sealed record SettleCall
{
    /// <summary>The call.</summary>
    public required Guid CallId { get; init; }

    /// <summary>What it is counted on, as <see cref="CallDecided.Meters"/> said.</summary>
    public required UsageMeter[] Meters { get; init; }

    /// <summary>Rows released to the caller.</summary>
    public required long Rows { get; init; }

    /// <summary>Bytes released to the caller, masked.</summary>
    public required long Bytes { get; init; }
}

/// <summary>It is counted.</summary>
public sealed record CallSettled
{
    /// <summary>The call.</summary>
    public required Guid CallId { get; init; }
}

/// <summary>Something that a call's end is counted on.</summary>
public sealed record UsageMeter
{
    /// <summary>What is counted.</summary>
    public required UsageKind Kind { get; init; }

    /// <summary>For whom and what: a digest that names nobody, 64 hex characters.</summary>
    public required string Key { get; init; }

    /// <summary>How much may come back in an hour, 1 or more; for <see cref="UsageKind.Slot"/> how many calls may be under way.</summary>
    public required long Limit { get; init; }
}

/// <summary>What is counted when a call ends.</summary>
public enum UsageKind
{
    /// <summary>The call is no longer under way.</summary>
    Slot = 0,

    /// <summary>Rows that came back.</summary>
    Rows = 1,

    /// <summary>Bytes that came back.</summary>
    Bytes = 2,
}
