using Chaperone.Contracts;

namespace Chaperone.Policy.Pins;

/// <summary>What a list changes.</summary>
/// <param name="Added">Definitions not seen before, and where each begins.</param>
/// <param name="Promoted">Held ones that turn out to belong to the server's first list.</param>
/// <param name="Moved">Those that are now what the server shows under their name.</param>
/// <param name="Baseline">The server's first use, where it changes; else null.</param>
internal sealed record PinPlan(
    IReadOnlyList<(ToolDefinition Tool, ToolState State)> Added,
    IReadOnlyList<ToolDefinition> Promoted,
    IReadOnlyList<ToolDefinition> Moved,
    Baseline? Baseline)
{
    public bool IsEmpty => Added.Count == 0 && Promoted.Count == 0 && Moved.Count == 0 && Baseline is null;
}
