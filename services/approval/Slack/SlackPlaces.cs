using Microsoft.Extensions.Options;

namespace Chaperone.Approval.Slack;

/// <summary>Where a request's cards go: one channel, and the people on call.</summary>
internal sealed class SlackPlaces(IOptions<ApprovalOptions> options)
{
    /// <summary>Channel and user ids, each once; none while Slack is off.</summary>
    public string[] For(ApprovalCase about)
    {
        var slack = options.Value.Slack;
        if (!slack.IsOn || slack.Channel is not { } channel)
        {
            return [];
        }

        if (slack.Servers.TryGetValue(about.Call.Server, out var ofServer))
        {
            channel = ofServer;
        }
        else if (slack.Roles.TryGetValue(about.Requirement.Role, out var ofRole))
        {
            channel = ofRole;
        }

        return [channel, .. slack.OnCall.Distinct(StringComparer.Ordinal)];
    }
}
