using Chaperone.Contracts;
using Chaperone.Policy.Documents;

namespace Chaperone.Policy.Pins;

/// <summary>All that is known of one server's tools at one moment; says what a list changes. Pure.</summary>
internal sealed class ServerPins(IReadOnlyList<Pin> pins, Baseline? baseline)
{
    private const int MostHeld = 500;
    private static readonly TimeSpan Paging = TimeSpan.FromMinutes(10);

    private readonly ILookup<string, Pin> _byTool = pins.ToLookup(p => p.Tool, StringComparer.Ordinal);

    /// <summary>True while the server has shown no tool at all.</summary>
    public bool IsEmpty => baseline is null && pins.Count == 0;

    /// <summary>Where the tool stands that the server showed last as <paramref name="tool"/>; null where it showed none.</summary>
    public ToolState? StateOf(string tool) => _byTool[tool].FirstOrDefault(p => p.Current)?.State;

    /// <summary>Whether this very definition is accepted.</summary>
    public bool Accepts(ToolDefinition tool) => Find(tool)?.State == ToolState.Accepted;

    /// <summary>The accepted tool that differs from this one in nothing but its name; null where there is none.</summary>
    public string? RenamedFrom(string tool, string shape) =>
        pins.FirstOrDefault(p => p.State == ToolState.Accepted && p.Shape == shape && p.Tool != tool)?.Tool;

    /// <summary>What <paramref name="shown"/> changes; <paramref name="more"/> where further pages follow.</summary>
    public PinPlan Plan(IReadOnlyList<ToolDefinition> shown, PinningMode mode, Guid sessionId, bool more, DateTimeOffset now)
    {
        var first = mode == PinningMode.FirstUse && (baseline is null ? shown.Count > 0 && pins.Count == 0 : Continues(sessionId, now));
        var added = new List<(ToolDefinition, ToolState)>();
        var promoted = new List<ToolDefinition>();
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
            if (Find(tool) is not { } known)
            {
                if (accept || room-- > 0)
                {
                    added.Add((tool, accept ? ToolState.Accepted : ToolState.Held));
                }
            }
            else if (accept && known.State == ToolState.Held)
            {
                promoted.Add(tool);
            }
        }

        var moved = current.Values.Where(t => Find(t) is not { Current: true }).ToList();
        var next = NextBaseline(shown, first, sessionId, more, now);
        return new PinPlan(added, promoted, moved, next == baseline ? null : next);
    }

    private Baseline? NextBaseline(IReadOnlyList<ToolDefinition> shown, bool first, Guid sessionId, bool more, DateTimeOffset now) => baseline switch
    {
        null when shown.Count == 0 => null,
        null => new Baseline(sessionId, now, first && more),
        _ when first => baseline with { Open = more },
        _ => baseline,
    };

    private bool Continues(Guid sessionId, DateTimeOffset now) =>
        baseline is { Open: true } begun && begun.SessionId == sessionId && now - begun.BeganAt < Paging;

    private Pin? Find(ToolDefinition tool) => _byTool[tool.Name].FirstOrDefault(p => p.Digest == tool.Digest);
}
