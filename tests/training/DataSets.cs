using System.Text.Json;
using Chaperone.Masking.Tagging;

namespace Chaperone.Training;

/// <summary>The labelled sets, each cut by a hash of its template or id: one half to learn from, the other to measure with.</summary>
internal static class DataSets
{
    /// <summary>File, how often it is learnt from, and how many records at most.</summary>
    public static readonly (string File, int Times, int Most)[] Sets =
    [
        ("ner_btc", 1, 9999), ("ner_wikigold", 1, 9999), ("ner_wnut17_train", 1, 9999), ("ner_wnut17_dev", 1, 9999), ("ner_sec_filings", 1, 9999), ("ner_uner_ewt_dev", 2, 9999),
        ("presidio_research_generated_large", 3, 9999), ("asq_phi", 8, 9999), ("aci_bench_names", 12, 9999), ("synthea_notes", 4, 9999),
        ("pii_anon_clinical_en", 1, 500), ("pii_anon_temporal_en", 1, 300), ("pii_anon_technology_en", 1, 300), ("pii_anon_formats_en", 1, 200), ("pii_anon_adversarial_en", 1, 200),
    ];

    /// <summary>Sets that are not cut: all of them is learnt from.</summary>
    private static readonly string[] Whole = ["ner_btc", "ner_wikigold", "ner_wnut17_train", "ner_wnut17_dev", "ner_sec_filings"];

    public static IEnumerable<Sample> Read(string folder, string file, bool learn, bool all = false)
    {
        var path = Path.Combine(folder, file + ".jsonl");
        foreach (var line in File.ReadLines(path))
        {
            using var document = JsonDocument.Parse(line);
            var record = document.RootElement;
            if (!record.TryGetProperty("spans", out var spans))
            {
                continue;
            }

            if (!all && !Whole.Contains(file) && IsLearnt(record) != learn)
            {
                continue;
            }

            yield return ToSample(record.GetProperty("text").GetString()!, spans);
        }
    }

    private static bool IsLearnt(JsonElement record)
    {
        var key = record.TryGetProperty("template_id", out var template) ? template.GetRawText() : record.GetProperty("id").GetString()!;
        return (WordHash.Of(key) & 1) == 0;
    }

    private static Sample ToSample(string text, JsonElement spans)
    {
        var offsets = Offsets(text);
        var list = new List<Sample.Span>();
        foreach (var span in spans.EnumerateArray())
        {
            var start = offsets[span.GetProperty("start").GetInt32()];
            var end = offsets[span.GetProperty("end").GetInt32()];
            var tag = TagOf(span.GetProperty("type").GetString()!, text[start..end]);
            if (tag != NameTag.Outside && end > start)
            {
                list.Add(new Sample.Span(start, end, tag));
            }
        }

        return new Sample(text, list);
    }

    // Code points to UTF-16.
    private static int[] Offsets(string text)
    {
        var offsets = new List<int>(text.Length + 1);
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            offsets.Add(at);
            at += rune.Utf16SequenceLength;
        }

        offsets.Add(at);
        return [.. offsets];
    }

    private static NameTag TagOf(string type, string value) => type switch
    {
        "PERSON" or "NAME" or "PERSON_NAME" => NameTag.Person,
        "LOCATION" or "GEOGRAPHIC_LOCATION" or "GPE" or "CITY" => NameTag.Place,
        "ORGANIZATION" or "ORGANIZATION_NAME" => IsFacility(value) ? NameTag.Place : NameTag.Organisation,
        _ => NameTag.Outside,
    };

    private static bool IsFacility(string value) =>
        value.Contains("Hospital", StringComparison.OrdinalIgnoreCase) || value.Contains("Clinic", StringComparison.OrdinalIgnoreCase) || value.Contains("Medical Cent", StringComparison.OrdinalIgnoreCase);
}
