using System.Globalization;
using System.Text;

namespace Chaperone.Masking.Masks;

/// <summary>
/// Tokens in the shape of what they replace, for schemas that ask for one. Digits hold a number of their own that only a
/// holder of the key can make, so that a mask is known again; short numbers have no room for it and get no such mask.
/// </summary>
internal static class ShapedMask
{
    /// <summary>Length of the shortest: an IPv4 address.</summary>
    public const int Shortest = 7;

    private const int LeastDigits = 8;
    private const int MostDigits = 18;
    private const int MostLettersKept = 5;
    private const int TokenDigits = LinkKeys.TokenLength * 5 / 4;

    // RFC 9637 keeps 3fff::/20 for examples: 27 digits are free.
    private const string SixStart = "3fff0";
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>A UUID of version 8 (RFC 9562) that holds the token.</summary>
    public static string Uuid(string token)
    {
        var digits = Hex(token) + "00000";
        return $"{digits[..8]}-{digits[8..12]}-8{digits[12..15]}-8{digits[15..18]}-{digits[18..30]}";
    }

    /// <summary>An IPv6 address that holds the token.</summary>
    public static string Six(string token)
    {
        var digits = $"{SixStart}{Hex(token)}00";
        return string.Join(':', Enumerable.Range(0, 8).Select(i => digits.Substring(i * 4, 4)));
    }

    /// <summary>The token in a UUID or an IPv6 address; null if there is none.</summary>
    public static string? TokenOf(ReadOnlySpan<char> value)
    {
        if (Shapes.IsUuid(value) && value[14] == '8' && value[19] == '8')
        {
            var digits = value.ToString().Replace("-", "", StringComparison.Ordinal);
            return Base32(digits[..12] + digits[13..16] + digits[17..27]);
        }

        return value.Length == 39 && value.StartsWith("3fff:0") && Shapes.IsIp(value, out _) ? Base32(value.ToString().Replace(":", "", StringComparison.Ordinal)[SixStart.Length..30]) : null;
    }

    /// <summary>An IPv4 address that is given to nobody (RFC 1112, section 4).</summary>
    public static bool IsReserved(ReadOnlySpan<char> value) =>
        value.Length <= 15 && value[0] == '2' && value[1] == '4' && char.IsAsciiDigit(value[2]) && value[3] == '.' && Shapes.IsIp(value, out var six) && !six;

    /// <summary><paramref name="value"/> with other digits, and other letters where that is possible; none for short numbers.</summary>
    public static IEnumerable<string> SameShape(LinkKeys keys, Identifier identifier, string spelling, string value)
    {
        var count = Shapes.CountDigits(value);
        if (count is < LeastDigits or > MostDigits)
        {
            yield break;
        }

        var payload = keys.Number(0, $"digits {identifier.Name()}", spelling) % Power(PayloadDigits(count));
        var digits = Digits(keys, 0, count, payload);
        var shaped = new StringBuilder(value.Length);
        var letters = keys.Number(0, "letters", digits);
        var kept = 0;
        var next = 0;
        foreach (var c in value)
        {
            if (char.IsAsciiDigit(c))
            {
                shaped.Append(digits[next++]);
            }
            else if (char.IsLetter(c))
            {
                kept++;
                var letter = (char)('A' + (letters % 26));
                letters = (letters / 26) ^ (letters << 7);
                shaped.Append(char.IsLower(c) ? char.ToLowerInvariant(letter) : letter);
            }
            else
            {
                shaped.Append(c);
            }
        }

        yield return shaped.ToString();

        // A few letters that a pattern insists on are its own: "MRN-".
        if (kept is > 0 and <= MostLettersKept)
        {
            next = 0;
            yield return string.Concat(value.Select(c => char.IsAsciiDigit(c) ? digits[next++] : c));
        }
    }

    /// <summary>True where the digits of <paramref name="value"/> are those of a mask.</summary>
    public static bool IsSameShape(LinkKeys keys, ReadOnlySpan<char> value)
    {
        var count = Shapes.CountDigits(value);
        if (count is < LeastDigits or > MostDigits || value.Length > 64)
        {
            return false;
        }

        var digits = string.Concat(value.ToString().Where(char.IsAsciiDigit));
        var payload = PayloadOf(digits);
        for (var key = 0; key < keys.Count; key++)
        {
            if (Digits(keys, key, count, payload) == digits)
            {
                return true;
            }
        }

        return false;
    }

    // 9, what is drawn, and a check. Nine digits have 00 in their middle, which no SSN, ITIN or ATIN has; ten that start with
    // 9 are no NPI; longer ones are no card, which ends on a Luhn digit.
    private static string Digits(LinkKeys keys, int key, int count, ulong payload)
    {
        var drawn = payload.ToString(CultureInfo.InvariantCulture).PadLeft(PayloadDigits(count), '0');
        var length = CheckDigits(count);
        var check = keys.Number(key, "digits check", $"{count} {drawn}") % Power(length);
        var digits = Join(check);
        return count >= 13 && Detectors.Checksums.Luhn(digits) ? Join(check ^ 1) : digits;

        string Join(ulong number)
        {
            var end = number.ToString(CultureInfo.InvariantCulture).PadLeft(length, '0');
            return count == 9 ? $"9{drawn[..2]}00{drawn[2..]}{end}" : $"9{drawn}{end}";
        }
    }

    private static ulong PayloadOf(string digits)
    {
        var drawn = digits.Length == 9 ? digits[1..3] + digits[5..7] : digits[1..(1 + PayloadDigits(digits.Length))];
        return ulong.Parse(drawn, CultureInfo.InvariantCulture);
    }

    private static int CheckDigits(int count) => count == 9 ? 2 : count / 2;

    private static int PayloadDigits(int count) => count == 9 ? 4 : count - 1 - CheckDigits(count);

    private static ulong Power(int digits)
    {
        var power = 1UL;
        for (var i = 0; i < digits; i++)
        {
            power *= 10;
        }

        return power;
    }

    private static string Hex(string token)
    {
        var hex = new StringBuilder(TokenDigits);
        var (bits, held) = (0, 0);
        foreach (var c in token)
        {
            bits = (bits << 5) | Letters.IndexOf(c, StringComparison.Ordinal);
            held += 5;
            while (held >= 4)
            {
                held -= 4;
                hex.Append("0123456789abcdef"[(bits >> held) & 15]);
            }

            bits &= (1 << held) - 1;
        }

        return hex.ToString();
    }

    private static string Base32(string hex)
    {
        var token = new StringBuilder(LinkKeys.TokenLength);
        var (bits, held) = (0, 0);
        foreach (var c in hex)
        {
            bits = (bits << 4) | Convert.ToInt32(c.ToString(), 16);
            held += 4;
            if (held >= 5)
            {
                held -= 5;
                token.Append(Letters[(bits >> held) & 31]);
            }

            bits &= (1 << held) - 1;
        }

        return token.ToString();
    }
}
