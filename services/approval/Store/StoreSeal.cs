using System.Security.Cryptography;
using System.Text;
using Chaperone.Bus.Sealing;
using Microsoft.Extensions.Options;

namespace Chaperone.Approval.Store;

/// <summary>
/// Seals what lies in the store (AES-256-GCM, invariant 4) under the room's own long-lived keys: the bus keys may be
/// changed at any time. A sealed value opens only in the column and row it was sealed for.
/// Layout: length of key id, key id, nonce (12), ciphertext, tag (16).
/// </summary>
internal sealed class StoreSeal
{
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private readonly Dictionary<string, byte[]> _keys;
    private readonly string _current;

    public StoreSeal(IOptions<ApprovalOptions> options)
    {
        var file = KeyFile.LoadOrCreate(options.Value.KeyFile);
        _keys = file.Keys.ToDictionary(k => k.Id, k => k.Key, StringComparer.Ordinal);
        _current = file.Current.Id;
    }

    public byte[] Seal(ReadOnlySpan<byte> plaintext, string column, string row)
    {
        var id = Encoding.ASCII.GetBytes(_current);
        var result = new byte[1 + id.Length + NonceSize + plaintext.Length + TagSize];
        result[0] = (byte)id.Length;
        id.CopyTo(result, 1);
        var nonce = result.AsSpan(1 + id.Length, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        var body = result.AsSpan(1 + id.Length + NonceSize);
        using var cipher = new AesGcm(_keys[_current], TagSize);
        cipher.Encrypt(nonce, plaintext, body[..plaintext.Length], body[plaintext.Length..], Context(column, row));
        return result;
    }

    /// <exception cref="CryptographicException">Altered, moved, or under a key that the key file does not hold.</exception>
    public byte[] Open(ReadOnlySpan<byte> value, string column, string row)
    {
        if (value.Length < 1 || value.Length < 1 + value[0] + NonceSize + TagSize)
        {
            throw new CryptographicException($"A sealed value of column {column} is cut short.");
        }

        var id = Encoding.ASCII.GetString(value.Slice(1, value[0]));
        if (!_keys.TryGetValue(id, out var key))
        {
            throw new CryptographicException($"Column {column} is sealed under a key that Approval:KeyFile does not hold. Restore the key file from backup.");
        }

        var nonce = value.Slice(1 + value[0], NonceSize);
        var body = value[(1 + value[0] + NonceSize)..];
        var plaintext = new byte[body.Length - TagSize];
        using var cipher = new AesGcm(key, TagSize);
        cipher.Decrypt(nonce, body[..^TagSize], body[^TagSize..], plaintext, Context(column, row));
        return plaintext;
    }

    private static byte[] Context(string column, string row) => Encoding.UTF8.GetBytes($"{column}\n{row}");
}
