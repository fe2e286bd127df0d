using Chaperone.Ledger;
using Chaperone.Recorder.Store;

namespace Chaperone.Recorder.Publishing;

/// <summary>The store's leaves as the source of one log's tiles.</summary>
/// <param name="store">The ledger.</param>
/// <param name="start">Number of the record that is the log's leaf 0.</param>
internal sealed class StoreLeaves(ILedgerStore store, long start) : ILeafSource
{
    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(long first, int count, CancellationToken cancellationToken)
    {
        var leaves = await store.ReadLeavesAsync(start + first, count, cancellationToken);
        var bytes = new List<ReadOnlyMemory<byte>>(leaves.Count);
        foreach (var leaf in leaves)
        {
            // A leaf that is gone ends the source there, so that it is named and not skipped.
            if (leaf.Index != start + first + bytes.Count)
            {
                break;
            }

            bytes.Add(leaf.Bytes);
        }

        return bytes;
    }
}
