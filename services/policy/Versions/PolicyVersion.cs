namespace Chaperone.Policy.Versions;

/// <summary>One version of the policy as it came into force.</summary>
internal sealed record PolicyVersion
{
    /// <summary>The digest that decisions carry.</summary>
    public required string Digest { get; init; }

    /// <summary>The digest of the version before it; null for the first.</summary>
    public string? Previous { get; init; }

    /// <summary>When it came into force.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Names of its trusted signers; empty where nobody has signed it.</summary>
    public required string[] Signers { get; init; }

    /// <summary>When the main file was last written; null where that is not known.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>Name of the main file.</summary>
    public required string File { get; init; }

    /// <summary>Names of all files, main first.</summary>
    public required string[] Files { get; init; }

    /// <summary>How many rules it has.</summary>
    public required int Rules { get; init; }

    /// <summary>What it changed in the version before it.</summary>
    public required PolicyChanges Changes { get; init; }
}
