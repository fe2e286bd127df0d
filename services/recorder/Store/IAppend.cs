using Chaperone.Recorder.Sealing;

namespace Chaperone.Recorder.Store;

/// <summary>One append in progress: a transaction that holds the head. Disposing without a commit rolls it back.</summary>
internal interface IAppend : IAsyncDisposable
{
    /// <summary>The head that the append builds on.</summary>
    LedgerHead Head { get; }

    /// <summary>Which of these event ids the ledger already holds.</summary>
    ValueTask<IReadOnlySet<Guid>> FindKnownAsync(IReadOnlyList<Guid> eventIds, CancellationToken cancellationToken);

    /// <summary>Adds <paramref name="records"/> from index <c>Head.Size</c> on, swaps the head for <paramref name="next"/>, and returns once that is on disk.</summary>
    /// <exception cref="HeadMovedException">The head is not the one this append began with; nothing was written.</exception>
    ValueTask CommitAsync(LedgerHead next, IReadOnlyList<SealedRecord> records, CancellationToken cancellationToken);

    /// <summary>Closes the open log and opens <paramref name="log"/> with <paramref name="carryOver"/> as its first leaf, all or nothing, as <see cref="CommitAsync"/> does.</summary>
    /// <param name="next">The head after it: one record more, and a tree of that one.</param>
    /// <param name="carryOver">The record that commits to how the open log was closed.</param>
    /// <param name="log">The new log.</param>
    /// <param name="closed">The open log's last tree, which is <see cref="Head"/>'s, and its signed checkpoint.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="HeadMovedException">The head is not the one this append began with; nothing was written.</exception>
    ValueTask RotateAsync(LedgerHead next, SealedRecord carryOver, YearLog log, ClosedLog closed, CancellationToken cancellationToken);
}
