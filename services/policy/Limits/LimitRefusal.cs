namespace Chaperone.Policy.Limits;

/// <summary>A limit that is reached.</summary>
/// <param name="Demand">What was asked of it.</param>
/// <param name="RetryAfter">When there is room again, as far as can be told.</param>
internal sealed record LimitRefusal(LimitDemand Demand, TimeSpan RetryAfter)
{
    /// <summary>One sentence for the caller.</summary>
    public string Words => Demand.Kind switch
    {
        LimitKind.Calls => $"The limit of {Demand.Limit} calls a minute is reached; try again in {Seconds} s.",
        LimitKind.Rows => $"The limit of {Demand.Limit} rows an hour is reached; try again in {Seconds} s.",
        LimitKind.Bytes => $"The limit of {Demand.Limit} bytes an hour is reached; try again in {Seconds} s.",
        _ => $"The limit of {Demand.Limit} calls at once is reached; try again when one has ended.",
    };

    /// <summary>Whole seconds, 1 or more.</summary>
    public int Seconds => (int)Math.Clamp(Math.Ceiling(RetryAfter.TotalSeconds), 1, int.MaxValue);
}
