namespace Chaperone.Policy.Limits;

/// <summary>What a call needs of one limit.</summary>
/// <param name="Terms">Name of the limit.</param>
/// <param name="Kind">What is counted.</param>
/// <param name="Key">For whom and what; names nobody.</param>
/// <param name="Limit">How much fits in the period; for slots how many.</param>
internal sealed record LimitDemand(string Terms, LimitKind Kind, string Key, long Limit)
{
    private const long MicrosecondsPerSecond = 1_000_000;

    /// <summary>Length of the period in microseconds.</summary>
    public long Period => Kind == LimitKind.Calls ? 60 * MicrosecondsPerSecond : 3600 * MicrosecondsPerSecond;

    /// <summary>How much of the period one call takes before it is made, in microseconds; 0 where only its answer counts.</summary>
    public long Cost => Kind == LimitKind.Calls ? Math.Max(1, Period / Limit) : 0;

    /// <summary>How much of the period <paramref name="amount"/> takes, in microseconds.</summary>
    public long CostOf(long amount) => (long)Math.Min(long.MaxValue / 4, (decimal)amount * Period / Limit);
}
