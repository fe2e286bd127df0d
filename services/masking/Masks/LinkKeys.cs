using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Chaperone.Masking.Masks;

/// <summary>
/// The keys of the <c>linked</c> profile. A token is 80 bits of HMAC-SHA-256 over type and normalised value in base32, and
/// 20 more that only a holder of the key can add, by which a token is known again. The first key writes; tokens of the
/// others are still known. Thread-safe.
/// </summary>
internal sealed class LinkKeys(IReadOnlyList<(string Id, byte[] Key)> keys)
{
    /// <summary>Letters and digits of a token.</summary>
    public const int TokenLength = PayloadLength + CheckLength;

    private const int PayloadLength = 16;
    private const int CheckLength = 4;
    private const int MostShift = 364;
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>Name of the key that writes.</summary>
    public string KeyId => keys[0].Id;

    /// <summary>True for the letters of tokens, small ones too.</summary>
    public static bool IsLetter(char c) => char.IsAsciiLetter(c) || c is >= '2' and <= '7';

    /// <summary>The token of a normalised value.</summary>
    public string Token(Identifier identifier, string normalised)
    {
        Span<byte> hash = stackalloc byte[32];
        Hash(keys[0].Key, $"token\0{identifier.Name()}\0{normalised}", hash);
        Span<char> token = stackalloc char[TokenLength];
        Base32(hash, token[..PayloadLength]);
        Check(keys[0].Key, token[..PayloadLength], token[PayloadLength..]);
        return token.ToString();
    }

    /// <summary>True for a token that one of the keys made, in capitals or small letters.</summary>
    public bool Made(ReadOnlySpan<char> token)
    {
        if (token.Length != TokenLength)
        {
            return false;
        }

        Span<char> capital = stackalloc char[TokenLength];
        Span<char> check = stackalloc char[CheckLength];
        token.ToUpperInvariant(capital);
        foreach (var (_, key) in keys)
        {
            Check(key, capital[..PayloadLength], check);
            if (capital[PayloadLength..].SequenceEqual(check))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>By how many days the dates of <paramref name="person"/> move: -364 to 364, never 0.</summary>
    public int Shift(string person)
    {
        var drawn = (int)(Number(0, "shift", person) % (2 * MostShift));
        return drawn < MostShift ? drawn - MostShift : drawn - MostShift + 1;
    }

    /// <summary>64 bits that follow from a key (0 writes), a purpose and a text.</summary>
    public ulong Number(int key, string purpose, string text)
    {
        Span<byte> hash = stackalloc byte[32];
        Hash(keys[key].Key, $"{purpose}\0{text}", hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }

    /// <summary>How many keys there are.</summary>
    public int Count => keys.Count;

    private static void Check(ReadOnlySpan<byte> key, ReadOnlySpan<char> payload, Span<char> check)
    {
        Span<byte> hash = stackalloc byte[32];
        Hash(key, $"check\0{payload}", hash);
        Base32(hash, check);
    }

    private static void Hash(ReadOnlySpan<byte> key, string text, Span<byte> hash) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text), hash);

    private static void Base32(ReadOnlySpan<byte> bytes, Span<char> target)
    {
        for (var i = 0; i < target.Length; i++)
        {
            var bit = i * 5;
            var pair = (bytes[bit / 8] << 8) | bytes[(bit / 8) + 1];
            target[i] = Letters[(pair >> (11 - (bit % 8))) & 31];
        }
    }
}
