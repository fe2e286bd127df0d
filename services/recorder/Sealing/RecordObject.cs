using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Chaperone.Recorder.Sealing;

/// <summary>
/// The encrypted object of a record: for each part of the header, packed where it says so, in its order, a 4-byte big-endian length, then a 12-byte
/// nonce, the AES-256-GCM ciphertext and its 16-byte tag. The header is the associated data of every part, so no part
/// opens beside another header. Each part has its own key; the nonce is random all the same, because a record
/// that is delivered again is sealed again under the same key.
/// </summary>
internal static class RecordObject
{
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int Overhead = 4 + NonceSize + TagSize;

    public static byte[] Seal(IReadOnlyList<byte[]> parts, RecordHeader header, ReadOnlySpan<byte> headerBytes, PartKeys keys)
    {
        var sealedObject = new byte[parts.Sum(p => p.Length + Overhead)];
        var at = sealedObject.AsSpan();

        // One draw for all nonces: OpenSSL takes as long for twelve bytes as for a hundred.
        Span<byte> nonces = stackalloc byte[NonceSize * parts.Count];
        RandomNumberGenerator.Fill(nonces);
        for (var i = 0; i < parts.Count; i++)
        {
            var length = parts[i].Length;
            BinaryPrimitives.WriteInt32BigEndian(at, NonceSize + length + TagSize);
            var nonce = at.Slice(4, NonceSize);
            nonces.Slice(i * NonceSize, NonceSize).CopyTo(nonce);
            var ciphertext = at.Slice(4 + NonceSize, length);
            var tag = at.Slice(4 + NonceSize + length, TagSize);
            using var cipher = new AesGcm(keys.ForPart(header.EventId, header.Parts[i].Name), TagSize);
            cipher.Encrypt(nonce, parts[i], ciphertext, tag, headerBytes);
            at = at[(length + Overhead)..];
        }

        return sealedObject;
    }

    /// <summary>Opens the part of this name; null if the record has none.</summary>
    /// <exception cref="CryptographicException">Altered, or the key is missing.</exception>
    public static byte[]? Open(string name, RecordHeader header, ReadOnlySpan<byte> headerBytes, ReadOnlySpan<byte> sealedObject, PartKeys keys)
    {
        foreach (var part in header.Parts)
        {
            if (sealedObject.Length < Overhead || BinaryPrimitives.ReadInt32BigEndian(sealedObject) != part.SealedSize + NonceSize + TagSize
                || sealedObject.Length < part.SealedSize + Overhead)
            {
                throw new CryptographicException("The record object does not fit its header.");
            }

            if (part.Name == name)
            {
                var plaintext = new byte[part.SealedSize];
                using var cipher = new AesGcm(keys.ForPart(header.EventId, name), TagSize);
                cipher.Decrypt(
                    sealedObject.Slice(4, NonceSize),
                    sealedObject.Slice(4 + NonceSize, part.SealedSize),
                    sealedObject.Slice(4 + NonceSize + part.SealedSize, TagSize),
                    plaintext,
                    headerBytes);
                return part.Packed is null ? plaintext : PackedPart.Unpack(plaintext, part.Size);
            }

            sealedObject = sealedObject[(part.SealedSize + Overhead)..];
        }

        return null;
    }

    /// <summary>HMAC-SHA256 over each part's length and bytes: commits to the plaintext, which AES-GCM alone does not.</summary>
    public static byte[] Commit(IReadOnlyList<byte[]> parts, byte[] key)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        Span<byte> length = stackalloc byte[4];
        foreach (var part in parts)
        {
            BinaryPrimitives.WriteInt32BigEndian(length, part.Length);
            hmac.AppendData(length);
            hmac.AppendData(part);
        }

        return hmac.GetHashAndReset();
    }
}
