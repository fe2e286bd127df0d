using System.Text;
using Chaperone.Ledger;

namespace Chaperone.Integration.Tests.Ledger;

/// <summary>Leaves that say their index; nothing is stored.</summary>
internal sealed class NumberedLeaves : ILeafSource
{
    public static byte[] Leaf(long index) => Encoding.UTF8.GetBytes($"leaf {index}");

    public static TreeHead Head(long size)
    {
        var range = new CompactRange();
        while (range.Size < size)
        {
            range.Append(Rfc6962.HashLeaf(Leaf(range.Size)));
        }

        return range.Head;
    }

    public ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(long first, int count, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<ReadOnlyMemory<byte>>>(
            [.. Enumerable.Range(0, count).Select(i => new ReadOnlyMemory<byte>(Leaf(first + i)))]);
}
