namespace Chaperone.Ledger.Tests;

/// <summary>A log's files in memory; fails writes on demand, as a full disk does.</summary>
public sealed class MemoryFiles : ILedgerFiles
{
    public SortedDictionary<string, byte[]> Files { get; } = new(StringComparer.Ordinal);

    public List<string> Writes { get; } = [];

    public int? FailAfterWrites { get; set; }

    public ValueTask<byte[]?> ReadAsync(string path, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Files.GetValueOrDefault(path));

    public ValueTask WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        if (FailAfterWrites is not null && Writes.Count >= FailAfterWrites)
        {
            throw new IOException("No space left on device");
        }

        Writes.Add(path);
        Files[path] = content.ToArray();
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<string>> ListFolderAsync(string path, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<string>>(
            [.. Files.Keys.Where(file => file.StartsWith(path + "/", StringComparison.Ordinal)).Select(file => file[(path.Length + 1)..]).Where(name => !name.Contains('/', StringComparison.Ordinal))]);

    public ValueTask DeleteFolderAsync(string path, CancellationToken cancellationToken)
    {
        foreach (var file in Files.Keys.Where(file => file.StartsWith(path + "/", StringComparison.Ordinal)).ToList())
        {
            Files.Remove(file);
        }

        return ValueTask.CompletedTask;
    }
}
