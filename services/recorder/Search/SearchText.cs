using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Chaperone.Contracts;
using Chaperone.Recorder.Sealing;

namespace Chaperone.Recorder.Search;

/// <summary>The words of a record: strings and numbers of its masked JSON, and its PHI-free facts. Nothing else reaches the search.</summary>
internal static partial class SearchText
{
    /// <summary>Characters of one record that can be found; beyond it the record stays readable, but not searchable.</summary>
    public const int Longest = 128 * 1024;

    private const int FactsLength = 256;

    // Everything that Escape can begin with.
    private static readonly SearchValues<char> Escapes = SearchValues.Create([.. "\\".Concat(Enumerable.Range(0, 32).Select(i => (char)i))]);

    public static string Of(OpenedRecord record)
    {
        var text = new StringBuilder(FactsLength + Math.Min(record.Parts.Sum(p => p.Content.Length), Longest));
        AddFacts(text, record.Entry);
        foreach (var part in record.Parts)
        {
            AddPart(text, part);
        }

        return text.Length > Longest ? text.ToString(0, Longest) : text.ToString();
    }

    /// <summary>Escapes of a JSON text inside a string, and control characters, as spaces.</summary>
    public static string Plain(string text) => text.AsSpan().ContainsAny(Escapes) ? Escape().Replace(text, " ") : text;

    private static void AddFacts(StringBuilder text, RecordEntry entry)
    {
        Add(text, entry.Kind.ToString());
        foreach (var person in (Principal?[])[entry.Call?.Principal, entry.Actor])
        {
            Add(text, person?.Subject);
            Add(text, person?.Name);
            Add(text, person?.Email);
        }

        if (entry.Call is { } call)
        {
            Add(text, PlainNames.OrNull(call.Server));
            Add(text, PlainNames.OrNull(call.Method));
            Add(text, PlainNames.TargetOrNull(call.Method, call.Target));
        }

        Add(text, entry.Decision?.Rule);
        Add(text, entry.Decision?.Effect.ToString());
        Add(text, entry.Outcome?.Status.ToString());
        Add(text, entry.Approval?.ApprovalId);
        Add(text, entry.Approval?.Step);
    }

    private static void AddPart(StringBuilder text, OpenedPart part)
    {
        if (part.MediaType.Contains("json", StringComparison.OrdinalIgnoreCase))
        {
            var before = text.Length;
            try
            {
                AddJson(text, part.Content);
                return;
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                text.Length = before;
            }
        }

        Add(text, Encoding.UTF8.GetString(part.Content));
    }

    private static void AddJson(StringBuilder text, byte[] json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 1024 });
        while (text.Length < Longest && reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName or JsonTokenType.String:
                    AddString(text, ref reader);
                    break;
                case JsonTokenType.Number:
                    Add(text, Encoding.UTF8.GetString(reader.ValueSpan));
                    break;
            }
        }
    }

    private static void AddString(StringBuilder text, ref Utf8JsonReader reader)
    {
        var characters = ArrayPool<char>.Shared.Rent(reader.ValueSpan.Length);
        try
        {
            var words = characters.AsSpan(0, reader.CopyString(characters));
            if (words.ContainsAny(Escapes))
            {
                Add(text, words.ToString());
            }
            else if (!words.IsEmpty)
            {
                text.Append(words).Append('\n');
            }
        }
        finally
        {
            ArrayPool<char>.Shared.Return(characters);
        }
    }

    // Tools often answer with JSON inside a string: its escapes would glue a letter to the next word.
    private static void Add(StringBuilder text, string? words)
    {
        if (!string.IsNullOrEmpty(words))
        {
            text.Append(Plain(words)).Append('\n');
        }
    }

    [GeneratedRegex(@"\\[nrtbf]|[\x00-\x08\x0B\x0C\x0E-\x1F]", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Escape();
}
