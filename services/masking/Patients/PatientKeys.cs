using System.Security.Cryptography;
using System.Text;
using Chaperone.Contracts;

namespace Chaperone.Masking.Patients;

/// <summary>
/// The pseudonyms by which records are found again for an accounting of disclosures (45 CFR 164.528): 128 bits of HMAC-SHA-256
/// over kind and spelling, under a key that HKDF (RFC 5869) derives from each line of <c>masking.key</c> for nothing else, so that
/// a pseudonym is no token of the <c>linked</c> profile. The first key writes; questions are asked under all. Thread-safe.
/// </summary>
public sealed class PatientKeys
{
    /// <summary>Bytes of a pseudonym.</summary>
    public const int MarkSize = 16;

    private const int KeySize = 32;
    private const int LongestSpelling = 128;
    private static readonly byte[] Purpose = Encoding.ASCII.GetBytes("chaperone disclosure pseudonyms 1");

    private readonly byte[][] _keys;

    /// <summary>Derives the keys; the first of <paramref name="keys"/> writes.</summary>
    public PatientKeys(IReadOnlyList<(string Id, byte[] Key)> keys)
    {
        Ids = [.. keys.Select(k => k.Id)];
        _keys = [.. keys.Select(k => HKDF.DeriveKey(HashAlgorithmName.SHA256, k.Key, KeySize, salt: null, Purpose))];
    }

    /// <summary>Ids of the keys, the one that writes first.</summary>
    public IReadOnlyList<string> Ids { get; }

    /// <summary>The pseudonyms of an identifier that somebody typed, one for each key; null where nothing of it identifies anybody.</summary>
    public byte[][]? Of(PatientIdentifier identifier) =>
        Spelling(identifier.Kind, identifier.Value) is { } spelling ? [.. _keys.Select(key => Mark(key, identifier.Kind, spelling))] : null;

    /// <summary>The pseudonym under the key that writes.</summary>
    internal byte[] Write(PatientIdentifierKind kind, string spelling) => Mark(_keys[0], kind, spelling);

    /// <summary>One spelling for all that mean the same; null for what is no identifier: empty, too long, zeros only.</summary>
    internal static string? Spelling(PatientIdentifierKind kind, ReadOnlySpan<char> value)
    {
        if (value.Length > LongestSpelling * 2)
        {
            return null;
        }

        var spelling = Masks.Spelling.Of(
            kind switch
            {
                PatientIdentifierKind.Phone => Identifier.Phone,
                PatientIdentifierKind.Email => Identifier.Email,
                _ => Identifier.Mrn,
            },
            value);

        // A number is the same number with zeros before it: JSON writes none.
        spelling = kind == PatientIdentifierKind.Number && Masks.Shapes.IsDigits(spelling) ? spelling.TrimStart('0') : spelling;
        return spelling.Length is 0 or > LongestSpelling || !spelling.Any(c => char.IsLetterOrDigit(c) && c != '0') ? null : spelling;
    }

    private static byte[] Mark(byte[] key, PatientIdentifierKind kind, string spelling)
    {
        Span<byte> text = stackalloc byte[1 + Encoding.UTF8.GetMaxByteCount(LongestSpelling)];
        text[0] = (byte)kind;
        var length = 1 + Encoding.UTF8.GetBytes(spelling, text[1..]);
        return HMACSHA256.HashData(key, text[..length])[..MarkSize];
    }
}
