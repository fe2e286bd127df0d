namespace Chaperone.Ledger;

/// <summary>Reads tiles and entry bundles; a partial one that was pruned is read from the full one (C2SP tlog-tiles, "partial tiles").</summary>
internal sealed class LedgerReader(ILedgerFiles files)
{
    /// <summary>Path of the signed tree head.</summary>
    public const string CheckpointPath = "checkpoint";

    public ValueTask<byte[]?> ReadCheckpointAsync(CancellationToken cancellationToken) =>
        files.ReadAsync(CheckpointPath, cancellationToken);

    public async ValueTask<TileContent> ReadTileAsync(Tile tile, CancellationToken cancellationToken)
    {
        var stored = tile;
        var bytes = await files.ReadAsync(stored.Path, cancellationToken);
        if (bytes is null && !tile.IsFull)
        {
            stored = tile.Full;
            bytes = await files.ReadAsync(stored.Path, cancellationToken);
        }

        if (bytes is null)
        {
            return new TileContent(tile.Path, null, LedgerFindingKind.TileMissing);
        }

        return bytes.Length == stored.Width * MerkleHash.Size
            ? new TileContent(stored.Path, ToHashes(bytes, tile.Width), null)
            : new TileContent(stored.Path, null, LedgerFindingKind.TileMalformed);
    }

    public async ValueTask<EntriesContent> ReadEntriesAsync(long index, int width, CancellationToken cancellationToken)
    {
        var storedWidth = width;
        var path = EntryBundle.PathOf(index, width);
        var bytes = await files.ReadAsync(path, cancellationToken);
        if (bytes is null && width < Tile.FullWidth)
        {
            storedWidth = Tile.FullWidth;
            path = EntryBundle.PathOf(index, storedWidth);
            bytes = await files.ReadAsync(path, cancellationToken);
        }

        if (bytes is null)
        {
            return new EntriesContent(EntryBundle.PathOf(index, width), null, LedgerFindingKind.EntriesMissing, "");
        }

        return EntryBundle.TryDecode(bytes, storedWidth, out var entries, out var problem)
            ? new EntriesContent(path, entries[..width], null, "")
            : new EntriesContent(path, null, LedgerFindingKind.EntriesMalformed, problem);
    }

    private static MerkleHash[] ToHashes(byte[] bytes, int width)
    {
        var hashes = new MerkleHash[width];
        for (var i = 0; i < width; i++)
        {
            hashes[i] = MerkleHash.Read(bytes.AsSpan(i * MerkleHash.Size));
        }

        return hashes;
    }
}
