using System.Security.Cryptography;
using System.Text;

namespace Chaperone.Policy.Reading;

/// <summary>A policy's main file and all that it includes, main first, each once.</summary>
internal sealed class PolicyBundle
{
    /// <summary>Most files, the main one counted.</summary>
    public const int MostFiles = 64;

    private readonly Dictionary<string, PolicySource> _byName;

    public PolicyBundle(IReadOnlyList<PolicySource> files)
    {
        Files = files;
        _byName = files.ToDictionary(f => f.Name, StringComparer.Ordinal);
        Digest = DigestOf(files);
    }

    /// <summary>In the order in which they were found.</summary>
    public IReadOnlyList<PolicySource> Files { get; }

    /// <summary>The main file.</summary>
    public PolicySource Main => Files[0];

    /// <summary>Lower-case hex. Of one file: the SHA-256 of its bytes. Of several: that of the lines <c>SHA-256 NAME</c> of all, in order.</summary>
    public string Digest { get; }

    /// <summary>The file of that name; null when the bundle has none.</summary>
    public PolicySource? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Reads <paramref name="path"/> and what it includes.</summary>
    public static async Task<PolicyBundle> LoadAsync(string path, CancellationToken cancellationToken)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var files = new List<PolicySource> { await PolicySource.LookAsync(Path.GetFileName(path), path, cancellationToken) };
        for (var i = 0; i < files.Count; i++)
        {
            var names = files[i].Bytes is { } bytes ? IncludeNames.Of(files[i].Name, bytes) : [];
            foreach (var name in names.Where(n => files.Count < MostFiles && files.TrueForAll(f => f.Name != n)))
            {
                files.Add(await PolicySource.LookAsync(name, Path.Combine(folder, name), cancellationToken));
            }
        }

        return new PolicyBundle(files);
    }

    private static string DigestOf(IReadOnlyList<PolicySource> files)
    {
        string[] digests = [.. files.Select(f => f.Bytes is { } bytes ? Convert.ToHexStringLower(SHA256.HashData(bytes)) : f.Fault ?? string.Empty)];
        return digests.Length == 1
            ? digests[0]
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(files.Select((f, i) => $"{digests[i]} {f.Name}\n")))));
    }
}
