using System.Security.Cryptography;

namespace Chaperone.TestKit;

/// <summary>A key of the transit engine, and what its operator does with it. Thread-safe.</summary>
public sealed class VaultTransitKey
{
    private readonly Lock _changing = new();
    private volatile byte[][] _versions = [RandomNumberGenerator.GetBytes(32)];

    /// <summary>The version that encrypts.</summary>
    public int LatestVersion => _versions.Length;

    /// <summary>The oldest version that decrypts.</summary>
    public int MinDecryptionVersion { get; set; } = 1;

    /// <summary>True for a key that needs a context.</summary>
    public bool IsDerived { get; set; }

    /// <summary>True for a key that may leave Vault.</summary>
    public bool IsExportable { get; set; }

    /// <summary>True for a key that may be deleted.</summary>
    public bool MayBeDeleted { get; set; }

    /// <summary><c>vault write -f transit/keys/NAME/rotate</c>.</summary>
    public void Rotate()
    {
        lock (_changing)
        {
            _versions = [.. _versions, RandomNumberGenerator.GetBytes(32)];
        }
    }

    /// <summary>The bytes of a version.</summary>
    internal byte[] Of(int version) => _versions[version - 1];
}
