using System.IO.Compression;

namespace Chaperone.Recorder.Evidence;

/// <summary>A zip that is the same for the same members on every machine: a fixed time and mode, and stored, because compressors differ between versions and processors. Leaves the target open.</summary>
internal sealed class StoredZip(Stream target) : IAsyncDisposable
{
    private static readonly DateTimeOffset FixedTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ZipArchive _zip = new(target, ZipArchiveMode.Create, leaveOpen: true);

    public async ValueTask AddAsync(string path, Stream content, CancellationToken cancellationToken)
    {
        var entry = _zip.CreateEntry(path, CompressionLevel.NoCompression);
        entry.LastWriteTime = FixedTime;
        entry.ExternalAttributes = (path.EndsWith(".sh", StringComparison.Ordinal) ? 0x81ED : 0x81A4) << 16;
        await using var member = await entry.OpenAsync(cancellationToken);
        await content.CopyToAsync(member, cancellationToken);
    }

    public ValueTask DisposeAsync() => _zip.DisposeAsync();
}
