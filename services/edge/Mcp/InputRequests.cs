using System.Text.Json;

namespace Chaperone.Edge.Mcp;

/// <summary>
/// Finds what an answer asks the client to do: <c>inputRequests</c> (2026-07-28) at any place but in what is content, since
/// tasks carry them further down, in any form, and under any spelling that a careless client might take for it.
/// </summary>
internal static class InputRequests
{
    private const string Key = "inputRequests";
    private const string Unknown = "unknown";
    private static readonly string[] Content = ["content", "contents", "structuredContent", "messages", "tools", "prompts", "resources", "resourceTemplates"];

    /// <summary>All of them; one of an unknown method where a form is not understood.</summary>
    public static IReadOnlyList<ServerAsk> Find(JsonElement element)
    {
        var asks = new List<ServerAsk>();
        Look(element, asks);
        return asks;
    }

    /// <summary>The addresses that an error has the user visit, as requests for elicitation.</summary>
    public static IEnumerable<ServerAsk> Visits(JsonElement error, int code)
    {
        if (error.ValueKind != JsonValueKind.Object || !error.TryGetProperty("code", out var given) || given.ValueKind != JsonValueKind.Number || given.GetDouble() != code)
        {
            return [];
        }

        return error.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object
            && data.TryGetProperty("elicitations", out var elicitations) && elicitations.ValueKind == JsonValueKind.Array && elicitations.GetArrayLength() > 0
            && elicitations.EnumerateArray().All(e => e.ValueKind == JsonValueKind.Object)
                ? [.. elicitations.EnumerateArray().Select(e => new ServerAsk("elicitation/create", e.GetRawText()))]
                : [new ServerAsk("elicitation/create", """{"mode":"url"}""")];
    }

    private static void Look(JsonElement element, List<ServerAsk> asks)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    if (IsContent(member))
                    {
                        continue;
                    }

                    if (member.Name.Equals(Key, StringComparison.OrdinalIgnoreCase))
                    {
                        Take(member.Value, asks);
                    }
                    else
                    {
                        Look(member.Value, asks);
                    }
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    Look(item, asks);
                }

                break;
        }
    }

    private static bool IsContent(JsonProperty member)
    {
        foreach (var key in Content)
        {
            if (member.NameEquals(key))
            {
                return true;
            }
        }

        return false;
    }

    private static void Take(JsonElement requests, List<ServerAsk> asks)
    {
        switch (requests.ValueKind)
        {
            case JsonValueKind.Object:
                asks.AddRange(requests.EnumerateObject().Select(r => AskOf(r.Value)));
                break;
            case JsonValueKind.Null:
                break;
            default:
                asks.Add(new ServerAsk(Unknown, "{}"));
                break;
        }
    }

    private static ServerAsk AskOf(JsonElement request)
    {
        if (request.ValueKind != JsonValueKind.Object || request.EnumerateObject().Select(p => p.Name.ToUpperInvariant()).GroupBy(n => n, StringComparer.Ordinal).Any(g => g.Count() > 1)
            || !request.TryGetProperty("method", out var method) || method.ValueKind != JsonValueKind.String)
        {
            return new ServerAsk(Unknown, "{}");
        }

        return request.TryGetProperty("params", out var parameters)
            ? parameters.ValueKind == JsonValueKind.Object ? new ServerAsk(method.GetString()!, parameters.GetRawText()) : new ServerAsk(Unknown, "{}")
            : new ServerAsk(method.GetString()!, "{}");
    }
}
