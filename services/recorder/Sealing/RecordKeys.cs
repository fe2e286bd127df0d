using System.Security.Cryptography;
using System.Text;
using Chaperone.Bus.Sealing;
using Chaperone.Recorder.Keys;
using Chaperone.Recorder.Keys.Vault;

namespace Chaperone.Recorder.Sealing;

/// <summary>
/// The root keys, from the record key file. They wrap the keys of the periods (AES-256-GCM); records of before there were periods
/// are sealed under them directly. Thread-safe.
/// </summary>
internal sealed class RecordKeys : IRootKeys
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

    public string ReadCurrentId() => CurrentId;

    public PartKeys? FindDirect(string keyId) => _roots.TryGetValue(keyId, out var root) ? new PartKeys(root, root) : null;

    public WrappedKeys Wrap(IReadOnlyList<NamedKey> keys) =>
        new(CurrentId, [.. keys.Select(k => k.Bytes is null ? null : Wrap(_wrapping[CurrentId], k.Bytes, k.Name))]);

    public byte[]?[] Unwrap(string rootId, IReadOnlyList<NamedKey> wrapped) =>
        [.. wrapped.Select(k => k.Bytes is null ? null : Unwrap(Find(rootId), k.Bytes, k.Name))];

    public WrappedKeys Rewrap(string rootId, IReadOnlyList<NamedKey> wrapped)
    {
        var open = Unwrap(rootId, wrapped);
        return Wrap([.. wrapped.Select((k, i) => k with { Bytes = open[i] })]);
    }

    /// <summary>Nothing: what was unwrapped is not remembered.</summary>
    public void ForgetAllBut(IReadOnlySet<string> names)
    {
    }

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

    private byte[] Find(string rootId) => _wrapping.TryGetValue(rootId, out var key)
        ? key
        : throw new CryptographicException(
            $"The record key file does not hold key '{rootId}'.{(VaultKeyId.TryParse(rootId, out _) ? " It is a key of Vault: set Recorder:Vault:Address and a login." : "")}");
}
