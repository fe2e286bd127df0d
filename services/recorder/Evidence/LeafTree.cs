using System.Numerics;
using Chaperone.Ledger;

namespace Chaperone.Recorder.Evidence;

/// <summary>
/// The Merkle tree over leaf hashes in memory, 64 bytes a leaf: where thousands of proofs are taken, this is much faster than reading
/// tiles for each. Hashes of complete subtrees are kept level by level. Not for concurrent use.
/// </summary>
internal sealed class LeafTree
{
    private readonly List<List<MerkleHash>> _levels = [[]];

    /// <summary>Leaves.</summary>
    public long Size => _levels[0].Count;

    /// <summary>Size and root.</summary>
    public TreeHead Head => new(Size, Size == 0 ? Rfc6962.EmptyRoot : Range(0, Size));

    public void Append(MerkleHash leaf)
    {
        _levels[0].Add(leaf);
        for (var level = 0; _levels[level].Count % 2 == 0; level++)
        {
            if (_levels.Count == level + 1)
            {
                _levels.Add([]);
            }

            var row = _levels[level];
            _levels[level + 1].Add(Rfc6962.HashNode(row[^2], row[^1]));
        }
    }

    /// <summary>Inclusion proof, leaf to root (RFC 6962 section 2.1.1), in the tree of the first <paramref name="size"/> leaves.</summary>
    public IReadOnlyList<MerkleHash> InclusionProof(long index, long size)
    {
        var proof = new List<MerkleHash>();
        for (var (low, high) = (0L, size); high - low > 1;)
        {
            var middle = low + Split(high - low);
            proof.Add(index < middle ? Range(middle, high) : Range(low, middle));
            (low, high) = index < middle ? (low, middle) : (middle, high);
        }

        proof.Reverse();
        return proof;
    }

    /// <summary>Proof that the tree of <paramref name="size"/> leaves begins with that of <paramref name="older"/> (RFC 6962 section 2.1.2).</summary>
    public IReadOnlyList<MerkleHash> ConsistencyProof(long older, long size)
    {
        var proof = new List<MerkleHash>();
        if (older == 0)
        {
            return proof;
        }

        var (low, high) = (0L, size);
        while (high > older)
        {
            var middle = low + Split(high - low);
            proof.Add(older <= middle ? Range(middle, high) : Range(low, middle));
            (low, high) = older <= middle ? (low, middle) : (middle, high);
        }

        // Where the older tree is one complete subtree from leaf 0, the verifier has its root already.
        if (low > 0)
        {
            proof.Add(Range(low, high));
        }

        proof.Reverse();
        return proof;
    }

    /// <summary>Root of the first <paramref name="size"/> leaves.</summary>
    public MerkleHash Root(long size) => size == 0 ? Rfc6962.EmptyRoot : Range(0, size);

    private static long Split(long leaves) => 1L << BitOperations.Log2((ulong)leaves - 1);

    private MerkleHash Range(long low, long high)
    {
        var leaves = high - low;
        if (BitOperations.IsPow2(leaves))
        {
            var level = BitOperations.Log2((ulong)leaves);
            return _levels[level][(int)(low >> level)];
        }

        var middle = low + Split(leaves);
        return Rfc6962.HashNode(Range(low, middle), Range(middle, high));
    }
}
