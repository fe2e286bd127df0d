using System.Security.Cryptography;
using System.Text;

using Chaperone.Recorder.Disclosures;

namespace Chaperone.Recorder.Sealing;

/// <summary>
/// The two keys that a record is sealed under: one for its facts, one for the messages, each null once it is shredded. From them
/// comes, by HKDF-SHA256, one key for each part of each record, so that no AES-GCM key ever seals two things.
/// </summary>
/// <param name="meta">32 bytes; opens the parts <c>facts</c> and <c>patients</c>.</param>
/// <param name="body">32 bytes; opens all other parts.</param>
internal sealed class PartKeys(byte[]? meta, byte[]? body)
{
    /// <summary>True when the facts still open.</summary>
    public bool HasMeta => meta is not null;

    /// <summary>True when the messages still open.</summary>
    public bool HasBody => meta is not null && body is not null;

    /// <summary>The AES-256 key of one part of one record.</summary>
    /// <exception cref="ShreddedException">It was destroyed.</exception>
    public byte[] ForPart(Guid eventId, string part) => Derive(part is RecordSealer.FactsPart or PatientPart.Name ? meta : body, "chaperone/part/v1", eventId, part);

    /// <summary>The HMAC key of one record's commitment. It goes with the messages, for who holds it can try what they said.</summary>
    /// <exception cref="ShreddedException">It was destroyed.</exception>
    public byte[] ForCommitment(Guid eventId) => Derive(body, "chaperone/commit/v1", eventId, "");

    private static byte[] Derive(byte[]? from, string purpose, Guid eventId, string part)
    {
        if (from is null)
        {
            throw new ShreddedException();
        }

        Span<byte> info = stackalloc byte[Encoding.UTF8.GetMaxByteCount(purpose.Length + part.Length) + 17];
        var length = Encoding.UTF8.GetBytes(purpose, info);
        eventId.TryWriteBytes(info[length..], bigEndian: true, out var written);
        length += written;
        length += Encoding.UTF8.GetBytes(part, info[length..]);

        // HKDF-Expand for one block of output (RFC 5869, 2.3) is one HMAC: OpenSSL's own HKDF takes three times as long to set up.
        info[length++] = 1;
        return HMACSHA256.HashData(from, info[..length]);
    }
}
