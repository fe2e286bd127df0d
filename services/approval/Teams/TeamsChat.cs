using System.Net;
using Chaperone.Approval.Cards;
using Chaperone.Approval.Notices;
using Chaperone.Approval.Store;
using Microsoft.Extensions.Options;

namespace Chaperone.Approval.Teams;

/// <summary>Teams as a place for cards, by the bot. Teams lets no bot look for what it posted: after a worker died in the middle of posting there may be a second card, which shows how things stand as soon as it is looked at.</summary>
internal sealed class TeamsChat(BotConnector connector, IOptions<ApprovalOptions> options) : ICardChat
{
    public const string ChatName = "teams";

    public string Name => ChatName;

    public Task<string> ChannelAsync(string place, CancellationToken cancellationToken) => Task.FromResult(place);

    public Task<string?> FindAsync(string channel, ShownCase shown, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    public Task<(string Channel, string Message)> PostAsync(string channel, ShownCase shown, DateTimeOffset now, CancellationToken cancellationToken) =>
        connector.PostAsync(channel, Card(shown, now), cancellationToken);

    public async Task UpdateAsync(string channel, string message, ShownCase shown, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            await connector.UpdateAsync(channel, message, Card(shown, now), cancellationToken);
        }
        catch (BotRefusedException e) when (e.Status is HttpStatusCode.NotFound or HttpStatusCode.Forbidden)
        {
            throw new CardGoneException($"{(int)e.Status}", e);
        }
    }

    public bool IsRefusal(Exception failure) => failure is BotRefusedException;

    /// <summary>Whether the card shows all that would run, and so offers a yes.</summary>
    public bool OffersYes(ShownCase shown) => options.Value.Teams.Bot.ShowArguments
        && ShownArguments.Text(shown.Case.Decision, shown.MaskedRequest, BotCard.LongestArguments) is not null;

    /// <summary>The card as it is now.</summary>
    public System.Text.Json.Nodes.JsonObject Card(ShownCase shown, DateTimeOffset now) =>
        BotCard.Of(shown, NoticeCard.LinkTo(shown.Case.Id, options.Value.ConsoleUrl), options.Value.Teams.Bot.ShowArguments, now);
}
