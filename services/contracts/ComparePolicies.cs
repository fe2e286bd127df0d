namespace Chaperone.Contracts;

/// <summary>Console to policy: which recorded calls would another policy decide otherwise? Only asked after who asks was recorded; nothing is counted and nothing happens.</summary>
public sealed record ComparePolicies
{
    /// <summary>Under which the draft is sealed.</summary>
    public required Guid RequestId { get; init; }

    /// <summary>Digest of a kept version; null means the one in force.</summary>
    public string? Before { get; init; }

    /// <summary>Digest of a kept version; null with <see cref="Draft"/> null means the one in force.</summary>
    public string? After { get; init; }

    /// <summary>A policy file in the place of <see cref="After"/>, YAML of at most 1 MiB; what it includes is taken from the version in force.</summary>
    public SealedPayload? Draft { get; init; }

    /// <summary>Calls since; null for no bound.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Calls until; null for no bound.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only calls whose record has an index below this: where the part before ended. Null for the newest.</summary>
    public long? Below { get; init; }
}

/// <summary>What two policies decide otherwise.</summary>
public sealed record PoliciesCompared
{
    /// <summary>Why nothing was compared; empty when it was.</summary>
    public required string[] Problems { get; init; }

    /// <summary>Calls that were decided by both.</summary>
    public int Calls { get; init; }

    /// <summary>Calls among them whose message is not recorded: conditions on arguments saw none.</summary>
    public int WithoutMessage { get; init; }

    /// <summary>Records of the part that do not open.</summary>
    public int Unreadable { get; init; }

    /// <summary>Newest first, fewer than 400.</summary>
    public CallDifference[] Differences { get; init; } = [];

    /// <summary>Time of the oldest call that was compared; null when none was.</summary>
    public DateTimeOffset? Oldest { get; init; }

    /// <summary>Where to go on, for time or room ran out; null when the whole period was compared.</summary>
    public long? Next { get; init; }
}

/// <summary>A call that two policies decide otherwise.</summary>
public sealed record CallDifference
{
    /// <summary>The call.</summary>
    public required Guid CallId { get; init; }

    /// <summary>Its session.</summary>
    public required Guid SessionId { get; init; }

    /// <summary>When it was received.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The caller.</summary>
    public required string Subject { get; init; }

    /// <summary>Key of the server.</summary>
    public required string Server { get; init; }

    /// <summary>MCP method.</summary>
    public required string Method { get; init; }

    /// <summary>The tool or prompt; null for anything else.</summary>
    public string? Target { get; init; }

    /// <summary>By the one policy.</summary>
    public required TrialDecision Was { get; init; }

    /// <summary>By the other.</summary>
    public required TrialDecision Becomes { get; init; }
}

/// <summary>A decision in short.</summary>
public sealed record TrialDecision
{
    /// <summary>What it is.</summary>
    public required CallEffect Effect { get; init; }

    /// <summary>The rule that decided.</summary>
    public required string Rule { get; init; }

    /// <summary>Masking profile, followed by <c> -CLASS</c> for each exemption.</summary>
    public required string Masking { get; init; }
}
