using Chaperone.Ledger;
using Chaperone.Recorder.Numbering;
using Chaperone.Recorder.Store;

namespace Chaperone.Recorder.Verification;

/// <summary>What a verification of the whole store found.</summary>
internal sealed record StoreReport
{
    /// <summary>Findings kept at most.</summary>
    public const int MostFindings = 100;

    /// <summary>Records of all logs, and the root of the open log, as recomputed from the leaves.</summary>
    public required TreeHead Head { get; init; }

    /// <summary>The logs that the ledger is made of, oldest first; their origins are those of the store's list.</summary>
    public required IReadOnlyList<YearLog> Logs { get; init; }

    /// <summary>The open log's signed checkpoint that was verified against; null if there is none yet.</summary>
    public required Checkpoint? Checkpoint { get; init; }

    /// <summary>Records of all logs that signed checkpoints stand for.</summary>
    public long Signed => Checkpoint is null ? 0 : Logs[^1].First + Checkpoint.Head.Size;

    /// <summary>The first findings.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Numbers of edges that never arrived and that no gap record tells of yet; reported, not tampering.</summary>
    public required IReadOnlyList<NumberRange> Missing { get; init; }

    /// <summary>Gap records in the ledger.</summary>
    public required int RecordedGaps { get; init; }

    /// <summary>Records whose keys were destroyed by orders that the ledger holds; they are proved all the same.</summary>
    public long Shredded { get; init; }

    /// <summary>True if everything was recomputed and nothing is wrong.</summary>
    public bool IsIntact => Findings.Count == 0;

    /// <summary>The result in one line.</summary>
    public string Summary => Findings.Count switch
    {
        0 => $"intact: {Head.Size} records{(Logs.Count == 1 ? "" : $" in {Logs.Count} logs")}, root {Head.Root}{(Shredded == 0 ? "" : $", {Shredded} of them shredded")}",
        1 => $"{Findings[0]}",
        MostFindings => $"{Findings[0]} (and at least {MostFindings - 1} more)",
        _ => $"{Findings[0]} (and {Findings.Count - 1} more)",
    };
}
