using System.Text;
using System.Text.Json;

namespace Chaperone.Cli;

/// <summary>One text to be scanned: <c>{"id":...,"text":"..."}</c>, other members ignored.</summary>
internal sealed record ScanRecord(string Id, string Text)
{
    private const int Deepest = 64;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads the record of one line; a line without an id gets its number. <see cref="Id"/> is JSON: a string or a number.</summary>
    public static ScanRecord Parse(ReadOnlySpan<byte> json, long line)
    {
        try
        {
            return Read(json, line) ?? throw new UnreadableException($"Line {line} has no string member \"text\".");
        }

        // JsonException for bad syntax, InvalidOperationException for bad UTF-8 or half a surrogate pair. Their messages may quote the line.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new UnreadableException($"Line {line} is no JSON object with \"id\" and \"text\" in UTF-8.");
        }
    }

    /// <summary>The text of a whole file, without a byte order mark.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new UnreadableException("The input is not UTF-8.");
        }
    }

    private static ScanRecord? Read(ReadOnlySpan<byte> json, long line)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Deepest });
        string? id = null;
        string? text = null;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isId = reader.ValueTextEquals("id"u8);
            var isText = reader.ValueTextEquals("text"u8);
            reader.Read();
            if (isId && reader.TokenType is JsonTokenType.String or JsonTokenType.Number)
            {
                id = reader.TokenType == JsonTokenType.Number ? Encoding.ASCII.GetString(reader.ValueSpan) : JsonSerializer.Serialize(reader.GetString());
            }
            else if (isText && reader.TokenType == JsonTokenType.String)
            {
                text = reader.GetString();
            }
            else
            {
                reader.Skip();
            }
        }

        return text is null || reader.Read() ? null : new ScanRecord(id ?? line.ToString(System.Globalization.CultureInfo.InvariantCulture), text);
    }
}
