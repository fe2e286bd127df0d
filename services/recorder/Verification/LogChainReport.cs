using Chaperone.Ledger;
using Chaperone.Recorder.Store;

namespace Chaperone.Recorder.Verification;

/// <summary>What a verification of published logs found.</summary>
/// <param name="Logs">The logs that were looked at, oldest first.</param>
/// <param name="Checkpoint">The newest log's signed checkpoint; null if there is none that can be trusted.</param>
/// <param name="Findings">The first findings.</param>
internal sealed record LogChainReport(IReadOnlyList<YearLog> Logs, Checkpoint? Checkpoint, IReadOnlyList<Finding> Findings)
{
    /// <summary>True if everything was recomputed and nothing is wrong.</summary>
    public bool IsIntact => Findings.Count == 0 && Checkpoint is not null;

    /// <summary>Records that signed checkpoints stand for.</summary>
    public long Records => Logs[^1].First + (Checkpoint?.Head.Size ?? 0);

    /// <summary>What is wrong, in one line.</summary>
    public string Summary => Findings.Count == 1 ? $"{Findings[0]}" : $"{Findings[0]} (and {Findings.Count - 1} more)";
}
