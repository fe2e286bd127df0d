namespace Chaperone.Recorder.Evidence;

/// <summary>A bundle unpacked to a folder that holds nothing else.</summary>
internal sealed class FolderBundle(string folder) : IBundleFiles
{
    public IReadOnlyCollection<string> Paths { get; } =
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    public Stream Open(string path) => File.OpenRead(Path.Combine(folder, path));

    public void Dispose()
    {
    }
}
