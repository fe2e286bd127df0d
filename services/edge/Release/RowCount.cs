using System.Text;
using System.Text.Json;

namespace Chaperone.Edge.Release;

/// <summary>
/// How many rows an answer holds, so that a quota of rows means something whatever its form: elements of the outermost lists of
/// structured content, or of JSON in a text, and else the lines of a text. The same rows said twice, structured and as text,
/// count once.
/// </summary>
internal static class RowCount
{
    private const int MostDepth = 64;

    /// <summary>Rows of <paramref name="message"/>, a JSON-RPC message; 0 where it holds no result.</summary>
    public static long Of(ReadOnlySpan<byte> message)
    {
        if (message.IsEmpty)
        {
            return 0;
        }

        try
        {
            var reader = new Utf8JsonReader(message, new JsonReaderOptions { MaxDepth = 256 });
            using var document = JsonDocument.ParseValue(ref reader);
            return document.RootElement.TryGetProperty("result", out var result) && result.ValueKind == JsonValueKind.Object ? OfResult(result) : 0;
        }
        catch (JsonException)
        {
            // Masked by our own masking, so it is JSON; if ever not, its lines are its rows.
            return message.Count((byte)'\n') + 1;
        }
    }

    private static long OfResult(JsonElement result)
    {
        var structured = result.TryGetProperty("structuredContent", out var content) ? OfValue(content, 0) : 0;
        long texts = 0;
        foreach (var key in (string[])["content", "contents", "messages"])
        {
            if (result.TryGetProperty(key, out var items) && items.ValueKind == JsonValueKind.Array)
            {
                texts += items.EnumerateArray().Sum(OfItem);
            }
        }

        return Math.Max(structured, texts);
    }

    // A content item, an embedded resource, or a prompt's message around one.
    private static long OfItem(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            return 0;
        }

        if (item.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String)
        {
            return OfText(text.GetString()!);
        }

        return item.TryGetProperty("resource", out var resource) ? OfItem(resource)
            : item.TryGetProperty("content", out var inner) ? OfItem(inner)
            : 1;
    }

    private static long OfText(string text)
    {
        if (text.AsSpan().TrimStart() is ['{' or '[', ..])
        {
            try
            {
                using var json = JsonDocument.Parse(Encoding.UTF8.GetBytes(text), new JsonDocumentOptions { MaxDepth = MostDepth });
                return OfValue(json.RootElement, 0);
            }
            catch (JsonException)
            {
                // Only looks like JSON: its lines are counted.
            }
        }

        long lines = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            lines += line.IsWhiteSpace() ? 0 : 1;
        }

        return lines;
    }

    private static long OfValue(JsonElement value, int depth)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                return value.GetArrayLength();
            case JsonValueKind.Object when depth < MostDepth:
                var inside = value.EnumerateObject().Sum(m => m.Value.ValueKind is JsonValueKind.Array or JsonValueKind.Object ? OfValue(m.Value, depth + 1) : 0);
                return Math.Max(inside, 1);
            default:
                return 1;
        }
    }
}
