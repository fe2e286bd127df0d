namespace Chaperone.Ledger;

/// <summary>Derives tiles and entry bundles from the leaves and writes those that changed between two sizes.</summary>
internal sealed class TileWriter(ILedgerFiles files, ILeafSource leaves)
{
    private readonly LedgerReader _reader = new(files);

    /// <summary>
    /// Writes what a tree of <paramref name="to"/> leaves has and one of <paramref name="from"/> leaves has not; returns the
    /// folders of partial tiles that full ones replace.
    /// </summary>
    /// <exception cref="LedgerFaultException">A tile of the tree of <paramref name="from"/> leaves is gone, or the source lacks a leaf.</exception>
    public async ValueTask<IReadOnlyList<string>> WriteAsync(long from, long to, CancellationToken cancellationToken)
    {
        // The bundle that is being filled is written again from its first leaf: level 0 then needs nothing from before.
        var start = from - (from % Tile.FullWidth);
        var edge = await ReadEdgeAsync(start, cancellationToken);
        var replaced = new List<string>();
        for (var first = start; first < to; first += Tile.FullWidth)
        {
            var width = (int)Math.Min(Tile.FullWidth, to - first);
            var hashes = await WriteEntriesAsync(first, width, replaced, cancellationToken);
            await WriteTileAsync(new Tile(0, first / Tile.FullWidth, width), hashes, replaced, cancellationToken);
            if (width == Tile.FullWidth)
            {
                await PromoteAsync(edge, Rfc6962.Root(hashes), first + width, replaced, cancellationToken);
            }
        }

        for (var level = 1; level < Tile.MaxLevels; level++)
        {
            var changed = Tile.HashesAt(level, to) != Tile.HashesAt(level, start);
            if (changed && edge[level].Count > 0)
            {
                var tile = Tile.In(to, level, Tile.HashesAt(level, to) / Tile.FullWidth);
                await WriteTileAsync(tile, [.. edge[level]], replaced, cancellationToken);
            }
        }

        return replaced;
    }

    // The hashes of the last, unfinished tile of each level above 0, as published for the size that is extended.
    private async ValueTask<List<MerkleHash>[]> ReadEdgeAsync(long start, CancellationToken cancellationToken)
    {
        var edge = new List<MerkleHash>[Tile.MaxLevels];
        for (var level = 0; level < Tile.MaxLevels; level++)
        {
            edge[level] = [];
            var tile = Tile.In(start, level, Tile.HashesAt(level, start) / Tile.FullWidth);
            if (level == 0 || tile.Width == 0)
            {
                continue;
            }

            var content = await _reader.ReadTileAsync(tile, cancellationToken);
            edge[level].AddRange(content.Hashes ?? throw new LedgerFaultException(
                content.Fault!.Value, $"{content.Path}: missing, or not of its size, so {start} leaves cannot be extended"));
        }

        return edge;
    }

    private async ValueTask<MerkleHash[]> WriteEntriesAsync(long first, int width, List<string> replaced, CancellationToken cancellationToken)
    {
        var entries = await leaves.ReadAsync(first, width, cancellationToken);
        if (entries.Count != width)
        {
            throw new LedgerFaultException(LedgerFindingKind.StoreMismatch, $"leaf {first + entries.Count}: the store does not have it");
        }

        var path = EntryBundle.PathOf(first / Tile.FullWidth, width);
        await files.WriteAsync(path, EntryBundle.Encode(entries), cancellationToken);
        if (width == Tile.FullWidth)
        {
            replaced.Add(path + Tile.PartialSuffix);
        }

        return [.. entries.Select(entry => Rfc6962.HashLeaf(entry.Span))];
    }

    // Only full tiles have a hash in the level above; that may fill the tile there, and so on.
    private async ValueTask PromoteAsync(
        List<MerkleHash>[] edge, MerkleHash root, long leavesDone, List<string> replaced, CancellationToken cancellationToken)
    {
        for (var level = 1; level < Tile.MaxLevels; level++)
        {
            edge[level].Add(root);
            if (edge[level].Count < Tile.FullWidth)
            {
                return;
            }

            MerkleHash[] hashes = [.. edge[level]];
            edge[level].Clear();
            var index = (Tile.HashesAt(level, leavesDone) / Tile.FullWidth) - 1;
            await WriteTileAsync(new Tile(level, index, Tile.FullWidth), hashes, replaced, cancellationToken);
            root = Rfc6962.Root(hashes);
        }
    }

    private async ValueTask WriteTileAsync(Tile tile, MerkleHash[] hashes, List<string> replaced, CancellationToken cancellationToken)
    {
        var content = new byte[hashes.Length * MerkleHash.Size];
        for (var i = 0; i < hashes.Length; i++)
        {
            hashes[i].CopyTo(content.AsSpan(i * MerkleHash.Size));
        }

        await files.WriteAsync(tile.Path, content, cancellationToken);
        if (tile.IsFull)
        {
            replaced.Add(tile.Path + Tile.PartialSuffix);
        }
    }
}
