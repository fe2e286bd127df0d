using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace Chaperone.Masking.Json;

/// <summary>JSON strings to characters and back.</summary>
internal static class JsonText
{
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

    /// <summary>The content of a JSON string (without quotes) that holds <paramref name="text"/>.</summary>
    public static byte[] Encode(ReadOnlySpan<char> text)
    {
        var target = ArrayPool<char>.Shared.Rent((text.Length * 6) + 16);
        try
        {
            JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text, target, out _, out var written);
            return Encoding.UTF8.GetBytes(target, 0, written);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(target);
        }
    }
}
