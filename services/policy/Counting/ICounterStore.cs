using Chaperone.Policy.Limits;

namespace Chaperone.Policy.Counting;

/// <summary>Counts what happened in sessions. Items that are counted again count once, from the last time on. Thread-safe.</summary>
internal interface ICounterStore
{
    /// <summary>
    /// Counts the items of <paramref name="events"/> that add, and says for each event how many items of its key there are now
    /// within its time, its own included. Who counts at the same time is counted by both, or by the later: never by neither.
    /// </summary>
    /// <exception cref="LimitsUnavailableException">The store cannot be reached.</exception>
    ValueTask<IReadOnlyList<long>> CountAsync(IReadOnlyList<CounterEvent> events, CancellationToken cancellationToken);

    /// <summary>Takes back items that a refused call had counted; those that were there before it stay.</summary>
    /// <exception cref="LimitsUnavailableException">The store cannot be reached.</exception>
    ValueTask TakeBackAsync(IReadOnlyList<CounterEvent> events, CancellationToken cancellationToken);

    /// <summary>Forgets what is older than any counter looks.</summary>
    /// <exception cref="LimitsUnavailableException">The store cannot be reached.</exception>
    ValueTask SweepAsync(CancellationToken cancellationToken);
}
