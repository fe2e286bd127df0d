using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Chaperone.Bus.Json;
using Chaperone.Contracts;
using Chaperone.Policy.Circumstances;
using Chaperone.Policy.Deciding;
using Chaperone.Policy.Tools;

namespace Chaperone.Policy.Lists;

/// <summary>
/// Takes what the caller may not know of out of a list answer. Kept entries keep their bytes, as do order, cursor and unknown
/// members. All four kinds of lists are looked for, whatever was asked: an upstream could answer one with another.
/// </summary>
internal static class ListFilter
{
    private const string CachingSince = "2026-07-28";

    // Schemas in tools/list nest deeper than calls do.
    internal static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 256 };

    private static readonly (string Key, string NameKey, Operation Use)[] Lists =
    [
        ("tools", "name", Operations.CallTool),
        ("prompts", "name", Operations.GetPrompt),
        ("resources", "uri", Operations.ReadResource),
        ("resourceTemplates", "uriTemplate", Operations.ReadResource),
    ];

    /// <summary>Filters <paramref name="answer"/>, the JSON-RPC response to <paramref name="call"/>; null when it cannot be read without doubt. <paramref name="ttlCap"/> in milliseconds; <paramref name="now"/> as for decisions; <paramref name="accepted"/> says of each tool whether its definition is accepted, null where all are.</summary>
    public static FilteredList? Filter(ReadOnlyMemory<byte> answer, CallFacts call, PolicyEngine engine, int ttlCap, DateTimeOffset? now = null, bool[]? accepted = null, Glass glass = default)
    {
        if (!Utf8.IsValid(answer.Span))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(answer, Strict);
            return JsonText.IsText(document.RootElement, answer.Span) ? Filter(document.RootElement, answer, call, engine, ttlCap, now, accepted, glass) : null;
        }

        // InvalidOperationException: a key with an escape that is no text.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static FilteredList? Filter(JsonElement root, ReadOnlyMemory<byte> answer, CallFacts call, PolicyEngine engine, int ttlCap, DateTimeOffset? now, bool[]? accepted, Glass glass)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var hasResult = root.TryGetProperty("result", out var result);
        if (hasResult == root.TryGetProperty("error", out _))
        {
            return null;
        }

        if (!hasResult || AsksForInput(result))
        {
            return new FilteredList(answer, 0);
        }

        if (result.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var splice = new JsonSplice(answer);
        if (Hide(result, engine.ViewOf(call, now, glass), tool => engine.Learn(call.Server, tool), accepted, splice) is not { } hidden)
        {
            return null;
        }

        if (string.CompareOrdinal(call.ProtocolVersion, CachingSince) >= 0)
        {
            KeepPrivate(result, splice, ttlCap);
        }

        return new FilteredList(splice.Apply(), hidden);
    }

    private static bool AsksForInput(JsonElement result) =>
        result.ValueKind == JsonValueKind.Object
        && result.TryGetProperty("resultType", out var type)
        && type.ValueKind == JsonValueKind.String
        && type.ValueEquals("input_required")
        && !Array.Exists(Lists, l => result.TryGetProperty(l.Key, out _));

    /// <summary>How many entries were taken out; null when there is no list, or one is no array.</summary>
    private static int? Hide(JsonElement result, PolicyView view, Action<JsonElement> learn, bool[]? accepted, JsonSplice splice)
    {
        var found = false;
        var hidden = 0;
        foreach (var (key, nameKey, use) in Lists)
        {
            if (!result.TryGetProperty(key, out var list))
            {
                continue;
            }

            if (list.ValueKind != JsonValueKind.Array)
            {
                return null;
            }

            found = true;
            if (use.Target == TargetKind.Tool)
            {
                list.EnumerateArray().ToList().ForEach(learn);
            }

            var judged = use.Target == TargetKind.Tool ? accepted : null;
            var kept = list.EnumerateArray().Where((entry, i) => (judged is null || judged[i]) && IsShown(entry, nameKey, use, view)).ToList();
            if (kept.Count < list.GetArrayLength())
            {
                hidden += list.GetArrayLength() - kept.Count;
                splice.Replace(list, Join(kept));
            }
        }

        return found ? hidden : null;
    }

    private static bool IsShown(JsonElement entry, string nameKey, Operation use, PolicyView view) =>
        entry.ValueKind == JsonValueKind.Object
        && entry.TryGetProperty(nameKey, out var name)
        && name.ValueKind == JsonValueKind.String
        && view.Shows(use, name.GetString()!, use.Target == TargetKind.Tool ? ToolTraits.Of(entry) : null);

    private static byte[] Join(List<JsonElement> entries)
    {
        using var joined = new MemoryStream();
        joined.WriteByte((byte)'[');
        for (var i = 0; i < entries.Count; i++)
        {
            if (i > 0)
            {
                joined.WriteByte((byte)',');
            }

            joined.Write(JsonMarshal.GetRawUtf8Value(entries[i]));
        }

        joined.WriteByte((byte)']');
        return joined.ToArray();
    }

    /// <summary>What one caller may see must not be cached for others, nor outlive a change of the policy for long.</summary>
    private static void KeepPrivate(JsonElement result, JsonSplice splice, int ttlCap)
    {
        if (result.TryGetProperty("cacheScope", out var scope))
        {
            splice.Replace(scope, "\"private\""u8.ToArray());
        }
        else
        {
            splice.Append(result, "\"cacheScope\":\"private\""u8.ToArray());
        }

        if (result.TryGetProperty("ttlMs", out var ttl) && !(ttl.ValueKind == JsonValueKind.Number && ttl.GetDouble() <= ttlCap))
        {
            splice.Replace(ttl, Encoding.ASCII.GetBytes($"{ttlCap}"));
        }
    }
}
