namespace Chaperone.Approval.Slack;

/// <summary>Slack understood and said no.</summary>
internal sealed class SlackRefusedException(string method, string error) : Exception($"Slack's {method} answered '{error}'.")
{
    /// <summary>Slack's word for it, e.g. <c>channel_not_found</c>.</summary>
    public string Error { get; } = error;
}
