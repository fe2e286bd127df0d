using System.Text.Json;

namespace Chaperone.Policy.Tools;

/// <summary>What a tool's annotations say of it; an absent one counts as the unsafe value, as MCP has it. They are the server's own word: pin the server's tools to hold it to them.</summary>
/// <param name="ReadOnly">It changes nothing.</param>
/// <param name="Destructive">What it changes may be lost.</param>
/// <param name="Idempotent">Doing it twice is doing it once.</param>
/// <param name="OpenWorld">It reaches beyond its server.</param>
internal sealed record ToolTraits(bool ReadOnly, bool Destructive, bool Idempotent, bool OpenWorld)
{
    /// <summary>Of a tool that nothing is known of.</summary>
    public static readonly ToolTraits Unknown = new(false, true, false, true);

    /// <summary>Those of <paramref name="tool"/>, an entry of a <c>tools/list</c> result.</summary>
    public static ToolTraits Of(JsonElement tool)
    {
        if (!tool.TryGetProperty("annotations", out var said) || said.ValueKind != JsonValueKind.Object)
        {
            return Unknown;
        }

        var readOnly = Flag("readOnlyHint") ?? false;
        return new ToolTraits(readOnly, Flag("destructiveHint") ?? !readOnly, Flag("idempotentHint") ?? false, Flag("openWorldHint") ?? true);

        bool? Flag(string hint) => said.TryGetProperty(hint, out var value)
            ? value.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null }
            : null;
    }
}
