using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace Chaperone.Ledger;

/// <summary>A public key that signs notes, written as a C2SP vkey: <c>name+hash+base64(type || key)</c>.</summary>
public sealed class NoteKey
{
    private const int PublicKeyBytes = 32;
    private const int KeyIdDigits = 8;

    private readonly PublicKey _key;
    private readonly byte[] _typedKey;

    internal NoteKey(string name, SignatureType type, PublicKey key)
    {
        Name = IsName(name) ? name : throw new ArgumentException("A key name is not empty and has neither spaces nor '+'.", nameof(name));
        Type = type;
        _key = key;
        _typedKey = [(byte)type, .. key.Export(KeyBlobFormat.RawPublicKey)];
        KeyId = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', .. _typedKey]));
    }

    /// <summary>Name of the key; for a log's own key, the origin of its checkpoints.</summary>
    public string Name { get; }

    /// <summary>How it signs.</summary>
    public SignatureType Type { get; }

    /// <summary>First four bytes, big-endian, of SHA-256(name || 0x0A || type || key).</summary>
    public uint KeyId { get; }

    /// <summary>Reads a vkey.</summary>
    /// <exception cref="FormatException">Not a vkey, of a type other than 0x01 and 0x04, or with a hash that is not the key's.</exception>
    public static NoteKey Parse(string vkey)
    {
        // Base64 may hold '+', names may not: the first two separate.
        var parts = vkey.Split('+', 3);
        if (parts.Length != 3 || !IsName(parts[0]) || parts[1].Length != KeyIdDigits
            || !uint.TryParse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var keyId)
            || !StrictBase64.TryDecode(parts[2], 1 + PublicKeyBytes, out var typed) || typed.Length != 1 + PublicKeyBytes
            || !Enum.IsDefined((SignatureType)typed[0])
            || !PublicKey.TryImport(SignatureAlgorithm.Ed25519, typed.AsSpan(1), KeyBlobFormat.RawPublicKey, out var imported))
        {
            throw new FormatException("Not a verifier key: expected name+hash+key with an Ed25519 key of type 0x01 or 0x04.");
        }

        var key = new NoteKey(parts[0], (SignatureType)typed[0], imported!);
        return key.KeyId == keyId
            ? key
            : throw new FormatException($"The verifier key says hash {parts[1]}, but its key has {key.KeyId:x8}.");
    }

    /// <summary>The same public key under another name: that of another log of the ledger (<see cref="LogSeries"/>).</summary>
    /// <exception cref="ArgumentException">Not a name.</exception>
    public NoteKey Named(string name) => new(name, Type, _key);

    /// <summary>The vkey.</summary>
    public override string ToString() => $"{Name}+{KeyId:x8}+{Convert.ToBase64String(_typedKey)}";

    /// <summary>True if the signature names this key; it may still be wrong.</summary>
    public bool IsKeyOf(NoteSignature signature) => signature.KeyId == KeyId && signature.Name == Name;

    /// <summary>True if <paramref name="signature"/> is this key's over the note text <paramref name="text"/>.</summary>
    public bool Verify(string text, NoteSignature signature)
    {
        if (!IsKeyOf(signature))
        {
            return false;
        }

        return Type switch
        {
            SignatureType.Ed25519 => Verify(Encoding.UTF8.GetBytes(text), signature.Signature.Span),
            SignatureType.CosignatureV1 => Cosignature.TryRead(signature, out var seconds, out var bare)
                && Verify(Cosignature.Message(text, seconds), bare.Span),
            _ => false,
        };
    }

    internal static bool IsName(string name) => name.Length > 0 && !name.Any(c => char.IsWhiteSpace(c) || c == '+' || c < ' ');

    private bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        signature.Length == SignatureAlgorithm.Ed25519.SignatureSize && SignatureAlgorithm.Ed25519.Verify(_key, message, signature);
}
