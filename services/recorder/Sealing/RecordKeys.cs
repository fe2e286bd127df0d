using System.Security.Cryptography;
using System.Text;
using Chaperone.Bus.Sealing;

namespace Chaperone.Recorder.Sealing;

/// <summary>
/// The root keys, from the record key file. They wrap the keys of the periods (AES-256-GCM); records of before there were periods
/// are sealed under them directly, and so are saved searches. Thread-safe.
/// </summary>
internal sealed class RecordKeys
{
    private const int KeySize = 32;
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly Dictionary<string, byte[]> _roots;
    private readonly Dictionary<string, byte[]> _wrapping;

    public RecordKeys(KeyFile file)
    {
        // HKDF-Extract once per root; what remains for each part is HKDF-Expand.
        _roots = file.Keys.ToDictionary(k => k.Id, k => HKDF.Extract(HashAlgorithmName.SHA256, k.Key), StringComparer.Ordinal);
        _wrapping = _roots.ToDictionary(k => k.Key, k => HKDF.Expand(HashAlgorithmName.SHA256, k.Value, KeySize, "chaperone/wrap/v1"u8.ToArray()), StringComparer.Ordinal);
        CurrentId = file.Current.Id;
    }

    /// <summary>Names the root key that wraps now.</summary>
    public string CurrentId { get; }

    /// <summary>Whether the key file holds this root key.</summary>
    public bool Has(string rootId) => _roots.ContainsKey(rootId);

    /// <summary>The keys of what is sealed under a root key directly.</summary>
    /// <exception cref="CryptographicException">The key file does not hold <paramref name="rootId"/>.</exception>
    public PartKeys Of(string rootId)
    {
        var root = Find(_roots, rootId);
        return new PartKeys(root, root);
    }

    /// <summary>Wraps a key of 32 bytes under the current root; <paramref name="name"/> says which key it is, and only under that name it opens.</summary>
    /// <returns>12-byte nonce, ciphertext, 16-byte tag.</returns>
    public byte[] Wrap(byte[] key, string name) => Wrap(_wrapping[CurrentId], key, name);

    /// <exception cref="CryptographicException">Altered, under another name, or the key file does not hold <paramref name="rootId"/>.</exception>
    public byte[] Unwrap(string rootId, byte[] wrapped, string name) => Unwrap(Find(_wrapping, rootId), wrapped, name);

    /// <summary>Wraps a key under a key that is itself wrapped.</summary>
    public static byte[] Wrap(byte[] under, byte[] key, string name)
    {
        var wrapped = new byte[NonceSize + key.Length + TagSize];
        RandomNumberGenerator.Fill(wrapped.AsSpan(0, NonceSize));
        using var cipher = new AesGcm(under, TagSize);
        cipher.Encrypt(wrapped.AsSpan(0, NonceSize), key, wrapped.AsSpan(NonceSize, key.Length), wrapped.AsSpan(NonceSize + key.Length), Encoding.UTF8.GetBytes(name));
        return wrapped;
    }

    /// <exception cref="CryptographicException">Altered, or under another name.</exception>
    public static byte[] Unwrap(byte[] under, byte[] wrapped, string name)
    {
        if (wrapped.Length != NonceSize + KeySize + TagSize)
        {
            throw new CryptographicException($"The wrapped key '{name}' has {wrapped.Length} bytes; {NonceSize + KeySize + TagSize} are expected.");
        }

        var key = new byte[KeySize];
        using var cipher = new AesGcm(under, TagSize);
        cipher.Decrypt(wrapped.AsSpan(0, NonceSize), wrapped.AsSpan(NonceSize, KeySize), wrapped.AsSpan(NonceSize + KeySize), key, Encoding.UTF8.GetBytes(name));
        return key;
    }

    private static byte[] Find(Dictionary<string, byte[]> keys, string rootId) =>
        keys.TryGetValue(rootId, out var key) ? key : throw new CryptographicException($"The record key file does not hold key '{rootId}'.");
}
