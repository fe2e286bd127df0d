namespace Chaperone.Approval.Slack;

/// <summary>Slack asked to wait (429): the method is not called again before <see cref="RetryAfter"/> is over.</summary>
internal sealed class SlackBusyException(string method, TimeSpan retryAfter) : Exception($"Slack's {method} may be called again in {retryAfter}.")
{
    public TimeSpan RetryAfter { get; } = retryAfter;
}
