namespace Chaperone.Approval.Notices;

/// <summary>A channel asked to wait (429): it is not called again before <see cref="RetryAfter"/> is over.</summary>
internal sealed class BusyException(string channel, TimeSpan retryAfter) : Exception($"{channel} may be called again in {retryAfter}.")
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    public TimeSpan RetryAfter { get; } = retryAfter;

    /// <summary>The wait that a 429 asks for: a second where it names none, an hour at most.</summary>
    public static TimeSpan WaitOf(HttpResponseMessage response) =>
        response.Headers.RetryAfter?.Delta is not { } asked || asked <= TimeSpan.Zero ? TimeSpan.FromSeconds(1)
        : asked < LongestWait ? asked
        : LongestWait;
}
