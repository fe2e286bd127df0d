namespace Chaperone.Policy.Limits;

/// <summary>Counts in this process; a restart forgets. For one policy worker, as in the embedded form.</summary>
internal sealed class MemoryLimitStore(TimeProvider time) : ILimitStore
{
    private readonly Lock _lock = new();

    // Both under the lock. When a bucket has drained; who holds a slot, and until when.
    private readonly Dictionary<string, long> _drained = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<Guid, long>> _slots = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public ValueTask<LimitRefusal?> TakeAsync(IReadOnlyList<LimitDemand> demands, Guid callId, TimeSpan slotLifetime, CancellationToken cancellationToken)
    {
        var now = Now();
        lock (_lock)
        {
            foreach (var demand in demands)
            {
                if (Refuse(demand, callId, now) is { } refusal)
                {
                    return ValueTask.FromResult<LimitRefusal?>(refusal);
                }
            }

            foreach (var demand in demands)
            {
                if (demand.Kind == LimitKind.Slots)
                {
                    _slots[demand.Key][callId] = now + (long)slotLifetime.TotalMicroseconds;
                }
                else if (demand.Cost > 0)
                {
                    _drained[demand.Key] = Math.Max(_drained.GetValueOrDefault(demand.Key), now) + demand.Cost;
                }
            }
        }

        return ValueTask.FromResult<LimitRefusal?>(null);
    }

    /// <inheritdoc/>
    public ValueTask SettleAsync(IReadOnlyList<(LimitDemand Demand, long Cost)> used, Guid callId, CancellationToken cancellationToken)
    {
        var now = Now();
        lock (_lock)
        {
            foreach (var (demand, cost) in used)
            {
                if (demand.Kind == LimitKind.Slots)
                {
                    _slots.GetValueOrDefault(demand.Key)?.Remove(callId);
                }
                else if (cost > 0)
                {
                    _drained[demand.Key] = Math.Max(_drained.GetValueOrDefault(demand.Key), now) + cost;
                }
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask SweepAsync(CancellationToken cancellationToken)
    {
        var now = Now();
        lock (_lock)
        {
            _drained.Where(d => d.Value <= now).Select(d => d.Key).ToList().ForEach(k => _drained.Remove(k));
            foreach (var (key, holders) in _slots.ToList())
            {
                Expire(holders, now);
                if (holders.Count == 0)
                {
                    _slots.Remove(key);
                }
            }
        }

        return ValueTask.CompletedTask;
    }

    private LimitRefusal? Refuse(LimitDemand demand, Guid callId, long now)
    {
        if (demand.Kind != LimitKind.Slots)
        {
            var wait = Math.Max(_drained.GetValueOrDefault(demand.Key), now) + demand.Cost - now - demand.Period;
            return wait > 0 || (demand.Cost == 0 && wait == 0) ? new LimitRefusal(demand, TimeSpan.FromMicroseconds(wait)) : null;
        }

        if (!_slots.TryGetValue(demand.Key, out var holders))
        {
            _slots.Add(demand.Key, holders = []);
        }

        Expire(holders, now);
        return holders.Count >= demand.Limit && !holders.ContainsKey(callId) ? new LimitRefusal(demand, TimeSpan.FromSeconds(1)) : null;
    }

    private static void Expire(Dictionary<Guid, long> holders, long now) =>
        holders.Where(h => h.Value <= now).Select(h => h.Key).ToList().ForEach(h => holders.Remove(h));

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds() * 1000;
}
