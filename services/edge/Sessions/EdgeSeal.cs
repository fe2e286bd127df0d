using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Chaperone.Bus.Sealing;
using Microsoft.Extensions.Options;

namespace Chaperone.Edge.Sessions;

/// <summary>
/// Seals what the edge hands to clients to bring back (session ids, request states), so that replicas need no shared memory.
/// AES-256-GCM under the edge's key file, bound to a purpose and to whom it was given; URL-safe text.
/// </summary>
internal sealed class EdgeSeal
{
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int MaxLength = 512 * 1024;
    private readonly KeyFile _keys;

    public EdgeSeal(IOptions<EdgeOptions> options)
        : this(KeyFile.LoadOrCreate(options.Value.KeyFile))
    {
    }

    internal EdgeSeal(KeyFile keys) => _keys = keys;

    public string Seal<T>(T value, string context)
    {
        Span<byte> nonce = stackalloc byte[NonceSize];
        RandomNumberGenerator.Fill(nonce);
        return SealUnder(nonce, value, context);
    }

    /// <summary>
    /// As <see cref="Seal"/>, but the same value and context always make the same text. The nonce is a keyed digest of both, so
    /// that no two values share one (the idea of RFC 5297 and RFC 8452).
    /// </summary>
    public string SealSame(string value, string context)
    {
        Span<byte> digest = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, _keys.Current.Key, digest.Length, info: "chaperone edge nonces"u8.ToArray());
        HMACSHA256.HashData(key, JsonSerializer.SerializeToUtf8Bytes(new[] { context, value }), digest);
        return SealUnder(digest[..NonceSize], value, context);
    }

    private string SealUnder<T>(ReadOnlySpan<byte> nonce, T value, string context)
    {
        var plaintext = JsonSerializer.SerializeToUtf8Bytes(value);
        var sealedBytes = new byte[NonceSize + plaintext.Length + TagSize];
        nonce.CopyTo(sealedBytes);
        using var cipher = new AesGcm(_keys.Current.Key, TagSize);
        cipher.Encrypt(nonce, plaintext, sealedBytes.AsSpan(NonceSize, plaintext.Length), sealedBytes.AsSpan(NonceSize + plaintext.Length), Encoding.UTF8.GetBytes(context));
        return Base64Url.EncodeToString(sealedBytes);
    }

    /// <summary>Opens what <see cref="Seal"/> made for the same <paramref name="context"/>; false for anything else.</summary>
    public bool TryOpen<T>(string text, string context, out T? value)
    {
        value = default;
        if (text.Length > MaxLength || !Base64Url.IsValid(text))
        {
            return false;
        }

        var sealedBytes = Base64Url.DecodeFromChars(text);
        if (sealedBytes.Length < NonceSize + TagSize)
        {
            return false;
        }

        var plaintext = new byte[sealedBytes.Length - NonceSize - TagSize];
        foreach (var (_, key) in _keys.Keys)
        {
            try
            {
                using var cipher = new AesGcm(key, TagSize);
                cipher.Decrypt(sealedBytes.AsSpan(0, NonceSize), sealedBytes.AsSpan(NonceSize, plaintext.Length), sealedBytes.AsSpan(NonceSize + plaintext.Length), plaintext, Encoding.UTF8.GetBytes(context));
                value = JsonSerializer.Deserialize<T>(plaintext);
                return value is not null;
            }
            catch (AuthenticationTagMismatchException)
            {
                // Sealed under another key of the file, or not ours at all: the loop tells.
            }
        }

        return false;
    }
}
