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

    private static TextWriting.Reading? Percent(ReadOnlySpan<char> text)
    {
        for (var at = text.IndexOf('%'); at >= 0 && at + 2 < text.Length; at++)
        {
            if (text[at] == '%' && char.IsAsciiHexDigit(text[at + 1]) && char.IsAsciiHexDigit(text[at + 2]))
            {
                return new TextWriting.Reading(Uri.UnescapeDataString(text.ToString()));
            }
        }

        return null;
    }

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
        var at = text.IndexOf('&');
        if (at < 0 || !text[at..].Contains(';'))
        {
            return null;
        }

        var decoded = WebUtility.HtmlDecode(text.ToString());
        return text.SequenceEqual(decoded) ? null : new TextWriting.Reading(decoded);
    }

    // \u0041 and \x41
    private static TextWriting.Reading? Escapes(ReadOnlySpan<char> text)
    {
        if (!text.Contains('\\'))
        {
            return null;
        }

        var target = new StringBuilder(text.Length);
        var found = false;
        for (var i = 0; i < text.Length; i++)
        {
            var digits = i + 1 < text.Length && text[i] == '\\' ? text[i + 1] switch { 'u' => 4, 'x' => 2, _ => 0 } : 0;
            if (digits > 0 && i + 2 + digits <= text.Length && ushort.TryParse(text.Slice(i + 2, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                target.Append((char)code);
                i += digits + 1;
                found = true;
                continue;
            }

            target.Append(text[i]);
        }

        return found ? new TextWriting.Reading(target.ToString()) : null;
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
