using Chaperone.Policy.Documents;

namespace Chaperone.Policy.Counting;

/// <summary>Counts in this process; a restart forgets. For one policy worker, as in the embedded form.</summary>
internal sealed class MemoryCounterStore(TimeProvider time) : ICounterStore
{
    private readonly Lock _lock = new();

    // Under the lock: when each item of a key was counted last, and whether only the call under way has counted it.
    private readonly Dictionary<string, Dictionary<string, Mark>> _items = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<long>> CountAsync(IReadOnlyList<CounterEvent> events, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            foreach (var @event in events.Where(e => e.Adds))
            {
                Add(@event, now);
            }

            return ValueTask.FromResult<IReadOnlyList<long>>([.. events.Select(e => CountOf(e, now))]);
        }
    }

    /// <inheritdoc/>
    public ValueTask TakeBackAsync(IReadOnlyList<CounterEvent> events, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            foreach (var @event in events.Where(e => e.Adds))
            {
                if (_items.TryGetValue(@event.Key, out var items))
                {
                    foreach (var item in @event.Items)
                    {
                        TakeBack(items, item);
                    }
                }
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask SweepAsync(CancellationToken cancellationToken)
    {
        var oldest = time.GetUtcNow() - CounterTerms.Longest;
        lock (_lock)
        {
            foreach (var (key, items) in _items.ToList())
            {
                items.Where(i => i.Value.At <= oldest).Select(i => i.Key).ToList().ForEach(i => items.Remove(i));
                if (items.Count == 0)
                {
                    _items.Remove(key);
                }
            }
        }

        return ValueTask.CompletedTask;
    }

    private void Add(CounterEvent @event, DateTimeOffset now)
    {
        if (!_items.TryGetValue(@event.Key, out var items))
        {
            _items.Add(@event.Key, items = new(StringComparer.Ordinal));
        }

        foreach (var item in @event.Items)
        {
            items[item] = items.TryGetValue(item, out var before) ? new Mark(now, before.At) : new Mark(now, null);
        }

        // More than so many make no difference to any rule: the oldest go, so that nobody can fill the memory.
        for (var most = CounterDesk.MostItems; items.Count > most;)
        {
            items.Remove(items.MinBy(i => i.Value.At).Key);
        }
    }

    private long CountOf(CounterEvent @event, DateTimeOffset now)
    {
        var known = _items.GetValueOrDefault(@event.Key);
        var counted = known?.Count(i => i.Value.At > now - @event.Within) ?? 0;
        return @event.Adds ? counted : counted + @event.Items.Count(i => known is null || !known.TryGetValue(i, out var mark) || mark.At <= now - @event.Within);
    }

    private static void TakeBack(Dictionary<string, Mark> items, string item)
    {
        if (items.TryGetValue(item, out var mark))
        {
            if (mark.Before is { } before)
            {
                items[item] = new Mark(before, null);
            }
            else
            {
                items.Remove(item);
            }
        }
    }

    /// <summary>When an item was counted last, and when before that.</summary>
    private readonly record struct Mark(DateTimeOffset At, DateTimeOffset? Before);
}
