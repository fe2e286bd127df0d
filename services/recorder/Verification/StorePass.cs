using System.Text;
using Chaperone.Contracts;
using Chaperone.Ledger;
using Chaperone.Recorder.Numbering;
using Chaperone.Recorder.Sealing;
using Chaperone.Recorder.Store;

namespace Chaperone.Recorder.Verification;

/// <summary>One pass over the store in order of index: checks each record against its leaf, and builds the tree of each log. Not for concurrent use.</summary>
internal sealed class StorePass(Findings findings, IReadOnlyList<YearLog> logs, NoteKey key, KeyCheck? keys)
{
    private readonly List<(int Log, TreeHead Head, string Place)> _expected = [];
    private readonly RecordCheck _check = new(findings);

    // The log that the pass is in.
    private YearLog _log = logs[0];

    /// <summary>The tree of the log that the pass is in.</summary>
    public CompactRange Range { get; private set; } = new();

    /// <summary>Records taken, through all logs.</summary>
    public long Size => _log.First + Range.Size;

    public NumberingTracker Numbering { get; } = new();

    public int RecordedGaps { get; private set; }

    /// <summary>Records that were shredded.</summary>
    public long Shredded => keys?.Shredded ?? 0;

    /// <summary>Where the pass is, for what cannot be read at all.</summary>
    public string Place { get; private set; } = "store";

    /// <summary>A log's leaves must have this root when there are so many of them.</summary>
    public void Expect(YearLog log, TreeHead head, string place) => _expected.Add((log.Number, head, place));

    /// <summary>Checks one record; false where the leaves end too early.</summary>
    public bool Take(StoredRecord record, DateTimeOffset now)
    {
        if (_log.Closed is not null && Size == logs[_log.Number + 1].First)
        {
            EndLog();
        }

        if (record.Leaf.Index != Size)
        {
            Missing();
            return false;
        }

        Place = $"leaf {record.Leaf.Index}";
        CheckLeaf(record, now);
        Range.Append(Rfc6962.HashLeaf(record.Leaf.Bytes));
        CompareExpected();
        return true;
    }

    /// <summary>The store lacks the next leaf.</summary>
    public void Missing() => findings.Add($"leaf {Size}", "the store does not have it");

    /// <summary>No leaf is left: checkpoints of larger trees are of records that were taken back.</summary>
    public void Finish()
    {
        keys?.Finish();
        EndExpected();
        Place = "store";
    }

    /// <summary>What the log that ends here was closed with must be its tree, signed; the next begins.</summary>
    private void EndLog()
    {
        EndExpected();
        var closed = _log.Closed!;
        var origin = _log.OriginIn(key.Name);
        var fault = Checkpoint.TryOpen(Encoding.UTF8.GetBytes(closed.Note), [key.Named(origin)], out var checkpoint);
        if (fault != NoteFault.None || checkpoint!.Origin != origin)
        {
            findings.Add($"log {origin}", $"the checkpoint it was closed with is not one that {key.Named(origin)} signed ({fault})");
        }
        else if (checkpoint.Head != closed.Head || closed.Head != Range.Head)
        {
            findings.Add($"log {origin}", $"it was closed with another tree than that of its {Range.Size} leaves");
        }

        _log = logs[_log.Number + 1];
        Range = new CompactRange();
    }

    private void EndExpected()
    {
        CompareExpected();
        foreach (var (_, head, place) in _expected.Where(e => e.Log == _log.Number && e.Head.Size > Range.Size))
        {
            findings.Add(place, $"says {head.Size} records, but the store has only {Range.Size}: records were taken back");
        }
    }

    private void CompareExpected()
    {
        foreach (var (log, head, place) in _expected)
        {
            if (log == _log.Number && head.Size == Range.Size && head.Root != Range.Root())
            {
                findings.Add(place, $"its root is not that of the first {head.Size} leaves of {(log == 0 ? "the store" : _log.OriginIn(key.Name))}");
            }
        }
    }

    /// <summary>The first leaf of a later log, and no other, commits to how the log before it was closed.</summary>
    private void CheckCarryOver(long index, LeafFacts facts)
    {
        var before = Range.Size == 0 && _log.Number > 0 ? logs[_log.Number - 1] : null;
        var expected = before is null ? null : CarryOver.Of(before.OriginIn(key.Name), before.Closed!.Head, before.Closed.Note);
        if (facts.Carried != expected)
        {
            findings.Add($"leaf {index}", expected is null
                ? "it carries over a log, and is not the first leaf of one"
                : $"it does not carry over how {before!.OriginIn(key.Name)} was closed");
        }
    }

    private void CheckLeaf(StoredRecord record, DateTimeOffset now)
    {
        var (facts, header) = _check.Check(record);
        if (facts is not null)
        {
            CheckCarryOver(record.Leaf.Index, facts);
            if (header is not null)
            {
                keys?.Take(record.Leaf.Index, facts.Kind, header);
            }

            RecordedGaps += facts.Kind == RecordKind.Gap ? 1 : 0;
            NumberingNotes.Follow(Numbering, facts.Kind, facts.Edge, facts.Epoch, facts.Number, header?.Note, now);
        }
    }
}
