using Chaperone.Ledger;
using Chaperone.Recorder.Store;

namespace Chaperone.Recorder.Publishing;

/// <summary>The store's leaves as the source of tiles.</summary>
internal sealed class StoreLeaves(ILedgerStore store) : ILeafSource
{
    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(long first, int count, CancellationToken cancellationToken)
    {
        var leaves = await store.ReadLeavesAsync(first, count, cancellationToken);
        var bytes = new List<ReadOnlyMemory<byte>>(leaves.Count);
        foreach (var leaf in leaves)
        {
            // A leaf that is gone ends the source there, so that it is named and not skipped.
            if (leaf.Index != first + bytes.Count)
            {
                break;
            }

            bytes.Add(leaf.Bytes);
        }

        return bytes;
    }
}
