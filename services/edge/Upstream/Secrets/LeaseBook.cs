using System.Collections.Concurrent;

namespace Chaperone.Edge.Upstream.Secrets;

/// <summary>A <see cref="LeaseKeeper{T}"/> per key, at most <see cref="Most"/>: what is stale goes first, then all of it.</summary>
internal sealed class LeaseBook<T>(TimeProvider time)
    where T : class
{
    /// <summary>Bound of the memory that callers can make the edge use.</summary>
    public const int Most = 10_000;

    private readonly ConcurrentDictionary<string, LeaseKeeper<T>> _keepers = new(StringComparer.Ordinal);

    public int Count => _keepers.Count;

    public LeaseKeeper<T> Get(string key, Func<CancellationToken, Task<Leased<T>>> fetch)
    {
        if (_keepers.TryGetValue(key, out var known))
        {
            return known;
        }

        if (_keepers.Count >= Most)
        {
            foreach (var (stale, _) in _keepers.Where(k => k.Value.IsStale))
            {
                _keepers.TryRemove(stale, out _);
            }

            if (_keepers.Count >= Most)
            {
                _keepers.Clear();
            }
        }

        return _keepers.GetOrAdd(key, _ => new LeaseKeeper<T>(fetch, time));
    }

    /// <summary>The keeper of <paramref name="key"/>; null when there is none.</summary>
    public LeaseKeeper<T>? Find(string key) => _keepers.GetValueOrDefault(key);
}
