using Chaperone.Ledger;
using Chaperone.Recorder.Verification;

namespace Chaperone.Recorder.Evidence;

/// <summary>What a verification of a bundle found.</summary>
/// <param name="Findings">The first findings.</param>
/// <param name="Head">The signed tree; null if it could not be opened.</param>
/// <param name="Records">Records proved.</param>
/// <param name="OlderSize">Size of the older checkpoint in the bundle; null without one.</param>
internal sealed record BundleReport(IReadOnlyList<Finding> Findings, TreeHead? Head, long Records, long? OlderSize)
{
    /// <summary>True if everything was recomputed and nothing is wrong.</summary>
    public bool IsIntact => Findings.Count == 0 && Head is not null;
}
