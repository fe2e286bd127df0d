using Chaperone.Approval.Cards;
using Microsoft.Extensions.Options;

namespace Chaperone.Approval.Teams;

/// <summary>Where a request's cards go in Teams: the channel of its server, or the one for all.</summary>
internal sealed class TeamsPlaces(IOptions<ApprovalOptions> options) : ICardPlaces
{
    public string Chat => TeamsChat.ChatName;

    public string[] For(ApprovalCase about)
    {
        var bot = options.Value.Teams.Bot;
        return !bot.IsOn ? [] : bot.Servers.TryGetValue(about.Call.Server, out var ofServer) ? [ofServer] : bot.Channel is { } channel ? [channel] : [];
    }
}
