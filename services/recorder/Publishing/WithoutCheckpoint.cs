using Chaperone.Ledger;

namespace Chaperone.Recorder.Publishing;

/// <summary>The log's files as if no checkpoint stood there, so that every tile is derived again; <see cref="LedgerLog"/> compares the checkpoint itself.</summary>
internal sealed class WithoutCheckpoint(ILedgerFiles files) : ILedgerFiles
{
    public ValueTask<byte[]?> ReadAsync(string path, CancellationToken cancellationToken) =>
        path == LedgerLog.CheckpointPath ? ValueTask.FromResult<byte[]?>(null) : files.ReadAsync(path, cancellationToken);

    public ValueTask WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        files.WriteAsync(path, content, cancellationToken);

    public ValueTask<IReadOnlyList<string>> ListFolderAsync(string path, CancellationToken cancellationToken) => files.ListFolderAsync(path, cancellationToken);

    public ValueTask DeleteFolderAsync(string path, CancellationToken cancellationToken) => files.DeleteFolderAsync(path, cancellationToken);
}
