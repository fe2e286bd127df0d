using Chaperone.Bus.Signing;
using Chaperone.Policy.Documents;
using Chaperone.Policy.Reading;

namespace Chaperone.Policy.Versions;

/// <summary>Makes a <see cref="PolicyVersion"/> of what came into force, and keeps it. That it cannot be kept holds up no policy: it is told loudly, and recorded.</summary>
internal sealed partial class VersionKeeper(VersionArchive archive, PolicySigners signers, TimeProvider time, ILogger<VersionKeeper> logger)
{
    private volatile PolicyBundle? _inForce;

    /// <summary>The files of the version in force; null before the first.</summary>
    public PolicyBundle? InForce => _inForce;

    /// <summary>What kept the newest version from being kept; null when it was.</summary>
    public string? Problem { get; private set; }

    /// <summary>Whether a policy needs a signature.</summary>
    public bool RequiresSignature => signers.IsRequired;

    /// <summary>The files of the version in force or a kept one; null when none, or more than one, has a digest that begins with <paramref name="digest"/>.</summary>
    /// <exception cref="IOException">They are kept and cannot be read.</exception>
    public PolicyBundle? Find(string digest) => digest == _inForce?.Digest
        ? _inForce
        : archive.Files(digest) is { } files ? new PolicyBundle([.. files.Select(f => new PolicySource(f.Name, f.Bytes))]) : null;

    /// <summary>Its trusted signers.</summary>
    public IReadOnlyList<string> SignersOf(PolicyBundle bundle, byte[] signature) =>
        signers.SignersOf(signature, [.. bundle.Files.Where(f => f.Bytes is not null).Select(f => (f.Name, f.Bytes!))]);

    /// <summary>Keeps what came into force from <paramref name="path"/>.</summary>
    public PolicyVersion Keep(PolicyDocument document, PolicyBundle bundle, byte[] signature, string path)
    {
        var version = new PolicyVersion
        {
            Digest = document.Digest,
            Previous = _inForce?.Digest,
            At = time.GetUtcNow(),
            Signers = [.. SignersOf(bundle, signature)],
            File = document.File,
            Files = [.. bundle.Files.Where(f => f.Bytes is not null).Select(f => f.Name)],
            Rules = document.Rules.Count,
            Changes = PolicyChanges.Between(_inForce, bundle),
            ChangedAt = File.Exists(path) ? File.GetLastWriteTimeUtc(path) : null,
        };
        _inForce = bundle;
        try
        {
            // A room that only starts again brings no new version.
            if (archive.Read() is not [.., var last] || last.Digest != version.Digest || version.Previous is not null)
            {
                archive.Keep(version, bundle, signature);
            }

            Problem = null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Problem = $"The version of the policy in force is not kept: {archive.Folder} cannot be written.";
            Log.NotKept(logger, archive.Folder, version.Digest, e.Message);
        }

        return version;
    }

    private static partial class Log
    {
        [LoggerMessage(2011, LogLevel.Error, "Version {Digest} of the policy is in force and NOT kept in {Folder}: {Problem}")]
        public static partial void NotKept(ILogger logger, string folder, string digest, string problem);
    }
}
