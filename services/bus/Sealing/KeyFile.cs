using System.Security.Cryptography;
using System.Text;

namespace Chaperone.Bus.Sealing;

/// <summary>
/// A file of 256-bit keys, one a line: <c>key-id base64</c>. The first line is the key to seal with; the others still open.
/// Created on first run with owner-only rights; refused if anybody else may read it.
/// </summary>
public sealed class KeyFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private KeyFile(string path, IReadOnlyList<(string Id, byte[] Key)> keys)
    {
        Path = path;
        Keys = keys;
    }

    /// <summary>Where it was read.</summary>
    public string Path { get; }

    /// <summary>Id and 32 bytes each; never empty.</summary>
    public IReadOnlyList<(string Id, byte[] Key)> Keys { get; }

    /// <summary>The key to seal with.</summary>
    public (string Id, byte[] Key) Current => Keys[0];

    /// <summary>Reads <paramref name="path"/>, creating it with one random key if there is none. Safe when several processes start at once.</summary>
    /// <exception cref="InvalidDataException">Readable by others, empty, or a line is not <c>key-id base64</c>.</exception>
    public static KeyFile LoadOrCreate(string path)
    {
        if (!File.Exists(path))
        {
            Create(path);
        }

        return Load(path);
    }

    private static void Create(string path)
    {
        var directory = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;
        Directory.CreateDirectory(directory);
        var id = "k" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
        var line = $"{id} {Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}\n";
        var temporary = $"{path}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = OwnerOnly,
            }))
            {
                stream.Write(Encoding.ASCII.GetBytes(line));
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process of this machine was first: its key is the key.
            File.Delete(temporary);
        }
    }

    private static KeyFile Load(string path)
    {
        if ((File.GetUnixFileMode(path) & Others) != 0)
        {
            throw new InvalidDataException($"Key file {path} may be read or written by others than its owner. Run: chmod 600 {path}");
        }

        var keys = new List<(string, byte[])>();
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (line.Length == 0)
            {
                continue;
            }

            var parts = line.Split(' ');
            var key = new byte[33];
            if (parts.Length != 2 || parts[0].Length is 0 or > 64 || !Convert.TryFromBase64String(parts[1], key, out var written) || written != 32)
            {
                throw new InvalidDataException($"Key file {path}, line {number}: expected 'key-id base64-of-32-bytes'.");
            }

            keys.Add((parts[0], key[..32]));
        }

        return keys.Count > 0
            ? new KeyFile(path, keys)
            : throw new InvalidDataException($"Key file {path} holds no key. Restore it from backup, or delete it to start with a new one.");
    }
}
