namespace Chaperone.Policy.Limits;

/// <summary>
/// Counts what limits allow. Each limit is a bucket that drains evenly: full after a whole period's worth, and what was taken
/// beyond has to drain first. A take is all or nothing, also between processes that share the store. Thread-safe.
/// </summary>
internal interface ILimitStore
{
    /// <summary>Takes what <paramref name="demands"/> ask for; null when it was taken, else the limit that refused it, and nothing was. Slots are the call's until it settles, or for <paramref name="slotLifetime"/>.</summary>
    /// <exception cref="LimitsUnavailableException">The store cannot be reached: nothing may pass.</exception>
    ValueTask<LimitRefusal?> TakeAsync(IReadOnlyList<LimitDemand> demands, Guid callId, TimeSpan slotLifetime, CancellationToken cancellationToken);

    /// <summary>Adds what came back (demand and cost in microseconds), and gives back slots (cost 0).</summary>
    /// <exception cref="LimitsUnavailableException">The store cannot be reached.</exception>
    ValueTask SettleAsync(IReadOnlyList<(LimitDemand Demand, long Cost)> used, Guid callId, CancellationToken cancellationToken);

    /// <summary>Forgets what has drained.</summary>
    /// <exception cref="LimitsUnavailableException">The store cannot be reached.</exception>
    ValueTask SweepAsync(CancellationToken cancellationToken);
}
