using System.Security.Cryptography;
using System.Text;
using Chaperone.Bus.Sealing;

namespace Chaperone.Recorder.Sealing;

/// <summary>
/// The record keys: one root key in a file, and from it by HKDF-SHA256 one key for each part of each record, so that no
/// AES-GCM key ever seals two things, and one commitment key for each record. Thread-safe.
/// </summary>
internal sealed class RecordKeys
{
    private const int KeySize = 32;

    private readonly Dictionary<string, byte[]> _roots;

    public RecordKeys(KeyFile file)
    {
        // HKDF-Extract once per root; what remains for each part is HKDF-Expand.
        _roots = file.Keys.ToDictionary(k => k.Id, k => HKDF.Extract(HashAlgorithmName.SHA256, k.Key), StringComparer.Ordinal);
        CurrentId = file.Current.Id;
    }

    /// <summary>Names the root key that seals now; written into each header.</summary>
    public string CurrentId { get; }

    /// <summary>The AES-256 key of one part of one record.</summary>
    /// <exception cref="CryptographicException">The key file does not hold <paramref name="keyId"/>.</exception>
    public byte[] ForPart(string keyId, Guid eventId, string part) => Derive(keyId, "chaperone/part/v1", eventId, part);

    /// <summary>The HMAC key of one record's commitment.</summary>
    /// <exception cref="CryptographicException">The key file does not hold <paramref name="keyId"/>.</exception>
    public byte[] ForCommitment(string keyId, Guid eventId) => Derive(keyId, "chaperone/commit/v1", eventId, "");

    private byte[] Derive(string keyId, string purpose, Guid eventId, string part)
    {
        if (!_roots.TryGetValue(keyId, out var root))
        {
            throw new CryptographicException($"The record key file does not hold key '{keyId}'.");
        }

        Span<byte> info = stackalloc byte[Encoding.UTF8.GetMaxByteCount(purpose.Length + part.Length) + 16];
        var length = Encoding.UTF8.GetBytes(purpose, info);
        eventId.TryWriteBytes(info[length..], bigEndian: true, out var written);
        length += written;
        length += Encoding.UTF8.GetBytes(part, info[length..]);
        var key = new byte[KeySize];
        HKDF.Expand(HashAlgorithmName.SHA256, root, key, info[..length]);
        return key;
    }
}
