using System.Text.Json;
using Chaperone.Policy.Reading;

namespace Chaperone.Policy.Versions;

/// <summary>
/// The versions that came into force, in a folder: each digest a folder of its own with the files as they were, and
/// <c>versions.jsonl</c> with one line each time that a version came into force. Written by one policy worker or by several;
/// nothing in it is ever changed.
/// </summary>
internal sealed class VersionArchive(string folder)
{
    private const string Journal = "versions.jsonl";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Where it is.</summary>
    public string Folder => folder;

    /// <summary>Keeps a version; its files are there before the journal names it.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Keep(PolicyVersion version, PolicyBundle bundle, byte[] signature)
    {
        var place = Path.Combine(folder, version.Digest);
        if (!Directory.Exists(place))
        {
            var temporary = Path.Combine(folder, $".{version.Digest}-{Guid.CreateVersion7(version.At):N}");
            Directory.CreateDirectory(temporary);
            foreach (var file in bundle.Files.Where(f => f.Bytes is not null))
            {
                Write(Path.Combine(temporary, file.Name), file.Bytes!);
            }

            if (signature.Length > 0)
            {
                Write(Path.Combine(temporary, bundle.Main.Name + Bus.Signing.PolicySignature.Extension), signature);
            }

            Settle(temporary, place);
        }

        using var journal = new FileStream(Path.Combine(folder, Journal), FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        journal.Write([.. JsonSerializer.SerializeToUtf8Bytes(version, Json), (byte)'\n']);
        journal.Flush(flushToDisk: true);
    }

    /// <summary>The versions in the order in which they came into force; lines that a crash has cut are passed over.</summary>
    public IReadOnlyList<PolicyVersion> Read()
    {
        var file = Path.Combine(folder, Journal);
        return File.Exists(file) ? [.. File.ReadLines(file).Select(Read).OfType<PolicyVersion>()] : [];
    }

    /// <summary>The files of the version whose digest begins with <paramref name="digest"/>; null when none, or more than one, does.</summary>
    public IReadOnlyList<(string Name, byte[] Bytes)>? Files(string digest)
    {
        var found = Read().Where(v => v.Digest.StartsWith(digest, StringComparison.OrdinalIgnoreCase)).DistinctBy(v => v.Digest).ToArray();
        if (digest.Length == 0 || found is not [var version])
        {
            return null;
        }

        var place = Path.Combine(folder, version.Digest);
        return [.. version.Files.Select(name => (name, File.ReadAllBytes(Path.Combine(place, name))))];
    }

    private static PolicyVersion? Read(string line)
    {
        try
        {
            // Names come from a file: none may lead out of its folder.
            return JsonSerializer.Deserialize<PolicyVersion>(line, Json) is { } version && version.Digest.All(char.IsAsciiHexDigitLower)
                && version.Files.All(f => !Path.IsPathRooted(f) && !f.Split('/').Contains("..")) ? version : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Write(string path, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        stream.Write(bytes);
        stream.Flush(flushToDisk: true);
    }

    // Another worker may have kept the same version meanwhile.
    private static void Settle(string temporary, string place)
    {
        try
        {
            Directory.Move(temporary, place);
        }
        catch (IOException) when (Directory.Exists(place))
        {
            Directory.Delete(temporary, recursive: true);
        }
    }
}
