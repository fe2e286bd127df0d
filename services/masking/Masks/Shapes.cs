using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace Chaperone.Masking.Masks;

/// <summary>What a value looks like, and how to empty it without changing that.</summary>
internal static class Shapes
{
    private const int LongestShared = 32;

    private static readonly SearchValues<char> DigitsAndMarks = SearchValues.Create("0123456789 -./()+");
    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>Digits with nothing but separators between them; at least three.</summary>
    public static bool IsDigits(ReadOnlySpan<char> value) =>
        value.Length >= 3 && !value.ContainsAnyExcept(DigitsAndMarks) && CountDigits(value) >= 3;

    public static int CountDigits(ReadOnlySpan<char> value)
    {
        var count = 0;
        foreach (var c in value)
        {
            count += char.IsAsciiDigit(c) ? 1 : 0;
        }

        return count;
    }

    /// <summary>8-4-4-4-12 hexadecimal digits.</summary>
    public static bool IsUuid(ReadOnlySpan<char> value) =>
        value.Length == 36 && value[8] == '-' && value[13] == '-' && value[18] == '-' && value[23] == '-' && Guid.TryParseExact(value, "D", out _);

    public static bool IsIp(ReadOnlySpan<char> value, out bool six)
    {
        six = false;
        if (value.Length is < 3 or > 45 || (!value.Contains('.') && !value.Contains(':')) || !IPAddress.TryParse(value, out var address))
        {
            return false;
        }

        six = address.AddressFamily == AddressFamily.InterNetworkV6;
        return six || value.Count('.') == 3;
    }

    /// <summary>Six pairs of hexadecimal digits.</summary>
    public static bool IsMac(ReadOnlySpan<char> value)
    {
        if (value.Length != 17 || value[2] is not (':' or '-'))
        {
            return false;
        }

        for (var i = 0; i < value.Length; i++)
        {
            if (i % 3 == 2 ? value[i] != value[2] : !Hex.Contains(value[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Three groups of four hexadecimal digits with dots between them, as some routers write a MAC address.</summary>
    public static bool IsDottedMac(ReadOnlySpan<char> value) =>
        value.Length == 14 && value[4] == '.' && value[9] == '.' && !value[..4].ContainsAnyExcept(Hex) && !value[5..9].ContainsAnyExcept(Hex) && !value[10..].ContainsAnyExcept(Hex);

    /// <summary><paramref name="value"/> with every digit (and with <paramref name="letters"/> every hexadecimal letter) a zero.</summary>
    public static string Zero(ReadOnlySpan<char> value, bool letters = false)
    {
        // Digits and separators become a shape that many values share.
        if (!letters && value.Length <= LongestShared && !value.ContainsAnyExcept(DigitsAndMarks))
        {
            Span<char> shape = stackalloc char[LongestShared];
            Zero(value, letters: false, shape);
            return SharedMasks.Of(shape[..value.Length]);
        }

        return string.Create(value.Length, new Shape(value, letters), static (zeroed, shape) => Zero(shape.Value, shape.Letters, zeroed));
    }

    /// <summary>The same, written to <paramref name="target"/>.</summary>
    public static void Zero(ReadOnlySpan<char> value, bool letters, Span<char> target)
    {
        for (var i = 0; i < value.Length; i++)
        {
            target[i] = char.IsAsciiDigit(value[i]) || (letters && char.IsAsciiHexDigit(value[i])) ? '0' : value[i];
        }
    }

    private readonly ref struct Shape(ReadOnlySpan<char> value, bool letters)
    {
        public ReadOnlySpan<char> Value { get; } = value;

        public bool Letters { get; } = letters;
    }

    /// <summary>Words that say that there is no value.</summary>
    public static bool SaysNothing(ReadOnlySpan<char> value)
    {
        value = value.Trim();
        return value.IsEmpty
            || value.Length <= 14 && (value.Equals("n/a", StringComparison.OrdinalIgnoreCase)
                || value.Equals("na", StringComparison.OrdinalIgnoreCase)
                || value.Equals("unknown", StringComparison.OrdinalIgnoreCase)
                || value.Equals("none", StringComparison.OrdinalIgnoreCase)
                || value.Equals("null", StringComparison.OrdinalIgnoreCase)
                || value.Equals("undefined", StringComparison.OrdinalIgnoreCase)
                || value.Equals("not available", StringComparison.OrdinalIgnoreCase)
                || value.Equals("not on file", StringComparison.OrdinalIgnoreCase)
                || value.Equals("true", StringComparison.OrdinalIgnoreCase)
                || value.Equals("false", StringComparison.OrdinalIgnoreCase)
                || value is "-" or "--" or "?" or "\\N" or "[]" or "{}");
    }
}
