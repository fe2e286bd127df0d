namespace Chaperone.Ledger;

/// <summary>Reads single entries of a published log of one size. They are taken as they are: hash one (<see cref="Rfc6962.HashLeaf"/>) and prove it before trusting it.</summary>
public sealed class EntryReader(ILedgerFiles files, long size)
{
    private readonly LedgerReader _reader = new(files);

    /// <summary>The entry; null if its bundle is missing or malformed.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(long index, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var bundle = index / Tile.FullWidth;
        var width = (int)Math.Min(Tile.FullWidth, size - (bundle * Tile.FullWidth));
        return (await _reader.ReadEntriesAsync(bundle, width, cancellationToken)).Entries?[(int)(index % Tile.FullWidth)];
    }
}
