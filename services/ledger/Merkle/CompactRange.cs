using System.Buffers.Binary;
using System.Numerics;

namespace Chaperone.Ledger;

/// <summary>
/// The right edge of a tree: the roots of its complete subtrees, largest first, one per set bit of the size.
/// It is all that is needed to append leaves and to say the root; at most 63 hashes. Not for concurrent use.
/// </summary>
public sealed class CompactRange
{
    private readonly List<MerkleHash> _subtrees = [];

    /// <summary>Leaves appended.</summary>
    public long Size { get; private set; }

    /// <summary>Size and root now.</summary>
    public TreeHead Head => new(Size, Root());

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The length does not fit the size that the first eight bytes say.</exception>
    public static CompactRange FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < sizeof(long))
        {
            throw new InvalidDataException("A compact range has at least eight bytes.");
        }

        var size = BinaryPrimitives.ReadInt64BigEndian(bytes);
        var hashes = bytes[sizeof(long)..];
        if (size < 0 || hashes.Length != BitOperations.PopCount((ulong)size) * MerkleHash.Size)
        {
            throw new InvalidDataException($"A compact range of size {size} cannot have {hashes.Length} bytes of hashes.");
        }

        var range = new CompactRange { Size = size };
        for (; !hashes.IsEmpty; hashes = hashes[MerkleHash.Size..])
        {
            range._subtrees.Add(MerkleHash.Read(hashes));
        }

        return range;
    }

    /// <summary>Appends one leaf hash (<see cref="Rfc6962.HashLeaf"/>).</summary>
    public void Append(MerkleHash leaf)
    {
        var subtree = leaf;
        for (var sizes = Size; (sizes & 1) == 1; sizes >>= 1)
        {
            subtree = Rfc6962.HashNode(_subtrees[^1], subtree);
            _subtrees.RemoveAt(_subtrees.Count - 1);
        }

        _subtrees.Add(subtree);
        Size++;
    }

    /// <summary>RFC 6962 root of the leaves appended.</summary>
    public MerkleHash Root()
    {
        if (_subtrees.Count == 0)
        {
            return Rfc6962.EmptyRoot;
        }

        var root = _subtrees[^1];
        for (var i = _subtrees.Count - 2; i >= 0; i--)
        {
            root = Rfc6962.HashNode(_subtrees[i], root);
        }

        return root;
    }

    /// <summary>The size, 8 bytes big-endian, then the hashes: 8 to 2,024 bytes, to be stored beside the tree head.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[sizeof(long) + (_subtrees.Count * MerkleHash.Size)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Size);
        for (var i = 0; i < _subtrees.Count; i++)
        {
            _subtrees[i].CopyTo(bytes.AsSpan(sizeof(long) + (i * MerkleHash.Size)));
        }

        return bytes;
    }
}
