namespace Chaperone.Ledger;

/// <summary>
/// Rebuilds the tree from its leaves and compares it with the tiles, level by level, holding one tile per level. Where a tile
/// and what lies below it disagree, the hash in the tile above (at the right edge: the signed root) tells which was changed.
/// </summary>
internal sealed class TreeWalk(LedgerReader reader, long size, FindingList findings)
{
    private readonly List<Branch>[] _rows = [.. Enumerable.Range(0, Tile.MaxLevels).Select(_ => new List<Branch>())];
    private readonly long[] _done = new long[Tile.MaxLevels];
    private readonly TileCheck?[] _edge = new TileCheck?[Tile.MaxLevels];

    /// <summary>Takes the next up to 256 leaf hashes; returns the hashes that the level 0 tile has for them.</summary>
    public async ValueTask<MerkleHash?[]> AddLeavesAsync(MerkleHash?[] leaves, CancellationToken cancellationToken)
    {
        _rows[0].AddRange(leaves.Select(leaf => new Branch(leaf, leaf, null)));
        var lowest = await CheckRowAsync(0, cancellationToken);
        var check = lowest;
        for (var level = 1; check.FromTile.Length == Tile.FullWidth && level < Tile.MaxLevels; level++)
        {
            _rows[level].Add(check.ToBranch());
            if (_rows[level].Count < Tile.FullWidth)
            {
                break;
            }

            check = await CheckRowAsync(level, cancellationToken);
        }

        return lowest.FromTile;
    }

    /// <summary>Checks the partial tiles of the right edge, and the root.</summary>
    public async ValueTask FinishAsync(MerkleHash root, CancellationToken cancellationToken)
    {
        for (var level = 1; level < Tile.MaxLevels; level++)
        {
            if (_rows[level].Count > 0)
            {
                await CheckRowAsync(level, cancellationToken);
            }
        }

        var fromBelow = EdgeRoot(check => check.FromBelow);
        var fromTiles = EdgeRoot(check => check.FromTile);
        foreach (var suspect in _edge.Select(check => check?.Suspect).OfType<Suspect>())
        {
            Decide(suspect, isBelow: fromTiles == root);
        }

        if (fromBelow is not null && fromBelow != root && fromTiles != root)
        {
            findings.Add(new(LedgerFindingKind.RootMismatch, LedgerReader.CheckpointPath, $"its root is not that of the {size} leaves"));
        }
    }

    private async ValueTask<TileCheck> CheckRowAsync(int level, CancellationToken cancellationToken)
    {
        var tile = new Tile(level, _done[level], _rows[level].Count);
        var content = await reader.ReadTileAsync(tile, cancellationToken);
        if (content.Hashes is null)
        {
            var detail = content.Fault == LedgerFindingKind.TileMissing ? "there is none" : $"does not hold {tile.Width} hashes";
            findings.Add(new(content.Fault!.Value, content.Path, detail));
        }

        var check = Compare(tile, content.Path, content.Hashes);
        _rows[level].Clear();
        if (tile.IsFull)
        {
            _done[level]++;
        }
        else
        {
            _edge[level] = check;
        }

        return check;
    }

    private TileCheck Compare(Tile tile, string path, MerkleHash[]? stored)
    {
        var row = _rows[tile.Level];
        var fromBelow = new MerkleHash?[row.Count];
        var differing = new List<int>();
        for (var i = 0; i < row.Count; i++)
        {
            var branch = row[i];
            var hash = stored?[i] ?? branch.FromBelow ?? branch.FromTile;
            fromBelow[i] = branch.FromBelow ?? hash;
            if (branch.Suspect is not null)
            {
                Decide(branch.Suspect, isBelow: stored is not null && hash == branch.FromTile);
                fromBelow[i] = hash == branch.FromTile ? hash : branch.FromBelow;
            }

            if (hash != fromBelow[i])
            {
                differing.Add(i);
            }
        }

        var fromTile = stored is null ? fromBelow : Array.ConvertAll(stored, hash => (MerkleHash?)hash);
        return new TileCheck(fromBelow, fromTile, differing.Count == 0 ? null : SuspectOf(tile, path, differing));
    }

    private void Decide(Suspect suspect, bool isBelow)
    {
        if (!isBelow)
        {
            findings.Add(suspect.IfTile);
            return;
        }

        foreach (var finding in suspect.IfBelow)
        {
            findings.Add(finding);
        }
    }

    private static Suspect SuspectOf(Tile tile, string path, List<int> differing)
    {
        var first = (tile.Index * Tile.FullWidth) + differing[0];
        var source = tile.Level == 0 ? $"leaf {first}" : new Tile(tile.Level - 1, first, Tile.FullWidth).Path;
        var more = differing.Count == 1 ? "" : $" (and {differing.Count - 1} more)";
        var ifTile = new LedgerFinding(LedgerFindingKind.TileMismatch, path, $"hash {differing[0]}{more} is not that of {source}");
        return new Suspect(ifTile, [.. differing.Select(i => BelowFinding(tile, path, i))]);
    }

    private static LedgerFinding BelowFinding(Tile tile, string path, int i)
    {
        var child = (tile.Index * Tile.FullWidth) + i;
        return tile.Level == 0
            ? new LedgerFinding(LedgerFindingKind.LeafMismatch, $"leaf {child}", $"its hash differs from {path}")
            : new LedgerFinding(
                LedgerFindingKind.TileMismatch, new Tile(tile.Level - 1, child, Tile.FullWidth).Path, $"it and its leaves differ from {path}");
    }

    // From the lowest level up: what the partial tiles leave over is the last node of the row above.
    private MerkleHash? EdgeRoot(Func<TileCheck, MerkleHash?[]> side)
    {
        MerkleHash? rest = null;
        var any = false;
        foreach (var check in _edge)
        {
            if (check is null)
            {
                continue;
            }

            MerkleHash?[] row = any ? [.. side(check), rest] : side(check);
            rest = TileCheck.RootOf(row);
            any = true;
        }

        return any ? rest : Rfc6962.EmptyRoot;
    }
}
