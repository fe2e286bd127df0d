namespace Chaperone.Ledger;

/// <summary>What was found where a tile should be.</summary>
/// <param name="Path">The file that was read; the full tile's if the partial one was pruned.</param>
/// <param name="Hashes">Its hashes; null if missing or malformed.</param>
/// <param name="Fault">Why there are none; null if there are.</param>
internal readonly record struct TileContent(string Path, MerkleHash[]? Hashes, LedgerFindingKind? Fault);
