using System.Diagnostics;
using System.Threading.Channels;
using Chaperone.Ledger;
using Chaperone.Recorder.Sealing;
using Chaperone.Recorder.Search;
using Chaperone.Recorder.Store;

namespace Chaperone.Recorder.Sequencing;

/// <summary>
/// Gives each record its place in the ledger. One loop drains what waits (up to <see cref="LargestBatch"/> records) into
/// one transaction: drop known event ids, add leaves and objects, swap the tree head, commit. Callers return after the
/// commit, never before. A failed commit fails its callers and the loop goes on, so it recovers when the cause goes.
/// </summary>
/// <remarks>
/// Crash windows: before the commit nothing is assigned and the records are delivered again; after the commit and before
/// the caller's return they are delivered again and dropped by event id. Tiles and checkpoints are derived later.
/// </remarks>
internal sealed partial class Sequencer(
    ILedgerStore store, LedgerOpening opening, RecorderHealth health, LedgerGrowth growth, RecentRecords recent, LogRotation rotation, TimeProvider time, ILogger<Sequencer> logger)
    : BackgroundService
{
    public const int LargestBatch = 256;

    private const int MostWaiting = 8192;
    private const int MostAttempts = 5;
    private static readonly TimeSpan ProbeEvery = TimeSpan.FromSeconds(1);

    private readonly Channel<Waiting> _waiting = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    // Owned by the loop: the largest head this process saw, to notice a store that was swapped under it.
    private LedgerHead? _seen;
    private bool _failing;

    private sealed record Waiting(IReadOnlyList<SealedRecord> Records, TaskCompletionSource Kept);

    /// <summary>Returns when all <paramref name="records"/> are committed, now or earlier.</summary>
    /// <exception cref="RecordsNotKeptException">They were not, or it is not known.</exception>
    public async ValueTask AppendAsync(IReadOnlyList<SealedRecord> records, CancellationToken cancellationToken)
    {
        if (health.Refusal is { } refusal)
        {
            throw new RecordsNotKeptException(refusal);
        }

        var waiting = new Waiting(records, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        try
        {
            await _waiting.Writer.WriteAsync(waiting, cancellationToken);
        }
        catch (ChannelClosedException e)
        {
            throw new RecordsNotKeptException("The recorder is stopping.", e);
        }

        await waiting.Kept.Task.WaitAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The loop blocks in fsync: it must not run on the thread that starts the host.
        await Task.Yield();
        try
        {
            do
            {
                await TryAppendAsync(Drain(), stoppingToken);
            }
            while (await MoreOrProbeAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        finally
        {
            _waiting.Writer.TryComplete();
            while (_waiting.Reader.TryRead(out var left))
            {
                left.Kept.TrySetException(new RecordsNotKeptException("The recorder is stopping."));
            }
        }
    }

    /// <summary>Waits for records; while the store is not well, at most until the next probe, so that readiness comes back without traffic.</summary>
    private async Task<bool> MoreOrProbeAsync(CancellationToken cancellationToken)
    {
        if (!_failing)
        {
            return await _waiting.Reader.WaitToReadAsync(cancellationToken);
        }

        using var probe = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var more = _waiting.Reader.WaitToReadAsync(probe.Token).AsTask();
        var first = await Task.WhenAny(more, Task.Delay(ProbeEvery, time, probe.Token));
        await probe.CancelAsync();
        return first != more || await more;
    }

    private List<Waiting> Drain()
    {
        var batch = new List<Waiting>();
        var records = 0;
        while (records < LargestBatch && _waiting.Reader.TryRead(out var waiting))
        {
            batch.Add(waiting);
            records += waiting.Records.Count;
        }

        return batch;
    }

    private async Task TryAppendAsync(List<Waiting> batch, CancellationToken cancellationToken)
    {
        try
        {
            await opening.EnsureOpenAsync(cancellationToken);
            await rotation.TurnAsync(cancellationToken);
            var started = Stopwatch.GetTimestamp();
            var head = await AppendWithRetryAsync([.. batch.SelectMany(w => w.Records)], cancellationToken);
            RecorderTelemetry.Committed(batch.Sum(w => w.Records.Count), Stopwatch.GetElapsedTime(started));
            growth.Grew(head.Size);
            batch.ForEach(w => w.Kept.TrySetResult());
            health.Set(RecorderHealth.StorePart, null);
            if (_failing)
            {
                _failing = false;
                Log.Recovered(logger, store.Name);
            }
        }

        // Whatever kept the commit from being known must reach every caller, and must not end the loop.
        catch (Exception e)
        {
            var sentence = health.Refusal ?? $"Records cannot be kept: the ledger store {store.Name} does not commit ({Cause(e)}). Nothing is served until it does.";
            if (health.Set(RecorderHealth.StorePart, sentence) || !_failing)
            {
                Log.NotKept(logger, e, store.Name);
            }

            _failing = true;

            batch.ForEach(w => w.Kept.TrySetException(new RecordsNotKeptException(sentence, e)));
            if (e is OperationCanceledException && cancellationToken.IsCancellationRequested)
            {
                throw;
            }
        }
    }

    private async Task<LedgerHead> AppendWithRetryAsync(List<SealedRecord> records, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await AppendOnceAsync(records, cancellationToken);
            }
            catch (HeadMovedException) when (attempt < MostAttempts)
            {
                Log.HeadMoved(logger, attempt);
            }
        }
    }

    private async Task<LedgerHead> AppendOnceAsync(List<SealedRecord> records, CancellationToken cancellationToken)
    {
        await using var append = await store.BeginAppendAsync(cancellationToken);
        var range = Continue(append.Head);
        var fresh = await DropKnownAsync(append, records, cancellationToken);
        foreach (var record in fresh)
        {
            range.Append(record.LeafHash);
        }

        // An empty commit is what a probe does: it shows that the store takes writes.
        var next = append.Head with { Size = append.Head.Size + fresh.Count, Root = range.Root(), Range = range.ToBytes() };
        if (fresh.Count > 0 || records.Count == 0)
        {
            await append.CommitAsync(next, fresh, cancellationToken);
            recent.Add(append.Head.Size, fresh);
        }

        return _seen = next;
    }

    /// <summary>The compact range of the head, once it is shown to be of the tree this process knows.</summary>
    private CompactRange Continue(LedgerHead head)
    {
        var range = CompactRange.FromBytes(head.Range);
        if (range.Head != head.Tree)
        {
            throw Refused($"The tree head of {store.Name} contradicts itself: its hashes do not give its root. Run 'chaperone verify', and restore the store.");
        }

        if (_seen is { } seen && (head.Size < seen.Size || (head.Size == seen.Size && head.Root != seen.Root)))
        {
            throw Refused($"{store.Name} was replaced under the running recorder: it held {seen.Size} records and now holds {head.Size}. Restore the newer store, and restart.");
        }

        return range;
    }

    private RecordsNotKeptException Refused(string sentence)
    {
        health.Refuse(sentence);
        Log.Refused(logger, sentence);
        return new RecordsNotKeptException(sentence);
    }

    private static async Task<List<SealedRecord>> DropKnownAsync(IAppend append, List<SealedRecord> records, CancellationToken cancellationToken)
    {
        var known = records.Count == 0
            ? new HashSet<Guid>()
            : await append.FindKnownAsync([.. records.Select(r => r.EventId)], cancellationToken);
        var taken = new HashSet<Guid>(known);
        return records.FindAll(r => taken.Add(r.EventId));
    }

    private static string Cause(Exception e) => e is RecordsNotKeptException ? e.Message : $"{e.GetType().Name}: {e.Message}";

    private static partial class Log
    {
        [LoggerMessage(6000, LogLevel.Critical, "Records cannot be kept: the ledger store {Store} does not commit.")]
        public static partial void NotKept(ILogger logger, Exception exception, string store);

        [LoggerMessage(6001, LogLevel.Warning, "The ledger store {Store} commits again.")]
        public static partial void Recovered(ILogger logger, string store);

        [LoggerMessage(6002, LogLevel.Warning, "Another recorder moved the tree head; attempt {Attempt} begins again.")]
        public static partial void HeadMoved(ILogger logger, int attempt);

        [LoggerMessage(6003, LogLevel.Critical, "{Sentence}")]
        public static partial void Refused(ILogger logger, string sentence);
    }
}
