using System.Collections.Concurrent;
using System.Security.Cryptography;
using Chaperone.Contracts;
using Microsoft.Extensions.Options;

namespace Chaperone.Bus.Sealing;

/// <summary>AES-256-GCM with a random 96-bit nonce and the context as associated data.</summary>
internal sealed class PayloadSeal : IPayloadSeal
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly Dictionary<string, byte[]> _keys;
    private readonly string _current;

    // AesGcm is not thread-safe and costs about a microsecond to make: keep as many as ever ran at once.
    private readonly ConcurrentDictionary<string, ConcurrentBag<AesGcm>> _ciphers = new(StringComparer.Ordinal);

    public PayloadSeal(IOptions<BusOptions> options)
        : this(KeyFile.LoadOrCreate(options.Value.KeyFile))
    {
    }

    internal PayloadSeal(KeyFile file)
    {
        _keys = file.Keys.ToDictionary(k => k.Id, k => k.Key, StringComparer.Ordinal);
        _current = file.Current.Id;
    }

    public SealedPayload Seal(ReadOnlySpan<byte> plaintext, Guid context)
    {
        Span<byte> associated = stackalloc byte[16];
        context.TryWriteBytes(associated, bigEndian: true, out _);
        var nonce = new byte[NonceSize];
        RandomNumberGenerator.Fill(nonce);
        var ciphertext = new byte[plaintext.Length + TagSize];

        var cipher = Rent(_current, _keys[_current]);
        cipher.Encrypt(nonce, plaintext, ciphertext.AsSpan(0, plaintext.Length), ciphertext.AsSpan(plaintext.Length), associated);
        Return(_current, cipher);
        return new SealedPayload { KeyId = _current, Nonce = nonce, Ciphertext = ciphertext };
    }

    public byte[] Open(SealedPayload payload, Guid context)
    {
        if (!_keys.TryGetValue(payload.KeyId, out var key))
        {
            throw new CryptographicException("The payload is sealed under a key that this key file does not hold.");
        }

        if (payload.Nonce.Length != NonceSize || payload.Ciphertext.Length < TagSize)
        {
            throw new CryptographicException("The sealed payload is cut short.");
        }

        Span<byte> associated = stackalloc byte[16];
        context.TryWriteBytes(associated, bigEndian: true, out _);
        var length = payload.Ciphertext.Length - TagSize;
        var plaintext = new byte[length];

        var cipher = Rent(payload.KeyId, key);
        cipher.Decrypt(payload.Nonce, payload.Ciphertext.AsSpan(0, length), payload.Ciphertext.AsSpan(length), plaintext, associated);
        Return(payload.KeyId, cipher);
        return plaintext;
    }

    private AesGcm Rent(string id, byte[] key) =>
        _ciphers.GetOrAdd(id, _ => []).TryTake(out var cipher) ? cipher : new AesGcm(key, TagSize);

    private void Return(string id, AesGcm cipher) => _ciphers[id].Add(cipher);
}
