using System.Text;
using NSec.Cryptography;

namespace Chaperone.Ledger;

/// <summary>Signs notes with an Ed25519 key, as a log (type 0x01) and as a witness (type 0x04). Safe for concurrent use until disposed.</summary>
public sealed class NoteSigner : IDisposable
{
    /// <summary>Bytes of a seed.</summary>
    public const int SeedBytes = 32;

    private readonly Key _key;
    private readonly bool _ownsKey;

    /// <summary>Takes the secret: 32 random bytes that the caller keeps in a file only its owner can read. The array may be cleared afterwards.</summary>
    /// <param name="name">Key name; a log's origin. No spaces, no '+'.</param>
    /// <param name="seed">RFC 8032 private key.</param>
    /// <exception cref="ArgumentException">Bad name, or a seed that is not 32 bytes.</exception>
    public NoteSigner(string name, ReadOnlySpan<byte> seed)
    {
        if (seed.Length != SeedBytes)
        {
            throw new ArgumentException("A signing key's seed has 32 bytes.", nameof(seed));
        }

        _key = Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey);
        _ownsKey = true;
        LogKey = new NoteKey(name, SignatureType.Ed25519, _key.PublicKey);
        WitnessKey = new NoteKey(name, SignatureType.CosignatureV1, _key.PublicKey);
    }

    private NoteSigner(string name, Key key)
    {
        _key = key;
        LogKey = new NoteKey(name, SignatureType.Ed25519, _key.PublicKey);
        WitnessKey = new NoteKey(name, SignatureType.CosignatureV1, _key.PublicKey);
    }

    /// <summary>Signs with the same secret under another name: that of another log of the ledger (<see cref="LogSeries"/>). Only as long as this one is not disposed.</summary>
    public NoteSigner Named(string name) => new(name, _key);

    /// <summary>Verifies what <see cref="Sign"/> makes.</summary>
    public NoteKey LogKey { get; }

    /// <summary>Verifies what <see cref="Cosign"/> makes.</summary>
    public NoteKey WitnessKey { get; }

    /// <summary>Signs a note text, which ends with a newline.</summary>
    public NoteSignature Sign(string text) =>
        new(LogKey.Name, LogKey.KeyId, SignatureAlgorithm.Ed25519.Sign(_key, Encoding.UTF8.GetBytes(text)));

    /// <summary>Cosigns a checkpoint's text at a time, kept in whole seconds.</summary>
    public NoteSignature Cosign(Checkpoint checkpoint, DateTimeOffset time)
    {
        var seconds = time.ToUnixTimeSeconds();
        var bare = SignatureAlgorithm.Ed25519.Sign(_key, Cosignature.Message(checkpoint.ToText(), seconds));
        return new NoteSignature(WitnessKey.Name, WitnessKey.KeyId, Cosignature.Blob(seconds, bare));
    }

    /// <summary>Erases the key; one that <see cref="Named"/> made leaves that to its owner.</summary>
    public void Dispose()
    {
        if (_ownsKey)
        {
            _key.Dispose();
        }
    }
}
