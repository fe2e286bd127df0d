using System.Security.Cryptography;
using System.Text.Json;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;

namespace Chaperone.Console.Replay;

/// <summary>Compares the lists of tools that a client was given, one with the next: a tool whose description changes under an agent's feet is an attack that no single call shows.</summary>
internal static class ToolLists
{
    public const string Method = "tools/list";

    private static readonly string[] Members = ["title", "description", "inputSchema", "outputSchema", "annotations"];

    /// <summary>One entry for each whole list, oldest first; pages of one list count as one. What is no list is left out.</summary>
    /// <param name="answers">Answers to <c>tools/list</c>, in ledger order.</param>
    /// <param name="seal">Opens their parts.</param>
    public static IReadOnlyList<ToolListSeen> Compare(IEnumerable<TranscriptEntry> answers, IPayloadSeal seal)
    {
        var seen = new List<ToolListSeen>();
        SortedDictionary<string, Dictionary<string, string>>? last = null;
        var current = NewList();
        foreach (var answer in answers)
        {
            using var response = Parse(answer.Entry, "response_masked", seal);
            if (response?.RootElement is not { ValueKind: JsonValueKind.Object } root
                || !root.TryGetProperty("result", out var result) || result.ValueKind != JsonValueKind.Object
                || !result.TryGetProperty("tools", out var tools) || tools.ValueKind != JsonValueKind.Array)
            {
                continue;
            }

            if (!HasCursor(answer.Entry, seal))
            {
                current = NewList();
            }

            Add(current, tools);
            if (result.TryGetProperty("nextCursor", out var next) && next.ValueKind == JsonValueKind.String)
            {
                continue;
            }

            seen.Add(Difference(answer, last, current));
            (last, current) = (current, NewList());
        }

        return seen;
    }

    private static ToolListSeen Difference(
        TranscriptEntry answer, SortedDictionary<string, Dictionary<string, string>>? before, SortedDictionary<string, Dictionary<string, string>> after) => new()
        {
            Index = answer.Index,
            At = answer.Entry.OccurredAt,
            Tools = [.. after.Keys],
            IsFirst = before is null,
            Added = before is null ? [] : [.. after.Keys.Where(n => !before.ContainsKey(n))],
            Removed = before is null ? [] : [.. before.Keys.Where(n => !after.ContainsKey(n))],
            Changed = before is null ? [] :
            [
                .. from tool in after
                   where before.ContainsKey(tool.Key)
                   from member in Members
                   let old = before[tool.Key].GetValueOrDefault(member)
                   let now = tool.Value.GetValueOrDefault(member)
                   where !string.Equals(old, now, StringComparison.Ordinal)
                   select new ToolChange(tool.Key, member, old, now),
            ],
        };

    private static SortedDictionary<string, Dictionary<string, string>> NewList() => new(StringComparer.Ordinal);

    private static void Add(SortedDictionary<string, Dictionary<string, string>> list, JsonElement tools)
    {
        foreach (var tool in tools.EnumerateArray().Where(t => t.ValueKind == JsonValueKind.Object))
        {
            if (tool.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String)
            {
                // Of two tools of one name a client may take either; the later one is compared.
                list[name.GetString()!] = Members
                    .Where(m => tool.TryGetProperty(m, out _))
                    .ToDictionary(m => m, m => Text(tool.GetProperty(m)), StringComparer.Ordinal);
            }
        }
    }

    private static string Text(JsonElement member) => member.ValueKind == JsonValueKind.String ? member.GetString()! : member.GetRawText();

    private static bool HasCursor(RecordEntry entry, IPayloadSeal seal)
    {
        using var request = Parse(entry, "request_masked", seal);
        return request?.RootElement is { ValueKind: JsonValueKind.Object } root
            && root.TryGetProperty("params", out var parameters) && parameters.ValueKind == JsonValueKind.Object
            && parameters.TryGetProperty("cursor", out var cursor) && cursor.ValueKind == JsonValueKind.String;
    }

    private static JsonDocument? Parse(RecordEntry entry, string part, IPayloadSeal seal)
    {
        try
        {
            return entry.Parts.FirstOrDefault(p => p.Name == part && p.Searchable) is { } found
                ? JsonDocument.Parse(seal.Open(found.Content, entry.EventId), new JsonDocumentOptions { MaxDepth = 256 })
                : null;
        }
        catch (Exception e) when (e is JsonException or CryptographicException)
        {
            return null;
        }
    }
}
