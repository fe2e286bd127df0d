using Chaperone.Bus;
using Chaperone.Contracts;
using Chaperone.Recorder.Sealing;
using Chaperone.Recorder.Search;
using Chaperone.Recorder.Store;
using Microsoft.Extensions.Options;

namespace Chaperone.Recorder.Numbering;

/// <summary>
/// Follows the numbers of every edge through the ledger, and records a gap for each that is missing longer than
/// <see cref="RecorderOptions.GapAfter"/> (invariant 9). Its state is kept beside the search and rebuilt from the ledger; what is
/// already recorded as a gap is never recorded twice. Not for concurrent use.
/// </summary>
internal sealed partial class GapFinder(
    ILedgerStore ledger, ISearchStore search, IRecordKeeper keeper, IOptions<RecorderOptions> options, TimeProvider time, ILogger<GapFinder> logger)
{
    private const string StateName = "numbering";
    private const int Page = 1024;

    private NumberingTracker? _tracker;

    /// <summary>Reads what the ledger has new, and records the gaps that are due; returns how many.</summary>
    public async ValueTask<int> StepAsync(CancellationToken cancellationToken)
    {
        _tracker ??= NumberingTracker.Restore(await search.ReadStateAsync(StateName, cancellationToken));
        var before = _tracker.Position;
        await FollowAsync(_tracker, cancellationToken);
        var due = _tracker.Missing(time.GetUtcNow() - options.Value.GapAfter);
        foreach (var gap in due)
        {
            await keeper.KeepAsync([ToRecord(gap)], cancellationToken);
            _tracker.Recorded(gap);
            RecorderTelemetry.GapFound();
            Log.Gap(logger, gap.Edge, gap.Epoch, gap.From, gap.To);
        }

        if (_tracker.Position != before || due.Count > 0)
        {
            await search.WriteStateAsync(StateName, _tracker.Save(), cancellationToken);
        }

        return due.Count;
    }

    /// <summary>Another process leads: what was followed here may be old when the lead comes back.</summary>
    public void Forget() => _tracker = null;

    private async ValueTask FollowAsync(NumberingTracker tracker, CancellationToken cancellationToken)
    {
        if (tracker.Position > (await ledger.ReadHeadAsync(cancellationToken)).Size)
        {
            _tracker = tracker = new NumberingTracker();
        }

        while (true)
        {
            var leaves = await ledger.ReadLeavesAsync(tracker.Position, Page, cancellationToken);
            if (leaves.Count == 0)
            {
                return;
            }

            foreach (var leaf in leaves)
            {
                var note = (RecordKind)leaf.Kind is RecordKind.Gap or RecordKind.Heartbeat ? await ReadNoteAsync(leaf.Index, cancellationToken) : null;
                NumberingNotes.Follow(tracker, (RecordKind)leaf.Kind, leaf.Edge, leaf.Epoch, leaf.Number, note, time.GetUtcNow());
                tracker.Position = leaf.Index + 1;
            }
        }
    }

    private async ValueTask<string?> ReadNoteAsync(long index, CancellationToken cancellationToken)
    {
        var records = await ledger.ReadRecordsAsync(index, 1, cancellationToken);
        try
        {
            return records is [{ Header: { } header }] ? RecordHeader.Read(header).Note : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Its id comes from the range, so that recorders that notice the same gap at once record it once.</summary>
    private RecordEntry ToRecord(NumberRange gap)
    {
        var note = NumberingNotes.WriteGap(gap);
        return new RecordEntry
        {
            EventId = DerivedId.Of("chaperone/gap/v1", note, gap.Epoch),
            Kind = RecordKind.Gap,
            OccurredAt = time.GetUtcNow(),
            Source = "recorder",
            Note = note,
        };
    }

    private static partial class Log
    {
        [LoggerMessage(6040, LogLevel.Critical, "Edge {Edge} (started {Epoch}) sent numbers {From} to {To}, and no record of them arrived. The gap is recorded.")]
        public static partial void Gap(ILogger logger, string edge, long epoch, long from, long to);
    }
}
