using System.Numerics;

namespace Chaperone.Ledger;

/// <summary>
/// The tree of one size, read from its tiles: its root and its proofs. The tiles are taken as they are; compare
/// <see cref="RootAsync"/> with a signed root before trusting a proof. Not for concurrent use.
/// </summary>
public sealed class TreeReader(ILedgerFiles files, long size)
{
    private const int CachedTiles = 64;
    private const int LevelBits = 8;

    private readonly LedgerReader _reader = new(files);
    private readonly Dictionary<Tile, MerkleHash[]> _cache = [];

    /// <summary>Root of the tree's first <paramref name="leaves"/> leaves, computed from the tiles of the whole tree.</summary>
    /// <exception cref="LedgerFaultException">A tile is missing or malformed.</exception>
    public async ValueTask<MerkleHash> RootAsync(long leaves, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(leaves);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(leaves, size);
        return leaves == 0 ? Rfc6962.EmptyRoot : await RangeAsync(0, leaves, cancellationToken);
    }

    /// <summary>Proof that leaf <paramref name="index"/> is in the tree, leaf to root (RFC 6962 section 2.1.1).</summary>
    /// <exception cref="LedgerFaultException">A tile is missing or malformed.</exception>
    public async ValueTask<IReadOnlyList<MerkleHash>> InclusionProofAsync(long index, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var proof = new List<MerkleHash>();
        var (low, high) = (0L, size);
        while (high - low > 1)
        {
            var middle = low + Split(high - low);
            if (index < middle)
            {
                proof.Add(await RangeAsync(middle, high, cancellationToken));
                high = middle;
            }
            else
            {
                proof.Add(await RangeAsync(low, middle, cancellationToken));
                low = middle;
            }
        }

        proof.Reverse();
        return proof;
    }

    /// <summary>Proof that the tree begins with the tree of <paramref name="olderSize"/> leaves (RFC 6962 section 2.1.2).</summary>
    /// <exception cref="LedgerFaultException">A tile is missing or malformed.</exception>
    public async ValueTask<IReadOnlyList<MerkleHash>> ConsistencyProofAsync(long olderSize, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(olderSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(olderSize, size);
        var proof = new List<MerkleHash>();
        if (olderSize == 0)
        {
            return proof;
        }

        var (low, high) = (0L, size);
        while (high > olderSize)
        {
            var middle = low + Split(high - low);
            if (olderSize <= middle)
            {
                proof.Add(await RangeAsync(middle, high, cancellationToken));
                high = middle;
            }
            else
            {
                proof.Add(await RangeAsync(low, middle, cancellationToken));
                low = middle;
            }
        }

        // Where the older tree is one complete subtree from leaf 0, the verifier has its root already.
        if (low > 0)
        {
            proof.Add(await RangeAsync(low, high, cancellationToken));
        }

        proof.Reverse();
        return proof;
    }

    private static long Split(long leaves) => 1L << BitOperations.Log2((ulong)leaves - 1);

    private async ValueTask<MerkleHash> RangeAsync(long low, long high, CancellationToken cancellationToken)
    {
        var leaves = high - low;
        if (BitOperations.IsPow2(leaves))
        {
            return await SubtreeAsync(BitOperations.Log2((ulong)leaves), low, cancellationToken);
        }

        var middle = low + Split(leaves);
        var left = await RangeAsync(low, middle, cancellationToken);
        return Rfc6962.HashNode(left, await RangeAsync(middle, high, cancellationToken));
    }

    // A complete subtree of height h is 2^(h mod 8) neighbouring hashes of one tile.
    private async ValueTask<MerkleHash> SubtreeAsync(int height, long firstLeaf, CancellationToken cancellationToken)
    {
        var level = height / LevelBits;
        var first = Tile.HashesAt(level, firstLeaf);
        var hashes = await TileAsync(Tile.In(size, level, first / Tile.FullWidth), cancellationToken);
        return Rfc6962.Root(hashes.AsSpan((int)(first % Tile.FullWidth), 1 << (height % LevelBits)));
    }

    private async ValueTask<MerkleHash[]> TileAsync(Tile tile, CancellationToken cancellationToken)
    {
        if (_cache.TryGetValue(tile, out var cached))
        {
            return cached;
        }

        var content = await _reader.ReadTileAsync(tile, cancellationToken);
        if (content.Hashes is null)
        {
            throw new LedgerFaultException(content.Fault!.Value, $"{content.Path}: missing, or not of its size");
        }

        if (_cache.Count == CachedTiles)
        {
            _cache.Clear();
        }

        _cache[tile] = content.Hashes;
        return content.Hashes;
    }
}
