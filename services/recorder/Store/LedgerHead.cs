using Chaperone.Ledger;

namespace Chaperone.Recorder.Store;

/// <summary>The head of the store: how many records there are, and the tree of the log that is open.</summary>
/// <param name="Size">Records committed, through all logs.</param>
/// <param name="Root">RFC 6962 root of the open log.</param>
/// <param name="Range">The right edge of its tree (<see cref="CompactRange.ToBytes"/>): all that appending needs.</param>
/// <param name="Epoch">Generation of the ledger; an operator raises it to fence off every running recorder.</param>
/// <param name="Log">Number of the open log.</param>
/// <param name="First">Number of the record that is its leaf 0.</param>
internal sealed record LedgerHead(long Size, MerkleHash Root, byte[] Range, long Epoch, int Log = 0, long First = 0)
{
    /// <summary>Size and root of the open log's tree.</summary>
    public TreeHead Tree => new(Size - First, Root);
}
