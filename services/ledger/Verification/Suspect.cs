namespace Chaperone.Ledger;

/// <summary>A disagreement between a tile and what lies below it, whose culprit is not known yet.</summary>
/// <param name="IfTile">What is wrong if the tile was changed.</param>
/// <param name="IfBelow">What is wrong if something below was changed.</param>
internal sealed record Suspect(LedgerFinding IfTile, IReadOnlyList<LedgerFinding> IfBelow);
