using Chaperone.Ledger;

namespace Chaperone.Recorder.Store;

/// <summary>The tree head of the store.</summary>
/// <param name="Size">Leaves committed.</param>
/// <param name="Root">RFC 6962 root.</param>
/// <param name="Range">The right edge (<see cref="CompactRange.ToBytes"/>): all that appending needs.</param>
/// <param name="Epoch">Generation of the log; an operator raises it to fence off every running recorder.</param>
internal sealed record LedgerHead(long Size, MerkleHash Root, byte[] Range, long Epoch);
