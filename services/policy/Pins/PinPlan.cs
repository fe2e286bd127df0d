using Chaperone.Contracts;

namespace Chaperone.Policy.Pins;

/// <summary>What a list changes.</summary>
/// <param name="Added">Definitions not seen before, and where each begins.</param>
/// <param name="Moved">Those that are now what the server shows under their name.</param>
internal sealed record PinPlan(IReadOnlyList<(ToolDefinition Tool, ToolState State)> Added, IReadOnlyList<ToolDefinition> Moved)
{
    public bool IsEmpty => Added.Count == 0 && Moved.Count == 0;
}
