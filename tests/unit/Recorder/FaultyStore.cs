using Chaperone.Recorder.Sealing;
using Chaperone.Recorder.Store;

namespace Chaperone.Recorder.Tests;

/// <summary>A real store that fails where it is told to, once for each word.</summary>
internal sealed class FaultyStore(ILedgerStore inner) : ILedgerStore
{
    /// <summary>Thrown instead of committing: nothing is written.</summary>
    public Exception? BeforeCommit { get; set; }

    /// <summary>Thrown after committing: everything is written, and nobody is told.</summary>
    public Exception? AfterCommit { get; set; }

    public ILedgerStore Inner => inner;

    public string Name => inner.Name;

    public ValueTask OpenAsync(CancellationToken cancellationToken) => inner.OpenAsync(cancellationToken);

    public async ValueTask<IAppend> BeginAppendAsync(CancellationToken cancellationToken) => new FaultyAppend(this, await inner.BeginAppendAsync(cancellationToken));

    public ValueTask<LedgerHead> ReadHeadAsync(CancellationToken cancellationToken) => inner.ReadHeadAsync(cancellationToken);

    public ValueTask<IReadOnlyList<YearLog>> ReadLogsAsync(CancellationToken cancellationToken) => inner.ReadLogsAsync(cancellationToken);

    public ValueTask WriteFirstLogAsync(YearLog log, CancellationToken cancellationToken) => inner.WriteFirstLogAsync(log, cancellationToken);

    public ValueTask<long> ReadLastIndexAsync(CancellationToken cancellationToken) => inner.ReadLastIndexAsync(cancellationToken);

    public ValueTask<IReadOnlyList<StoredLeaf>> ReadLeavesAsync(long from, int limit, CancellationToken cancellationToken) => inner.ReadLeavesAsync(from, limit, cancellationToken);

    public ValueTask<IReadOnlyList<StoredRecord>> ReadRecordsAsync(long from, int limit, CancellationToken cancellationToken) => inner.ReadRecordsAsync(from, limit, cancellationToken);

    public ValueTask<IReadOnlyList<StoredRecord>> ReadSessionAsync(Guid sessionId, long from, int limit, CancellationToken cancellationToken) =>
        inner.ReadSessionAsync(sessionId, from, limit, cancellationToken);

    public ValueTask<PublishedCheckpoint?> ReadCheckpointAsync(CancellationToken cancellationToken) => inner.ReadCheckpointAsync(cancellationToken);

    public ValueTask WriteCheckpointAsync(PublishedCheckpoint checkpoint, CancellationToken cancellationToken) => inner.WriteCheckpointAsync(checkpoint, cancellationToken);

    public ValueTask<string?> CheckPagesAsync(CancellationToken cancellationToken) => inner.CheckPagesAsync(cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private sealed class FaultyAppend(FaultyStore store, IAppend inner) : IAppend
    {
        public LedgerHead Head => inner.Head;

        public ValueTask<IReadOnlySet<Guid>> FindKnownAsync(IReadOnlyList<Guid> eventIds, CancellationToken cancellationToken) => inner.FindKnownAsync(eventIds, cancellationToken);

        public ValueTask CommitAsync(LedgerHead next, IReadOnlyList<SealedRecord> records, CancellationToken cancellationToken) =>
            FailingAsync(() => inner.CommitAsync(next, records, cancellationToken));

        public ValueTask RotateAsync(LedgerHead next, SealedRecord carryOver, YearLog log, ClosedLog closed, CancellationToken cancellationToken) =>
            FailingAsync(() => inner.RotateAsync(next, carryOver, log, closed, cancellationToken));

        public ValueTask DisposeAsync() => inner.DisposeAsync();

        private async ValueTask FailingAsync(Func<ValueTask> commit)
        {
            if (store.BeforeCommit is { } before)
            {
                store.BeforeCommit = null;
                throw before;
            }

            await commit();
            if (store.AfterCommit is { } after)
            {
                store.AfterCommit = null;
                throw after;
            }
        }
    }
}
