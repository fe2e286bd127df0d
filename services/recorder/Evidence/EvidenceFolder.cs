using System.Security.Cryptography;
using System.Text;

namespace Chaperone.Recorder.Evidence;

/// <summary>
/// The members of a bundle while they are written, in a temporary folder that goes with this. The zip is the same for the same
/// members on every machine: sorted, and as <see cref="StoredZip"/> says.
/// </summary>
internal sealed class EvidenceFolder : IDisposable
{
    /// <summary>Ends the name of the folder, so that one that a crash left can be found.</summary>
    public const string Suffix = ".members";

    private readonly string _folder;
    private readonly SortedDictionary<string, EvidenceMember> _members = new(StringComparer.Ordinal);

    /// <summary>Makes the folder beside the zip: a temporary file system may have no room for a bundle, and members are as private as the zip.</summary>
    public EvidenceFolder(string zip)
    {
        _folder = zip + Suffix;
        Directory.CreateDirectory(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Members written so far, in the order of the zip.</summary>
    public IEnumerable<EvidenceMember> Members => _members.Values;

    /// <summary>A new member; the caller disposes it when it is whole.</summary>
    public EvidenceMember Create(string path)
    {
        var member = new EvidenceMember(path, Path.Combine(_folder, _members.Count.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        _members.Add(path, member);
        return member;
    }

    /// <summary>A member with one text.</summary>
    public void Write(string path, string text, long? rows = null) => Write(path, Encoding.UTF8.GetBytes(text), rows);

    /// <inheritdoc cref="Write(string, string, long?)"/>
    public void Write(string path, ReadOnlySpan<byte> bytes, long? rows = null)
    {
        using var member = Create(path);
        member.Write(bytes);
        member.Rows = rows;
    }

    /// <summary>Where something may be written that is no member of the bundle; it goes with the folder.</summary>
    public string Scratch(string name) => Path.Combine(_folder, "scratch-" + name);

    /// <summary>Writes the zip; returns its SHA-256.</summary>
    public async ValueTask<byte[]> ZipAsync(Stream target, CancellationToken cancellationToken)
    {
        await using (var zip = new StoredZip(target))
        {
            foreach (var member in _members.Values)
            {
                await using var file = File.OpenRead(member.File);
                await zip.AddAsync(member.Path, file, cancellationToken);
            }
        }

        target.Position = 0;
        return await SHA256.HashDataAsync(target, cancellationToken);
    }

    public void Dispose()
    {
        foreach (var member in _members.Values)
        {
            member.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }
}
