using System.Text;
using Chaperone.Bus;
using Chaperone.Contracts;
using Chaperone.Recorder.Sealing;

namespace Chaperone.Recorder.Elastic;

/// <summary>Walks through all blocks once in a while, a few at a time so that new records need not wait, and records what it found. Owned by one loop.</summary>
internal sealed partial class ReconciliationRounds(
    ElasticStreams streams, ElasticReconciler reconciler, IRecordKeeper keeper, TimeSpan every, TimeProvider time, ILogger<ReconciliationRounds> logger)
{
    private const int BlocksAtOnce = 20;

    private long _startedAt;
    private bool _begun;
    private long? _at;
    private Reconciliation _found = Reconciliation.Clean;

    /// <summary>What the last whole round found; null before the first.</summary>
    public Reconciliation? Last { get; private set; }

    /// <summary>Looks at some blocks if a round is due or under way.</summary>
    public async ValueTask StepAsync(ElasticMark mark, CancellationToken cancellationToken)
    {
        if (_at is null)
        {
            if (_begun && time.GetElapsedTime(_startedAt) < every)
            {
                return;
            }

            (_begun, _startedAt, _found) = (true, time.GetTimestamp(), Reconciliation.Clean);
            await streams.RefreshAsync(cancellationToken);
            await reconciler.RecheckAsync(cancellationToken);
            _found += await reconciler.LookBeyondAsync(mark, cancellationToken);
            _at = 0;
        }

        for (var i = 0; i < BlocksAtOnce && _at < mark.Next; i++)
        {
            (mark, var next, var found) = await reconciler.StepAsync(mark, _at.Value, cancellationToken);
            _at = next;
            _found += found;
        }

        if (_at >= mark.Next)
        {
            await EndAsync(mark.Next, cancellationToken);
        }
    }

    private async ValueTask EndAsync(long records, CancellationToken cancellationToken)
    {
        _at = null;
        Last = _found;
        if (_found == Reconciliation.Clean)
        {
            Log.Clean(logger, records);
            return;
        }

        Log.Found(logger, records, _found.Missing, _found.Doubled, _found.Foreign);
        var note = new CanonicalJson().BeginObject()
            .Member("doubled", _found.Doubled).Member("foreign", _found.Foreign).Member("missing", _found.Missing)
            .Member("reconciled", "elasticsearch").Member("records", records)
            .EndObject().ToArray();
        await keeper.KeepAsync(
            [
                new RecordEntry
                {
                    EventId = Guid.CreateVersion7(time.GetUtcNow()),
                    Kind = RecordKind.Review,
                    OccurredAt = time.GetUtcNow(),
                    Source = "recorder",
                    Note = Encoding.UTF8.GetString(note),
                },
            ],
            cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(6065, LogLevel.Information, "Elasticsearch has exactly the {Records} records of the ledger.")]
        public static partial void Clean(ILogger logger, long records);

        [LoggerMessage(6066, LogLevel.Warning, "Elasticsearch was counted against {Records} records: {Missing} documents were missing and are sent again, {Doubled} are doubled, {Foreign} records have foreign ones.")]
        public static partial void Found(ILogger logger, long records, int missing, int doubled, int foreign);
    }
}
