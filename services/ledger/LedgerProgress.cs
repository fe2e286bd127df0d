namespace Chaperone.Ledger;

/// <summary>How far a verification is.</summary>
/// <param name="Leaves">Leaves verified.</param>
/// <param name="Total">Leaves in the tree.</param>
public readonly record struct LedgerProgress(long Leaves, long Total);
