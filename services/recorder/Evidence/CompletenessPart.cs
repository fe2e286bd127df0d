using Chaperone.Contracts;
using Chaperone.Recorder.Numbering;
using Chaperone.Recorder.Sealing;

namespace Chaperone.Recorder.Evidence;

/// <summary>
/// <c>completeness.json</c>: that the period is whole, whatever the filter. Each process life of an edge numbers its messages 1, 2, 3 ...;
/// here stand the numbers seen, those that are missing, and the calls whose end is not recorded. Sees every leaf of the tree.
/// </summary>
internal sealed class CompletenessPart(EvidenceFolder folder, EvidenceTotals totals, EvidenceFilter filter, long size)
{
    private readonly NumberingTracker _tracker = new();
    private readonly SortedDictionary<(string Edge, long Epoch), Life> _lives = new(Comparer<(string Edge, long Epoch)>.Create(
        (a, b) => string.CompareOrdinal(a.Edge, b.Edge) is var order and not 0 ? order : a.Epoch.CompareTo(b.Epoch)));
    private readonly SortedDictionary<string, long> _kinds = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, (long Index, DateTimeOffset At)> _allowed = [];
    private readonly HashSet<Guid> _ended = [];
    private readonly List<(long Index, NumberRange Range)> _gaps = [];
    private long _first = -1;
    private long _last = -1;
    private long _refused;

    /// <summary>Every leaf, in order; <paramref name="note"/> is that of gap and heartbeat records.</summary>
    public void TakeLeaf(long index, LeafFacts leaf, string? note, bool isInPeriod)
    {
        NumberingNotes.Follow(_tracker, leaf.Kind, leaf.Edge, leaf.Epoch, leaf.Number, note, leaf.At);
        if (leaf is { Kind: RecordKind.Outcome, CallId: { } call } && leaf.At >= filter.From)
        {
            _ended.Add(call);
        }

        if (leaf.Kind == RecordKind.Gap && NumberingNotes.ReadGap(note) is { } gap)
        {
            _gaps.Add((index, gap));
        }

        if (!isInPeriod)
        {
            return;
        }

        _first = _first < 0 ? index : _first;
        _last = index;
        var kind = RecordHeader.Word(leaf.Kind);
        _kinds[kind] = _kinds.GetValueOrDefault(kind) + 1;
        if (leaf is { Edge: { } edge, Epoch: { } epoch, Number: { } number })
        {
            LifeOf(edge, epoch).Arrived(number, leaf.Kind == RecordKind.Void);
        }

        if (leaf.Kind == RecordKind.Heartbeat && NumberingNotes.ReadHeartbeat(note, leaf.Edge, leaf.Epoch) is { } beat)
        {
            LifeOf(beat.Edge, beat.Epoch).Heartbeats++;
        }
    }

    /// <summary>Every record of the period, in the bundle or not.</summary>
    public void Take(EvidenceRecord record)
    {
        if (record.Entry is not { Kind: RecordKind.Intent, Call: { } call, Decision: { } decision })
        {
            return;
        }

        _refused += decision.Effect == CallEffect.Deny ? 1 : 0;
        if (decision.Effect == CallEffect.Allow)
        {
            _allowed.TryAdd(call.CallId, (record.Index, record.Entry.OccurredAt));
        }
    }

    public void Finish()
    {
        var holes = _tracker.Missing(DateTimeOffset.MaxValue).Where(h => _lives.ContainsKey((h.Edge, h.Epoch))).ToArray();
        var gaps = _gaps.Where(g => _lives.ContainsKey((g.Range.Edge, g.Range.Epoch))).ToArray();
        var orphans = _allowed.Where(a => !_ended.Contains(a.Key)).OrderBy(a => a.Value.Index).ToArray();
        totals.Holes = holes.Length + gaps.Length;
        totals.MissingNumbers = holes.Sum(h => h.To - h.From + 1) + gaps.Sum(g => g.Range.To - g.Range.From + 1);
        totals.Orphans = orphans.Length;
        totals.Voids = _lives.Values.Sum(l => l.Voids);
        totals.Heartbeats = _lives.Values.Sum(l => l.Heartbeats);
        using var report = folder.Create(EvidencePaths.Completeness);
        report.WriteReport(json =>
        {
            json.WriteString("says", "All records of the period, whatever the filter of this bundle. A number that an edge gave out and that no record has is a hole.");
            json.WriteString("from", LeafFormat.Time(filter.From));
            json.WriteString("to", LeafFormat.Time(filter.To));
            json.WriteNumber("tree_size", size);
            json.WriteNumber("records", _kinds.Values.Sum());
            json.WriteNumber("first_leaf", _first);
            json.WriteNumber("last_leaf", _last);
            json.WriteStartObject("records_by_kind");
            foreach (var (kind, count) in _kinds)
            {
                json.WriteNumber(kind, count);
            }

            json.WriteEndObject();
            json.WriteNumber("refused", _refused);
            json.WriteNumber("numbers_missing", totals.MissingNumbers);
            WriteLives(json);
            json.WriteStartArray("holes");
            foreach (var hole in holes)
            {
                WriteHole(json, hole, null);
            }

            foreach (var (index, range) in gaps)
            {
                WriteHole(json, range, index);
            }

            json.WriteEndArray();
            json.WriteStartArray("orphans");
            foreach (var (call, (index, at)) in orphans)
            {
                json.WriteStartObject();
                json.WriteString("call", call);
                json.WriteNumber("intent_leaf", index);
                json.WriteString("time", LeafFormat.Time(at));
                json.WriteString("says", "allowed, and no outcome is recorded: it may have executed; nothing was recorded as released");
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    private void WriteLives(System.Text.Json.Utf8JsonWriter json)
    {
        json.WriteStartArray("edges");
        foreach (var ((edge, epoch), life) in _lives)
        {
            json.WriteStartObject();
            json.WriteString("edge", edge);
            json.WriteNumber("epoch", epoch);
            json.WriteString("started", LeafFormat.Time(DateTimeOffset.FromUnixTimeMilliseconds(epoch)));
            json.WriteNumber("first_number", life.First);
            json.WriteNumber("last_number", life.Last);
            json.WriteNumber("records", life.Records);
            json.WriteNumber("voids", life.Voids);
            json.WriteNumber("heartbeats", life.Heartbeats);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteHole(System.Text.Json.Utf8JsonWriter json, NumberRange range, long? gapLeaf)
    {
        json.WriteStartObject();
        json.WriteString("edge", range.Edge);
        json.WriteNumber("epoch", range.Epoch);
        json.WriteNumber("from", range.From);
        json.WriteNumber("to", range.To);
        if (gapLeaf is { } leaf)
        {
            json.WriteNumber("recorded_as_gap_at_leaf", leaf);
        }
        else
        {
            json.WriteString("recorded_as_gap", "not at this tree size");
        }

        json.WriteEndObject();
    }

    private Life LifeOf(string edge, long epoch)
    {
        if (!_lives.TryGetValue((edge, epoch), out var life))
        {
            _lives[(edge, epoch)] = life = new Life();
        }

        return life;
    }

    private sealed class Life
    {
        public long First { get; private set; }

        public long Last { get; private set; }

        public long Records { get; private set; }

        public long Voids { get; private set; }

        public long Heartbeats { get; set; }

        public void Arrived(long number, bool isVoid)
        {
            First = First == 0 ? number : Math.Min(First, number);
            Last = Math.Max(Last, number);
            Records++;
            Voids += isVoid ? 1 : 0;
        }
    }
}
