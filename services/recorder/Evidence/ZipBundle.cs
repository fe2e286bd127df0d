using System.IO.Compression;

namespace Chaperone.Recorder.Evidence;

/// <summary>A bundle as a zip.</summary>
internal sealed class ZipBundle : IBundleFiles
{
    private readonly ZipArchive _zip;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.Ordinal);

    /// <exception cref="InvalidDataException">Not a zip, or two members have one name.</exception>
    public ZipBundle(string file)
    {
        _zip = ZipFile.OpenRead(file);
        foreach (var entry in _zip.Entries)
        {
            // Unpackers differ in which of two they take, so one could be checked and the other read.
            if (!_entries.TryAdd(entry.FullName, entry))
            {
                _zip.Dispose();
                throw new InvalidDataException($"{entry.FullName}: the zip has it twice");
            }
        }
    }

    public IReadOnlyCollection<string> Paths => _entries.Keys;

    public Stream Open(string path) => _entries[path].Open();

    public void Dispose() => _zip.Dispose();
}
