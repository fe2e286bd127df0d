using System.Text.Json;

namespace Chaperone.Edge.Approvals;

/// <summary>What a tool may do, as its server declares it (MCP, ToolAnnotations, and their defaults). A hint for people, never a fact for rules.</summary>
internal static class ToolRisk
{
    /// <summary>One line in words; null where there is no tool.</summary>
    public static string? Words(JsonElement? tool)
    {
        if (tool is not { ValueKind: JsonValueKind.Object } definition)
        {
            return null;
        }

        if (!definition.TryGetProperty("annotations", out var hints) || hints.ValueKind != JsonValueKind.Object)
        {
            return "unknown: the server does not say what the tool may do";
        }

        var what = Is(hints, "readOnlyHint", false) ? "reads only" : Is(hints, "destructiveHint", true) ? "may destroy or overwrite data" : "adds data, destroys none";
        var again = Is(hints, "readOnlyHint", false) || Is(hints, "idempotentHint", false) ? "" : "; a second run may do more";
        var where = Is(hints, "openWorldHint", true) ? "; may reach systems outside" : "";
        return $"{what}{again}{where} (as the server declares)";
    }

    private static bool Is(JsonElement hints, string name, bool otherwise) =>
        hints.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : otherwise;
}
