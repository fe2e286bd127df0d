using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Unicode;

namespace Chaperone.Masking.Structures;

/// <summary>The writings that are undone.</summary>
internal static class TextWritings
{
    private const int LeastHex = 24;
    private const int LongestEntity = 32;

    /// <summary>All, the surest first.</summary>
    public static readonly TextWriting[] All =
    [
        new(Hex, (masked, _) => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(masked))),
        new(Base64Text, EncodeBase64),
        new(Percent, EncodePercent),
        new(Entities, (masked, _) => WebUtility.HtmlEncode(masked)),
        new(Escapes, (masked, _) => masked),
    ];

    private static TextWriting.Reading? Hex(ReadOnlySpan<char> text)
    {
        if (text.Length < LeastHex || text.Length % 2 != 0)
        {
            return null;
        }

        foreach (var c in text)
        {
            if (!char.IsAsciiHexDigit(c))
            {
                return null;
            }
        }

        return Read(Convert.FromHexString(text));
    }

    private static TextWriting.Reading? Base64Text(ReadOnlySpan<char> text)
    {
        var bare = text.TrimEnd('=');
        if (bare.Length < Base64Token.Shortest || bare.Length % 4 == 1 || bare.ContainsAny(' ', '\n') || !(bare.ContainsAnyInRange('A', 'Z') && bare.ContainsAnyInRange('a', 'z')))
        {
            return null;
        }

        var url = ToUrl(bare);
        if (!Base64Url.IsValid(url))
        {
            return null;
        }

        var bytes = new byte[(bare.Length * 3 / 4) + 3];
        var length = Base64Url.DecodeFromChars(url, bytes);

        return IsPicture(bytes) ? new TextWriting.Reading("", Picture: true) : Read(bytes.AsSpan(0, length));
    }

    private static string EncodeBase64(string masked, ReadOnlySpan<char> original)
    {
        var bytes = Encoding.UTF8.GetBytes(masked);
        return original.ContainsAny('-', '_') ? Base64Url.EncodeToString(bytes) : Convert.ToBase64String(bytes);
    }

    // "89% on room air" is written as it is meant.
    private static bool HasPercent(ReadOnlySpan<char> text)
    {
        for (var at = text.IndexOf('%'); at >= 0;)
        {
            if (IsPercent(text, at))
            {
                return true;
            }

            var next = text[(at + 1)..].IndexOf('%');
            at = next < 0 ? -1 : at + 1 + next;
        }

        return false;
    }

    // Bytes that are no UTF-8 stay as they are written.
    private static TextWriting.Reading? Percent(ReadOnlySpan<char> text)
    {
        if (!HasPercent(text))
        {
            return null;
        }

        var target = new MappedText(text.Length);
        Span<byte> bytes = stackalloc byte[4];
        for (var at = 0; at < text.Length;)
        {
            var count = 0;
            while (count < bytes.Length && IsPercent(text, at + (3 * count)))
            {
                bytes[count] = byte.Parse(text.Slice(at + (3 * count) + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                count++;
            }

            if (count == 0 || Rune.DecodeFromUtf8(bytes[..count], out var rune, out var used) != OperationStatus.Done)
            {
                target.Keep(text[at], at++);
                continue;
            }

            target.Add(rune.ToString(), at);
            at += 3 * used;
        }

        return target.ToReading(text.Length);
    }

    private static bool IsPercent(ReadOnlySpan<char> text, int at) =>
        at + 2 < text.Length && text[at] == '%' && char.IsAsciiHexDigit(text[at + 1]) && char.IsAsciiHexDigit(text[at + 2]);

    // Signs that stood as they are stay so.
    private static string EncodePercent(string masked, ReadOnlySpan<char> original)
    {
        var target = new StringBuilder(masked.Length + 16);
        foreach (var rune in masked.EnumerateRunes())
        {
            var plain = rune.IsAscii && (char.IsAsciiLetterOrDigit((char)rune.Value) || rune.Value is '[' or ']' || (rune.Value != '%' && original.Contains((char)rune.Value)));
            target.Append(plain ? rune.ToString() : Uri.EscapeDataString(rune.ToString()));
        }

        return target.ToString();
    }

    private static TextWriting.Reading? Entities(ReadOnlySpan<char> text)
    {
        if (!text.Contains('&'))
        {
            return null;
        }

        var target = new MappedText(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var length = text[at] == '&' ? text[at..Math.Min(text.Length, at + LongestEntity)].IndexOf(';') + 1 : 0;
            if (length > 2 && text.Slice(at, length).ToString() is var entity && WebUtility.HtmlDecode(entity) is var decoded && decoded != entity)
            {
                target.Add(decoded, at);
                at += length;
                continue;
            }

            target.Keep(text[at], at++);
        }

        return target.ToReading(text.Length);
    }

    // \u0041 and \x41
    private static TextWriting.Reading? Escapes(ReadOnlySpan<char> text)
    {
        if (!text.Contains('\\'))
        {
            return null;
        }

        var target = new MappedText(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var digits = at + 1 < text.Length && text[at] == '\\' ? text[at + 1] switch { 'u' => 4, 'x' => 2, _ => 0 } : 0;
            if (digits > 0 && at + 2 + digits <= text.Length && ushort.TryParse(text.Slice(at + 2, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                target.Add(((char)code).ToString(), at);
                at += digits + 2;
                continue;
            }

            target.Keep(text[at], at++);
        }

        return target.ToReading(text.Length);
    }

    private static TextWriting.Reading? Read(ReadOnlySpan<byte> bytes)
    {
        if (!Utf8.IsValid(bytes))
        {
            return null;
        }

        foreach (var b in bytes)
        {
            if (b < 0x20 && b is not ((byte)'\n' or (byte)'\r' or (byte)'\t'))
            {
                return null;
            }
        }

        return new TextWriting.Reading(Encoding.UTF8.GetString(bytes));
    }

    // JPEG, PNG, GIF, PDF, and DICOM behind its preamble.
    private static bool IsPicture(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) || bytes.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']) || bytes.StartsWith("GIF8"u8) || bytes.StartsWith("%PDF"u8)
        || (bytes.Length > 132 && bytes[128..132].SequenceEqual("DICM"u8));

    private static string ToUrl(ReadOnlySpan<char> text) => text.ToString().Replace('+', '-').Replace('/', '_');
}
