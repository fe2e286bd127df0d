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
        _zip = OpenDirectory(file);
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

    private static ZipArchive OpenDirectory(string file)
    {
        ZipArchive? zip = null;
        try
        {
            zip = ZipFile.OpenRead(file);

            // Reads the directory.
            _ = zip.Entries;
            return zip;
        }
        catch (InvalidDataException e)
        {
            zip?.Dispose();
            throw new InvalidDataException("zip: it is no zip, or its directory is damaged", e);
        }
    }
}
