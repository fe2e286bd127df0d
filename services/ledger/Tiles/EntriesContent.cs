namespace Chaperone.Ledger;

/// <summary>What was found where an entry bundle should be.</summary>
/// <param name="Path">The file that was read; the full bundle's if the partial one was pruned.</param>
/// <param name="Entries">Its entries; null if missing or malformed.</param>
/// <param name="Fault">Why there are none; null if there are.</param>
/// <param name="Problem">What is malformed; empty otherwise.</param>
internal readonly record struct EntriesContent(string Path, ReadOnlyMemory<byte>[]? Entries, LedgerFindingKind? Fault, string Problem);
