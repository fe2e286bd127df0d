namespace Chaperone.Ledger;

/// <summary>A log's files in a directory of a POSIX file system; it can be served as it is by any web server.</summary>
public sealed class DirectoryFiles(string root) : ILedgerFiles
{
    private readonly string _root = Path.GetFullPath(root);

    /// <inheritdoc/>
    public async ValueTask<byte[]?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllBytesAsync(Resolve(path), cancellationToken);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        try
        {
            await ReplaceAsync(Resolve(path), content, cancellationToken);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new IOException(denied.Message, denied);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ListFolderAsync(string path, CancellationToken cancellationToken)
    {
        var folder = Resolve(path);
        return ValueTask.FromResult<IReadOnlyList<string>>(
            Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file))] : []);
    }

    /// <inheritdoc/>
    public ValueTask DeleteFolderAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            Directory.Delete(Resolve(path), recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Nothing to delete: most tiles were never published partially.
        }

        return ValueTask.CompletedTask;
    }

    // A crash leaves the old file or the new one: the bytes are on disk before the name points at them. A stale temporary
    // file is overwritten by the next write of the same path.
    private static async ValueTask ReplaceAsync(string target, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var folder = Path.GetDirectoryName(target)!;
        CreateFolder(folder);
        var temporary = Path.Combine(folder, $".{Path.GetFileName(target)}.tmp");
        await using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            await file.WriteAsync(content, cancellationToken);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, target, overwrite: true);
        DirectorySync.Flush(folder);
    }

    // A new folder survives a crash only when the folder above it was flushed.
    private static void CreateFolder(string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        var parent = Path.GetDirectoryName(folder);
        if (parent is not null)
        {
            CreateFolder(parent);
        }

        Directory.CreateDirectory(folder);
        if (parent is not null)
        {
            DirectorySync.Flush(parent);
        }
    }

    private string Resolve(string path)
    {
        var full = Path.GetFullPath(Path.Combine(_root, path));
        return full.StartsWith(_root + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? full
            : throw new ArgumentException("The path leads out of the log's directory.", nameof(path));
    }
}
