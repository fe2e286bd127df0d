using Chaperone.Approval.Cards;
using Chaperone.Approval.Notices;
using Chaperone.Approval.Store;
using Microsoft.Extensions.Options;

namespace Chaperone.Approval.Slack;

/// <summary>Slack as a place for cards.</summary>
internal sealed class SlackChat(SlackApi api, SlackSearch search, IOptions<ApprovalOptions> options) : ICardChat
{
    public const string ChatName = "slack";

    // Slack's words for a card that somebody deleted or that may not be changed any more.
    private static readonly string[] Gone = ["message_not_found", "cant_update_message", "edit_window_closed", "channel_not_found", "is_archived"];

    public string Name => ChatName;

    public async Task<string> ChannelAsync(string place, CancellationToken cancellationToken) =>
        place[0] is 'U' or 'W' ? await api.DirectChannelAsync(place, cancellationToken) : place;

    public Task<string?> FindAsync(string channel, ShownCase shown, CancellationToken cancellationToken) => search.FindAsync(channel, shown.Case, cancellationToken);

    public async Task<(string Channel, string Message)> PostAsync(string channel, ShownCase shown, DateTimeOffset now, CancellationToken cancellationToken) =>
        (channel, await api.PostAsync(channel, Message(shown, now), cancellationToken));

    public async Task UpdateAsync(string channel, string message, ShownCase shown, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            await api.UpdateAsync(channel, message, Message(shown, now), cancellationToken);
        }
        catch (SlackRefusedException e) when (Gone.Contains(e.Error, StringComparer.Ordinal))
        {
            throw new CardGoneException(e.Error, e);
        }
    }

    public bool IsRefusal(Exception failure) => failure is SlackRefusedException;

    private System.Text.Json.Nodes.JsonObject Message(ShownCase shown, DateTimeOffset now) =>
        SlackCard.Of(shown, NoticeCard.LinkTo(shown.Case.Id, options.Value.ConsoleUrl), options.Value.Slack.ShowArguments, now);
}
