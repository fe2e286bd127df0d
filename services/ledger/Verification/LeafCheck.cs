namespace Chaperone.Ledger;

/// <summary>Reads the leaves bundle by bundle, from the published entries and from the sequencer's store if it is to be compared.</summary>
internal sealed class LeafCheck(LedgerReader reader, ILeafSource? store, FindingList findings)
{
    private ReadOnlyMemory<byte>[]? _entries;
    private IReadOnlyList<ReadOnlyMemory<byte>>? _stored;

    /// <summary>Hashes of the published entries; all null if the bundle cannot be read, which is then a finding.</summary>
    public async ValueTask<MerkleHash?[]> ReadAsync(long first, int width, CancellationToken cancellationToken)
    {
        var content = await reader.ReadEntriesAsync(first / Tile.FullWidth, width, cancellationToken);
        _entries = content.Entries;
        _stored = store is null ? null : await store.ReadAsync(first, width, cancellationToken);
        var hashes = new MerkleHash?[width];
        if (_entries is null)
        {
            var detail = content.Fault == LedgerFindingKind.EntriesMissing ? "there is none" : content.Problem;
            findings.Add(new(content.Fault!.Value, content.Path, $"{detail}, so leaves {first} to {first + width - 1} are not shown"));
            return hashes;
        }

        for (var i = 0; i < width; i++)
        {
            hashes[i] = Rfc6962.HashLeaf(_entries[i].Span);
        }

        return hashes;
    }

    /// <summary>Compares the store's leaves with the bundle just read; where they differ, <paramref name="tile"/> says which of the two was changed.</summary>
    public void CompareStore(long first, MerkleHash?[] tile)
    {
        for (var i = 0; _stored is not null && i < tile.Length; i++)
        {
            if (i >= _stored.Count)
            {
                findings.Add(new(LedgerFindingKind.StoreMismatch, $"leaf {first + i}", "the store does not have it"));
            }
            else if (!IsSame(i) && tile[i] != Rfc6962.HashLeaf(_stored[i].Span))
            {
                findings.Add(new(LedgerFindingKind.StoreMismatch, $"leaf {first + i}", "the store holds other bytes than were logged"));
            }
        }
    }

    private bool IsSame(int i) => _entries is not null && _stored![i].Span.SequenceEqual(_entries[i].Span);
}
