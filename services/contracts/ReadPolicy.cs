namespace Chaperone.Contracts;

/// <summary>Console to policy: which policy is in force, which were before, and what they say. Credentials of servers never cross.</summary>
public sealed record ReadPolicy
{
    /// <summary>The version whose rules are asked for; null: the one in force.</summary>
    public string? Digest { get; init; }

    /// <summary>A version to compare it with; null for none.</summary>
    public string? Against { get; init; }
}

/// <summary>The policy, as an admin may see it.</summary>
public sealed record PolicyReport
{
    /// <summary>Digest of the version in force.</summary>
    public required string InForce { get; init; }

    /// <summary>Name of its main file.</summary>
    public required string File { get; init; }

    /// <summary>Whether a policy must be signed to come into force.</summary>
    public required bool RequiresSignature { get; init; }

    /// <summary>What is wrong with the file as it is now, when it is not the version in force; else empty.</summary>
    public required string[] Problems { get; init; }

    /// <summary>The versions that came into force, newest first, at most 200.</summary>
    public required PolicyVersionItem[] Versions { get; init; }

    /// <summary>The version whose rules follow; null when the one asked for is not kept.</summary>
    public string? Digest { get; init; }

    /// <summary>Its rules, in order.</summary>
    public required PolicyRuleItem[] Rules { get; init; }

    /// <summary>What differs in it from the version it was compared with.</summary>
    public required PolicyDifference[] Differences { get; init; }
}

/// <summary>A version that came into force.</summary>
public sealed record PolicyVersionItem
{
    /// <summary>Its digest.</summary>
    public required string Digest { get; init; }

    /// <summary>When it came into force.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Its trusted signers.</summary>
    public required string[] Signers { get; init; }

    /// <summary>How many rules it has.</summary>
    public required int Rules { get; init; }

    /// <summary>How many parts it added, removed or changed.</summary>
    public required int Changes { get; init; }
}

/// <summary>A rule as it is written.</summary>
public sealed record PolicyRuleItem
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it says, on one line.</summary>
    public required string Text { get; init; }

    /// <summary>How many calls it decided since this worker started.</summary>
    public required long Decided { get; init; }
}

/// <summary>A part that differs between two versions.</summary>
public sealed record PolicyDifference
{
    /// <summary>What it is: <c>rule NAME</c>, <c>role NAME</c>, <c>server NAME</c>.</summary>
    public required string Part { get; init; }

    /// <summary>What it said; null where it was not there, or may not be shown.</summary>
    public string? Before { get; init; }

    /// <summary>What it says; null where it is not there any more, or may not be shown.</summary>
    public string? After { get; init; }
}
