using System.Text;
using System.Text.Json;

namespace Chaperone.Masking;

/// <summary>The answer in the place of one that was withheld.</summary>
internal static class Notice
{
    private const int InternalError = -32603;
    private const int LongestId = 256;

    /// <summary>A tool's result with <c>isError</c>, or a JSON-RPC error; with the id of <paramref name="message"/> where it can be read.</summary>
    public static byte[] For(ReadOnlySpan<byte> message, string method, WithheldReason reason)
    {
        var id = IdOf(message);
        var sentence = Sentence(reason);
        var text = JsonSerializer.Serialize(sentence);
        var body = method == "tools/call" && id is not null
            ? $$$"""{"jsonrpc":"2.0","id":{{{id}}},"result":{"content":[{"type":"text","text":{{{text}}}}],"isError":true,"resultType":"complete"}}"""
            : $$$"""{"jsonrpc":"2.0","id":{{{id ?? "null"}}},"error":{"code":{{{InternalError}}},"message":{{{text}}}}}""";
        return Encoding.UTF8.GetBytes(body);
    }

    private static string Sentence(WithheldReason reason) => reason switch
    {
        WithheldReason.SchemaBroken => "Result withheld by policy: it could not be masked within the tool's output schema.",
        WithheldReason.TooLarge => "Result withheld by policy: it is too large to be masked. Ask for less at once.",
        WithheldReason.TooSlow => "Result withheld by policy: it could not be masked in time. Ask for less at once.",
        WithheldReason.TooDeep => "Result withheld by policy: it is nested too deeply to be masked.",
        WithheldReason.Unreadable => "Result withheld by policy: it is no readable JSON message.",
        _ => "Result withheld by policy: it could not be masked.",
    };

    // Reads no further than needed: what follows may be the broken part.
    private static string? IdOf(ReadOnlySpan<byte> message)
    {
        try
        {
            var reader = new Utf8JsonReader(message, new JsonReaderOptions { MaxDepth = 1000 });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isId = reader.ValueTextEquals("id"u8);
                reader.Read();
                if (isId)
                {
                    return reader.TokenType switch
                    {
                        JsonTokenType.Number when reader.ValueSpan.Length <= LongestId => Encoding.ASCII.GetString(reader.ValueSpan),
                        JsonTokenType.String when reader.ValueSpan.Length <= LongestId => JsonSerializer.Serialize(reader.GetString()),
                        _ => null,
                    };
                }

                reader.Skip();
            }
        }

        // JsonException for bad syntax, InvalidOperationException for bad UTF-8 or surrogates in the id.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }

        return null;
    }
}
