namespace Chaperone.Ledger;

/// <summary>The files of a log that lies in a folder of another log's files.</summary>
/// <param name="files">The outer files.</param>
/// <param name="folder">The folder, relative, without a slash at its end.</param>
public sealed class FolderFiles(ILedgerFiles files, string folder) : ILedgerFiles
{
    /// <inheritdoc/>
    public ValueTask<byte[]?> ReadAsync(string path, CancellationToken cancellationToken) => files.ReadAsync($"{folder}/{path}", cancellationToken);

    /// <inheritdoc/>
    public ValueTask WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        files.WriteAsync($"{folder}/{path}", content, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ListFolderAsync(string path, CancellationToken cancellationToken) => files.ListFolderAsync($"{folder}/{path}", cancellationToken);

    /// <inheritdoc/>
    public ValueTask DeleteFolderAsync(string path, CancellationToken cancellationToken) => files.DeleteFolderAsync($"{folder}/{path}", cancellationToken);
}
