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
}
