using System.Globalization;
using System.Text;
using System.Text.Json;
using Chaperone.Recorder.Sealing;

namespace Chaperone.Recorder.Search;

/// <summary>A line of a record's masked text, around the first word that was looked for; what every message has is left out.</summary>
internal static class SearchExcerpt
{
    public const int Longest = 240;
    private const int Before = 80;

    // Members of the protocol's envelope: they say nothing of this message.
    private static readonly HashSet<string> Envelope = new(StringComparer.Ordinal) { "jsonrpc", "id", "method", "type", "mimeType", "_meta" };

    private static readonly HashSet<string> Unnamed = new(StringComparer.Ordinal) { "text", "name" };

    public static string Of(OpenedRecord record, IReadOnlyList<SearchWord> words)
    {
        var text = TextOf(record);
        var at = words.Select(w => Find(text, w.Text)).Where(i => i >= 0).DefaultIfEmpty(0).Min();
        var start = Whole(text, Math.Max(0, at - Before));
        var end = Whole(text, Math.Min(text.Length, start + Longest - 2));
        var line = new StringBuilder(Longest);
        line.Append(start > 0 ? "…" : "").Append(text, start, end - start).Append(end < text.Length ? "…" : "");
        return line.ToString().Trim();
    }

    private static string TextOf(OpenedRecord record)
    {
        var text = new StringBuilder();
        foreach (var part in record.Parts)
        {
            var before = text.Length;
            try
            {
                AddJson(text, part.Content);
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                text.Length = before;
                Add(text, null, Encoding.UTF8.GetString(part.Content));
            }
        }

        return SearchText.Plain(text.ToString()).Replace('\n', ' ');
    }

    private static void AddJson(StringBuilder text, byte[] json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 1024 });
        string? name = null;
        while (text.Length < SearchText.Longest && reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    name = reader.GetString();
                    continue;
                case JsonTokenType.String when name is null || !Envelope.Contains(name):
                    Add(text, name, reader.GetString()!);
                    break;
                case JsonTokenType.Number when name is null || !Envelope.Contains(name):
                    Add(text, name, Encoding.UTF8.GetString(reader.ValueSpan));
                    break;
                case JsonTokenType.StartArray:
                    continue;
            }

            name = null;
        }
    }

    private static void Add(StringBuilder text, string? name, string value)
    {
        text.Append(text.Length == 0 ? "" : " · ");
        text.Append(name is null || Unnamed.Contains(name) ? "" : $"{name}: ").Append(value);
    }

    private static int Find(string text, string word) =>
        CultureInfo.InvariantCulture.CompareInfo.IndexOf(text, word, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace);

    // Never between the halves of a surrogate pair.
    private static int Whole(string text, int at) => at > 0 && at < text.Length && char.IsLowSurrogate(text[at]) ? at - 1 : at;
}
