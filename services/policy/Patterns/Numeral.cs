using System.Globalization;
using System.Numerics;

namespace Chaperone.Policy.Patterns;

/// <summary>A number by its decimal digits, compared exactly: <c>1000</c>, <c>1e3</c> and <c>1000.0</c> are one, and nothing is rounded or overflows.</summary>
internal sealed record Numeral : IComparable<Numeral>
{
    private const int MostDigitsOfExponent = 15;
    private const int LongestRadix = 256;

    private Numeral(int sign, string digits, long exponent)
    {
        Sign = sign;
        Digits = digits;
        Exponent = exponent;
    }

    /// <summary>-1, 0 or 1.</summary>
    public int Sign { get; }

    /// <summary>Without zeros at the ends; empty for zero.</summary>
    public string Digits { get; }

    /// <summary>The value is 0.digits times ten to this power.</summary>
    public long Exponent { get; }

    /// <summary>Reads a decimal number: sign, digits with leading zeros if it likes, fraction, exponent; null when it is none. Linear.</summary>
    public static Numeral? Parse(ReadOnlySpan<char> text)
    {
        var sign = text is ['-', ..] ? -1 : 1;
        var rest = text is ['-' or '+', ..] ? text[1..] : text;
        var mark = rest.IndexOfAny('e', 'E');
        var mantissa = mark < 0 ? rest : rest[..mark];
        var power = mark < 0 ? "0" : rest[(mark + 1)..];
        var point = mantissa.IndexOf('.');
        var whole = point < 0 ? mantissa : mantissa[..point];
        var part = point < 0 ? [] : mantissa[(point + 1)..];
        if (whole.Length + part.Length == 0 || HasOthers(whole) || HasOthers(part) || ReadPower(power) is not { } exponent)
        {
            return null;
        }

        var all = string.Concat(whole, part);
        var digits = all.TrimStart('0');
        return digits.Length == 0 ? Zero : new Numeral(sign, digits.TrimEnd('0'), exponent + whole.Length - (all.Length - digits.Length));
    }

    /// <summary>Reads what some program could take for a number: digits of any script, <c>+7</c>, <c>007</c>, <c>1_000</c>, <c>0x3e8</c>, <c>Infinity</c>.</summary>
    public static Numeral? ParseLoosely(string text)
    {
        var folded = Folding.Fold(text).Replace("_", string.Empty, StringComparison.Ordinal);
        var sign = folded is ['-', ..] ? -1 : 1;
        var rest = folded is ['-' or '+', ..] ? folded[1..] : folded;
        return rest switch
        {
            "inf" or "infinity" or ".inf" => new Numeral(sign, "1", long.MaxValue),
            ['0', 'x' or 'o' or 'b', _, ..] when rest.Length <= LongestRadix => OfRadix(rest[1], rest.AsSpan(2), sign),
            _ => Parse(folded),
        };
    }

    /// <inheritdoc/>
    public int CompareTo(Numeral? other)
    {
        if (other is null || Sign != other.Sign)
        {
            return other is null ? 1 : Sign.CompareTo(other.Sign);
        }

        var size = Exponent != other.Exponent ? Exponent.CompareTo(other.Exponent) : string.CompareOrdinal(Digits, other.Digits);
        return Sign * Math.Sign(size);
    }

    /// <summary>Equal for equal numbers.</summary>
    public override string ToString() => $"{Sign}.{Digits}e{Exponent}";

    private static Numeral Zero { get; } = new(0, string.Empty, 0);

    private static bool HasOthers(ReadOnlySpan<char> digits) => digits.ContainsAnyExceptInRange('0', '9');

    // An exponent beyond all sense counts as the largest there is: it still compares.
    private static long? ReadPower(ReadOnlySpan<char> power)
    {
        var digits = power is ['-' or '+', ..] ? power[1..] : power;
        if (digits.IsEmpty || HasOthers(digits))
        {
            return null;
        }

        var significant = digits.TrimStart('0');
        var size = significant.Length > MostDigitsOfExponent ? (long)1e15 : significant.IsEmpty ? 0 : long.Parse(significant, NumberStyles.None);
        return power[0] == '-' ? -size : size;
    }

    private static Numeral? OfRadix(char radix, ReadOnlySpan<char> digits, int sign)
    {
        var of = radix switch { 'x' => 16, 'o' => 8, _ => 2 };
        var value = BigInteger.Zero;
        foreach (var digit in digits)
        {
            var worth = char.IsAsciiHexDigit(digit) ? Convert.ToInt32(digit.ToString(), 16) : of;
            if (worth >= of)
            {
                return null;
            }

            value = (value * of) + worth;
        }

        return Parse((sign * value).ToString(CultureInfo.InvariantCulture));
    }
}
