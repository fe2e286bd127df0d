using System.Buffers;
using System.Security.Cryptography;

namespace Chaperone.Ledger;

/// <summary>The hashes of RFC 6962 section 2.1 with SHA-256.</summary>
public static class Rfc6962
{
    private const byte LeafPrefix = 0;
    private const byte NodePrefix = 1;
    private const int StackBytes = 1024;

    /// <summary>Root of the tree without leaves: SHA-256 of nothing.</summary>
    public static MerkleHash EmptyRoot { get; } = MerkleHash.Read(SHA256.HashData([]));

    /// <summary>Hash of a leaf: SHA-256(0x00 || entry).</summary>
    public static MerkleHash HashLeaf(ReadOnlySpan<byte> entry)
    {
        var length = entry.Length + 1;
        var rented = length > StackBytes ? ArrayPool<byte>.Shared.Rent(length) : null;
        var message = rented is null ? stackalloc byte[StackBytes] : rented;
        message[0] = LeafPrefix;
        entry.CopyTo(message[1..]);
        var hash = Sha256(message[..length]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return hash;
    }

    /// <summary>Hash of an inner node: SHA-256(0x01 || left || right).</summary>
    public static MerkleHash HashNode(MerkleHash left, MerkleHash right)
    {
        Span<byte> message = stackalloc byte[1 + (2 * MerkleHash.Size)];
        message[0] = NodePrefix;
        left.CopyTo(message[1..]);
        right.CopyTo(message[(1 + MerkleHash.Size)..]);
        return Sha256(message);
    }

    /// <summary>Root over <paramref name="hashes"/> in order; each is a leaf hash, or the root of a complete subtree of one common size.</summary>
    public static MerkleHash Root(ReadOnlySpan<MerkleHash> hashes)
    {
        if (hashes.IsEmpty)
        {
            return EmptyRoot;
        }

        // Pairing neighbours and carrying an odd last one up gives the tree of the RFC, which splits at the largest power of two.
        var row = hashes.ToArray();
        for (var count = row.Length; count > 1; count = (count + 1) / 2)
        {
            for (var i = 0; i < count / 2; i++)
            {
                row[i] = HashNode(row[2 * i], row[(2 * i) + 1]);
            }

            if (count % 2 == 1)
            {
                row[count / 2] = row[count - 1];
            }
        }

        return row[0];
    }

    private static MerkleHash Sha256(ReadOnlySpan<byte> message)
    {
        Span<byte> digest = stackalloc byte[MerkleHash.Size];
        SHA256.HashData(message, digest);
        return MerkleHash.Read(digest);
    }
}
