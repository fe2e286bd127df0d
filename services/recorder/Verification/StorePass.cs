using Chaperone.Contracts;
using Chaperone.Ledger;
using Chaperone.Recorder.Numbering;
using Chaperone.Recorder.Store;

namespace Chaperone.Recorder.Verification;

/// <summary>One pass over the store in order of index: checks each record against its leaf, and builds the tree. Not for concurrent use.</summary>
internal sealed class StorePass(Findings findings, KeyCheck? keys)
{
    private readonly List<(TreeHead Head, string Place)> _expected = [];
    private readonly RecordCheck _check = new(findings);

    public CompactRange Range { get; } = new();

    public NumberingTracker Numbering { get; } = new();

    public int RecordedGaps { get; private set; }

    /// <summary>Records that were shredded.</summary>
    public long Shredded => keys?.Shredded ?? 0;

    /// <summary>Where the pass is, for what cannot be read at all.</summary>
    public string Place { get; private set; } = "store";

    /// <summary>The leaves must have this root when there are so many of them.</summary>
    public void Expect(TreeHead head, string place) => _expected.Add((head, place));

    /// <summary>Checks one record; false where the leaves end too early.</summary>
    public bool Take(StoredRecord record, DateTimeOffset now)
    {
        if (record.Leaf.Index != Range.Size)
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
    public void Missing() => findings.Add($"leaf {Range.Size}", "the store does not have it");

    /// <summary>No leaf is left: checkpoints of larger trees are of records that were taken back.</summary>
    public void Finish()
    {
        keys?.Finish();
        CompareExpected();
        foreach (var (head, place) in _expected.Where(e => e.Head.Size > Range.Size))
        {
            findings.Add(place, $"says {head.Size} records, but the store has only {Range.Size}: records were taken back");
        }

        Place = "store";
    }

    private void CompareExpected()
    {
        foreach (var (head, place) in _expected)
        {
            if (head.Size == Range.Size && head.Root != Range.Root())
            {
                findings.Add(place, $"its root is not that of the first {head.Size} leaves of the store");
            }
        }
    }

    private void CheckLeaf(StoredRecord record, DateTimeOffset now)
    {
        var (facts, header) = _check.Check(record);
        if (facts is not null)
        {
            if (header is not null)
            {
                keys?.Take(record.Leaf.Index, facts.Kind, header);
            }

            RecordedGaps += facts.Kind == RecordKind.Gap ? 1 : 0;
            NumberingNotes.Follow(Numbering, facts.Kind, facts.Edge, facts.Epoch, facts.Number, header?.Note, now);
        }
    }
}
