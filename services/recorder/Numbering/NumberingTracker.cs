using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chaperone.Recorder.Numbering;

/// <summary>
/// Finds the numbers of each edge that never arrived (invariant 9) from what the ledger holds, in ledger order. A new
/// process life of an edge has numbers of its own from 1; the older ones are kept for late arrivals. Not for concurrent use.
/// </summary>
internal sealed partial class NumberingTracker
{
    // Restarts of one edge remembered; a record of an older life is accepted and no longer counted.
    private const int MostLives = 64;

    private readonly Dictionary<string, SortedDictionary<long, EdgeNumbers>> _edges = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _forgotten = new(StringComparer.Ordinal);

    /// <summary>Leaves looked at: the index of the next one.</summary>
    public long Position { get; set; }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public static NumberingTracker Restore(string? saved)
    {
        var tracker = new NumberingTracker();
        var state = saved is null ? null : JsonSerializer.Deserialize(saved, StateJson.Default.State);
        foreach (var life in state?.Lives ?? [])
        {
            tracker.LivesOf(life.Edge)[life.Epoch] = EdgeNumbers.Restore(
                life.Highest,
                life.Holes.Select(h => new EdgeNumbers.Hole(h[0], h[1], DateTimeOffset.FromUnixTimeMilliseconds(h[2]))));
        }

        foreach (var (edge, epoch) in state?.Forgotten ?? [])
        {
            tracker._forgotten[edge] = epoch;
        }

        tracker.Position = state?.Position ?? 0;
        return tracker;
    }

    /// <summary>The whole state as JSON: edge names, numbers and times.</summary>
    public string Save() => JsonSerializer.Serialize(
        new State(
            Position,
            [.. _edges.SelectMany(e => e.Value.Select(l => new Life(
                e.Key,
                l.Key,
                l.Value.Highest,
                [.. l.Value.Holes.Select(h => (long[])[h.From, h.To, h.NoticedAt.ToUnixTimeMilliseconds()])])))],
            new Dictionary<string, long>(_forgotten)),
        StateJson.Default.State);

    /// <summary>A record with this number is in the ledger.</summary>
    public void Arrived(string edge, long epoch, long number, DateTimeOffset now) => LifeOf(edge, epoch)?.Arrived(number, now);

    /// <summary>A heartbeat says that numbers up to <paramref name="last"/> were given out.</summary>
    public void Reached(string edge, long epoch, long last, DateTimeOffset now) => LifeOf(edge, epoch)?.Reach(last, now);

    /// <summary>The ledger holds a gap record for these numbers.</summary>
    public void Recorded(NumberRange gap) => LifeOf(gap.Edge, gap.Epoch)?.Fill(gap.From, gap.To);

    /// <summary>Holes noticed at or before <paramref name="noticedBy"/>.</summary>
    public IReadOnlyList<NumberRange> Missing(DateTimeOffset noticedBy) =>
    [
        .. _edges.SelectMany(e => e.Value.SelectMany(l => l.Value.Holes
            .Where(h => h.NoticedAt <= noticedBy)
            .Select(h => new NumberRange(e.Key, l.Key, h.From, h.To)))),
    ];

    private EdgeNumbers? LifeOf(string edge, long epoch)
    {
        if (_forgotten.TryGetValue(edge, out var forgotten) && epoch <= forgotten)
        {
            return null;
        }

        var lives = LivesOf(edge);
        if (lives.TryGetValue(epoch, out var known))
        {
            return known;
        }

        lives[epoch] = new EdgeNumbers();
        if (lives.Count > MostLives && lives.First() is { Value.Holes.Count: 0 } oldest)
        {
            lives.Remove(oldest.Key);
            _forgotten[edge] = oldest.Key;
        }

        return lives.GetValueOrDefault(epoch);
    }

    private SortedDictionary<long, EdgeNumbers> LivesOf(string edge)
    {
        if (!_edges.TryGetValue(edge, out var lives))
        {
            _edges[edge] = lives = [];
        }

        return lives;
    }

    internal sealed record State(long Position, Life[] Lives, Dictionary<string, long> Forgotten);

    internal sealed record Life(string Edge, long Epoch, long Highest, long[][] Holes);

    [JsonSerializable(typeof(State))]
    private sealed partial class StateJson : JsonSerializerContext;
}
