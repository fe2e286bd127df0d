namespace Chaperone.Ledger;

/// <summary>What a verification found.</summary>
public sealed record LedgerReport
{
    /// <summary>Findings kept at most; <see cref="FindingCount"/> counts the others too.</summary>
    public const int MaxFindings = 100;

    /// <summary>The signed checkpoint that was verified against; null if there is none that can be trusted.</summary>
    public required Checkpoint? Checkpoint { get; init; }

    /// <summary>The first findings.</summary>
    public required IReadOnlyList<LedgerFinding> Findings { get; init; }

    /// <summary>How many findings there were.</summary>
    public required long FindingCount { get; init; }

    /// <summary>True if everything was recomputed and nothing is wrong.</summary>
    public bool IsIntact => FindingCount == 0 && Checkpoint is not null;

    /// <summary>The result in one line.</summary>
    public string Summary => IsIntact
        ? $"intact: {Checkpoint!.Head.Size} leaves, root {Checkpoint.Head.Root}"
        : FindingCount == 1 ? $"{Findings[0]}" : $"{Findings[0]} (and {FindingCount - 1} more)";
}
