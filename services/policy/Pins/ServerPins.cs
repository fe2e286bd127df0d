using Chaperone.Contracts;
using Chaperone.Policy.Documents;

namespace Chaperone.Policy.Pins;

/// <summary>All that is known of one server's tools at one moment; says what a list changes. Pure.</summary>
internal sealed class ServerPins(IReadOnlyList<Pin> pins)
{
    private const int MostHeld = 500;

    private readonly ILookup<string, Pin> _byTool = pins.ToLookup(p => p.Tool, StringComparer.Ordinal);

    /// <summary>True while the server has shown no tool at all.</summary>
    public bool IsEmpty => pins.Count == 0;

    /// <summary>Where the tool stands that the server showed last as <paramref name="tool"/>; null where it showed none.</summary>
    public ToolState? StateOf(string tool) => _byTool[tool].FirstOrDefault(p => p.Current)?.State;

    /// <summary>Whether this very definition is accepted.</summary>
    public bool Accepts(ToolDefinition tool) => Find(tool)?.State == ToolState.Accepted;

    /// <summary>The accepted tool that differs from this one in nothing but its name; null where there is none.</summary>
    public string? RenamedFrom(string tool, string shape) =>
        pins.FirstOrDefault(p => p.State == ToolState.Accepted && p.Shape == shape && p.Tool != tool)?.Tool;

    /// <summary>What <paramref name="shown"/> changes; a server's first use is its whole list, or nothing is accepted that was not.</summary>
    public PinPlan Plan(IReadOnlyList<ToolDefinition> shown, PinningMode mode)
    {
        var first = mode == PinningMode.FirstUse && IsEmpty;
        var added = new List<(ToolDefinition, ToolState)>();
        var current = new Dictionary<string, ToolDefinition>(StringComparer.Ordinal);
        var room = MostHeld - pins.Count(p => p.State == ToolState.Held);
        var doubtful = shown.DistinctBy(t => (t.Name, t.Digest)).CountBy(t => t.Name, StringComparer.Ordinal).Where(n => n.Value > 1).Select(n => n.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var tool in shown.DistinctBy(t => (t.Name, t.Digest)))
        {
            // Of two definitions under one name, one that is not accepted counts.
            if (!current.TryGetValue(tool.Name, out var other) || Accepts(other))
            {
                current[tool.Name] = tool;
            }

            var accept = first && !doubtful.Contains(tool.Name);
            if (Find(tool) is null && (accept || room-- > 0))
            {
                added.Add((tool, accept ? ToolState.Accepted : ToolState.Held));
            }
        }

        return new PinPlan(added, [.. current.Values.Where(t => Find(t) is not { Current: true })]);
    }

    private Pin? Find(ToolDefinition tool) => _byTool[tool.Name].FirstOrDefault(p => p.Digest == tool.Digest);
}
