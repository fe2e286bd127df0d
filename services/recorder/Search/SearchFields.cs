using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Chaperone.Contracts;
using Chaperone.Recorder.Sealing;

namespace Chaperone.Recorder.Search;

/// <summary>
/// The fields of a record as words of their own, so that words and fields are found by one index. A field and its value are
/// one word of hexadecimal digits, whatever characters the value has. Only PHI-free values become one (invariant 4).
/// </summary>
internal static class SearchFields
{
    private const int Digits = 20;
    private const int MostKnown = 10_000;

    // The same callers, sessions and tools come again and again.
    private static readonly ConcurrentDictionary<(MessageField Field, string Value), string> Known = new();

    /// <summary>Longest value that is looked for.</summary>
    public const int LongestValue = 256;

    /// <summary>All fields of a record, parted by spaces.</summary>
    public static string Of(RecordEntry entry)
    {
        var words = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var person in (Principal?[])[entry.Call?.Principal, entry.Actor])
        {
            Add(words, MessageField.User, person?.Subject);
            Add(words, MessageField.User, person?.Name);
            Add(words, MessageField.User, person?.Email);
        }

        if (entry.Call is { } call)
        {
            // Programs have names of several words, which else are no plain names.
            Add(words, MessageField.Client, PlainNames.OrNull(call.ClientName?.Replace(' ', '-')) is null ? null : call.ClientName);
            Add(words, MessageField.Server, PlainNames.OrNull(call.Server));
            Add(words, MessageField.Tool, PlainNames.TargetOrNull(call.Method, call.Target));
            Add(words, MessageField.Method, PlainNames.OrNull(call.Method));
            Add(words, MessageField.Session, call.SessionId.ToString());
        }

        Add(words, MessageField.Decision, entry.Decision?.Effect.ToString());
        Add(words, MessageField.Rule, entry.Decision?.Rule);
        foreach (var finding in entry.Outcome?.Findings ?? [])
        {
            Add(words, MessageField.Masked, finding.Type);
        }

        return string.Join(' ', words);
    }

    /// <summary>The word of one field with one value.</summary>
    public static string Word(MessageField field, string value)
    {
        if (Known.TryGetValue((field, value), out var known))
        {
            return known;
        }

        if (Known.Count >= MostKnown)
        {
            Known.Clear();
        }

        return Known[(field, value)] = Make(field, value);
    }

    private static string Make(MessageField field, string value)
    {
        var text = $"{(int)field}\n{value.Trim().ToLowerInvariant()}";
        return "f" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..Digits];
    }

    private static void Add(SortedSet<string> words, MessageField field, string? value)
    {
        if (!string.IsNullOrWhiteSpace(value) && value.Length <= LongestValue)
        {
            words.Add(Word(field, value));
        }
    }
}
