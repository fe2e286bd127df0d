namespace Chaperone.Ledger;

/// <summary>
/// Where the published files of one log lie: tiles, entry bundles and the checkpoint, under the paths of C2SP tlog-tiles.
/// One writer at a time; readers at any time.
/// </summary>
public interface ILedgerFiles
{
    /// <summary>The whole file; null if there is none.</summary>
    /// <exception cref="IOException">It is there but cannot be read.</exception>
    ValueTask<byte[]?> ReadAsync(string path, CancellationToken cancellationToken);

    /// <summary>Writes or replaces a file: readers see the old bytes or the new ones, and the new ones are durable when this returns.</summary>
    /// <exception cref="IOException">Not written (full, read-only); the old bytes still stand.</exception>
    ValueTask WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Names of the files right in a folder, in no order; none if there is no such folder.</summary>
    ValueTask<IReadOnlyList<string>> ListFolderAsync(string path, CancellationToken cancellationToken);

    /// <summary>Removes a folder with its files, if there is one; never needed for correctness.</summary>
    ValueTask DeleteFolderAsync(string path, CancellationToken cancellationToken);
}
