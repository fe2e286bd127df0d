using System.Text;

namespace Chaperone.Ledger.Tests;

/// <summary>A sequencer's store in memory: the leaves and the compact range beside them.</summary>
public sealed class MemoryLeaves : ILeafSource
{
    private CompactRange _range = new();

    public List<byte[]> Leaves { get; } = [];

    public TreeHead Head => _range.Head;

    public void Append(params IEnumerable<byte[]> leaves)
    {
        // The recorder stores the range between batches.
        _range = CompactRange.FromBytes(_range.ToBytes());
        foreach (var leaf in leaves)
        {
            Leaves.Add(leaf);
            _range.Append(Rfc6962.HashLeaf(leaf));
        }
    }

    public void AppendNumbered(long count)
    {
        var first = Leaves.Count;
        Append(Enumerable.Range(first, (int)count).Select(i => Encoding.UTF8.GetBytes($"leaf {i}")));
    }

    public ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(long first, int count, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<ReadOnlyMemory<byte>>>(
            [.. Leaves.Skip((int)first).Take(count).Select(leaf => new ReadOnlyMemory<byte>(leaf))]);
}
