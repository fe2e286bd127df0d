using Chaperone.Approval.Cards;
using Microsoft.Extensions.Options;

namespace Chaperone.Approval.Slack;

/// <summary>Where a request's cards go: the channel of its server, or of its roles, or the one for all; and the people on call.</summary>
internal sealed class SlackPlaces(IOptions<ApprovalOptions> options) : ICardPlaces
{
    public string Chat => SlackChat.ChatName;

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
        else if (about.Requirement.AllSeats().Where(s => slack.Roles.ContainsKey(s.Role)).Select(s => slack.Roles[s.Role]).ToArray() is { Length: > 0 } ofRoles)
        {
            return [.. ofRoles.Concat(slack.OnCall).Distinct(StringComparer.Ordinal)];
        }

        return [channel, .. slack.OnCall.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Channels of the roles that are asked as well by now.</summary>
    public string[] ForEscalation(string? roles)
    {
        var slack = options.Value.Slack;
        return slack.IsOn && roles is not null
            ? [.. roles.Split(", ").Where(slack.Roles.ContainsKey).Select(r => slack.Roles[r]).Distinct(StringComparer.Ordinal)]
            : [];
    }
}
