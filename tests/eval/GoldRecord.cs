using System.Text.Json;

namespace Chaperone.Eval;

/// <summary>A labelled text; offsets count UTF-16 units.</summary>
internal sealed record GoldRecord(string Id, string Text, IReadOnlyList<GoldSpan> Spans, bool IsNegative)
{
    /// <summary>Reads a data set, one record a line. The sets count code points; what lies beyond the basic plane counts twice here.</summary>
    public static IEnumerable<GoldRecord> Read(string file)
    {
        foreach (var line in File.ReadLines(file))
        {
            using var json = JsonDocument.Parse(line);
            var record = json.RootElement;
            if (!record.TryGetProperty("text", out var text) || !record.TryGetProperty("spans", out var spans))
            {
                continue;
            }

            var content = text.GetString()!;
            var units = Units(content);
            yield return new GoldRecord(
                record.GetProperty("id").GetString()!,
                content,
                [.. spans.EnumerateArray().Select(s => GoldSpan.Of(s.GetProperty("type").GetString()!, content, units[s.GetProperty("start").GetInt32()], units[s.GetProperty("end").GetInt32()]))],
                record.TryGetProperty("polarity", out var polarity) && polarity.GetString() == "negative");
        }
    }

    /// <summary>One half of a set by its ids (FNV-1a), so that a rule found on one half is checked on the other.</summary>
    public bool IsIn(Half half) => half == Half.All || (Hash(Id) & 1) == (half == Half.Tune ? 0u : 1u);

    private static int[] Units(string text)
    {
        var units = new List<int>(text.Length + 1);
        for (var i = 0; i < text.Length; i++)
        {
            units.Add(i);
            i += char.IsHighSurrogate(text[i]) && i + 1 < text.Length ? 1 : 0;
        }

        units.Add(text.Length);
        return [.. units];
    }

    private static uint Hash(string id)
    {
        var hash = 2166136261u;
        foreach (var c in id)
        {
            hash = (hash ^ c) * 16777619u;
        }

        return hash ^ (hash >> 16);
    }
}
