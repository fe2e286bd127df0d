using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace Chaperone.Masking.Json;

/// <summary>JSON strings to characters and back.</summary>
internal static class JsonText
{
    /// <summary>As many bytes as a character may need: <c>\uXXXX</c>.</summary>
    public const int MostBytes = 6;

    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(c => (char)c), '"', '\\', '\u007F', '\u2028', '\u2029', '\uFEFF', '\uFFFE', '\uFFFF']);

    /// <summary>
    /// Writes the characters of a JSON string's content to <paramref name="target"/>, which must hold as many as there are
    /// bytes; answers how many it wrote. A lone surrogate escape stays one.
    /// </summary>
    public static int Decode(ReadOnlySpan<byte> content, bool escaped, Span<char> target)
    {
        if (!escaped)
        {
            return Encoding.UTF8.GetChars(content, target);
        }

        var written = 0;
        while (!content.IsEmpty)
        {
            var plain = content.IndexOf((byte)'\\');
            if (plain != 0)
            {
                plain = plain < 0 ? content.Length : plain;
                written += Encoding.UTF8.GetChars(content[..plain], target[written..]);
                content = content[plain..];
                continue;
            }

            if (content[1] == (byte)'u')
            {
                target[written++] = (char)ushort.Parse(content.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                content = content[6..];
                continue;
            }

            target[written++] = content[1] switch
            {
                (byte)'n' => '\n',
                (byte)'r' => '\r',
                (byte)'t' => '\t',
                (byte)'b' => '\b',
                (byte)'f' => '\f',
                var other => (char)other,
            };
            content = content[2..];
        }

        return written;
    }

    /// <summary>
    /// Writes the content of a JSON string (without quotes) that holds <paramref name="text"/>; answers how many bytes. The
    /// target holds <see cref="MostBytes"/> for each character.
    /// </summary>
    public static int Encode(ReadOnlySpan<char> text, Span<byte> target)
    {
        if (!text.ContainsAny(Escaped) && Utf16IsValid(text))
        {
            return Encoding.UTF8.GetBytes(text, target);
        }

        var escaped = ArrayPool<char>.Shared.Rent(text.Length * MostBytes);
        try
        {
            JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text, escaped, out _, out var written);
            return Encoding.UTF8.GetBytes(escaped.AsSpan(0, written), target);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(escaped);
        }
    }

    // ASCII, or at least no surrogate, which the encoder knows better.
    private static bool Utf16IsValid(ReadOnlySpan<char> text) => !text.ContainsAnyInRange('\uD800', '\uDFFF') && !text.ContainsAnyInRange('\u0080', '\u00A0');
}
