using System.Globalization;

namespace Chaperone.Ledger;

/// <summary>
/// Checks the partial tiles and bundles that earlier checkpoints needed and that still lie beside the present ones: each must
/// be the beginning of what stands there now. Those of full tiles were removed; those beyond the checkpoint are not signed yet.
/// </summary>
internal sealed class OlderPartials(ILedgerFiles files, long size, FindingList findings)
{
    public async ValueTask CheckAsync(CancellationToken cancellationToken)
    {
        for (var level = 0; level < Tile.MaxLevels && Tile.HashesAt(level, size) > 0; level++)
        {
            var hashes = Tile.HashesAt(level, size);
            var tile = new Tile(level, hashes / Tile.FullWidth, (int)(hashes % Tile.FullWidth));
            await CompareAsync(
                tile.Path,
                tile.Width,
                (bytes, width) => bytes.Length == width * MerkleHash.Size,
                LedgerFindingKind.TileMismatch,
                cancellationToken);
        }

        var bundle = (int)(size % Tile.FullWidth);
        await CompareAsync(
            EntryBundle.PathOf(size / Tile.FullWidth, bundle),
            bundle,
            (bytes, width) => EntryBundle.TryDecode(bytes, width, out _, out _),
            LedgerFindingKind.LeafMismatch,
            cancellationToken);
    }

    private async ValueTask CompareAsync(string path, int present, Func<byte[], int, bool> isWhole, LedgerFindingKind kind, CancellationToken cancellationToken)
    {
        if (present == 0 || await files.ReadAsync(path, cancellationToken) is not { } now)
        {
            return;
        }

        var folder = path[..path.LastIndexOf('/')];
        foreach (var name in await files.ListFolderAsync(folder, cancellationToken))
        {
            if (!int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var width) || width == 0 || width >= present
                || await files.ReadAsync($"{folder}/{name}", cancellationToken) is not { } older)
            {
                continue;
            }

            if (!now.AsSpan().StartsWith(older) || !isWhole(older, width))
            {
                findings.Add(new(kind, $"{folder}/{name}", $"is not the beginning of {path}"));
            }
        }
    }
}
