namespace Chaperone.Recorder.Store;

/// <summary>
/// Where the ledger lives. Leaves and records are only ever added; what <see cref="IAppend.CommitAsync"/> returned from
/// survives a power cut. Reads never block appends and may run beside them.
/// </summary>
internal interface ILedgerStore : IAsyncDisposable
{
    /// <summary>Names the store in messages: a path, or host and database; never a password.</summary>
    string Name { get; }

    /// <summary>Creates the schema, or migrates it forward; may be called again after it failed.</summary>
    /// <exception cref="InvalidDataException">The store was written by a newer version.</exception>
    ValueTask OpenAsync(CancellationToken cancellationToken);

    /// <summary>Begins to append: from here to the end of the result nobody else can move the head.</summary>
    ValueTask<IAppend> BeginAppendAsync(CancellationToken cancellationToken);

    /// <summary>The head as committed.</summary>
    ValueTask<LedgerHead> ReadHeadAsync(CancellationToken cancellationToken);

    /// <summary>The logs that the ledger is made of, oldest first, at least one.</summary>
    /// <exception cref="InvalidDataException">They contradict each other.</exception>
    ValueTask<IReadOnlyList<YearLog>> ReadLogsAsync(CancellationToken cancellationToken);

    /// <summary>Writes down which log is the first, unless that was done before.</summary>
    ValueTask WriteFirstLogAsync(YearLog log, CancellationToken cancellationToken);

    /// <summary>Largest index of a leaf, counted by the head or not; -1 if there is none.</summary>
    ValueTask<long> ReadLastIndexAsync(CancellationToken cancellationToken);

    /// <summary>Leaves from <paramref name="from"/> on in order of index, at most <paramref name="limit"/>.</summary>
    ValueTask<IReadOnlyList<StoredLeaf>> ReadLeavesAsync(long from, int limit, CancellationToken cancellationToken);

    /// <summary>Leaves with their records from <paramref name="from"/> on, at most <paramref name="limit"/>.</summary>
    ValueTask<IReadOnlyList<StoredRecord>> ReadRecordsAsync(long from, int limit, CancellationToken cancellationToken);

    /// <summary>Records of one session from an index on, at most <paramref name="limit"/>.</summary>
    ValueTask<IReadOnlyList<StoredRecord>> ReadSessionAsync(Guid sessionId, long from, int limit, CancellationToken cancellationToken);

    /// <summary>The last published checkpoint; null before the first.</summary>
    ValueTask<PublishedCheckpoint?> ReadCheckpointAsync(CancellationToken cancellationToken);

    /// <summary>Remembers a published checkpoint unless a larger one is there.</summary>
    ValueTask WriteCheckpointAsync(PublishedCheckpoint checkpoint, CancellationToken cancellationToken);

    /// <summary>The database's own check of its pages, and that no record is without its leaf; null when it finds nothing, else what it found first.</summary>
    ValueTask<string?> CheckPagesAsync(CancellationToken cancellationToken);
}
