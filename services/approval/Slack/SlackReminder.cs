using System.Text.Json.Nodes;
using Chaperone.Approval.Notices;
using Chaperone.Approval.Store;

namespace Chaperone.Approval.Slack;

/// <summary>Says below a request's cards that an answer is still wanted, and brings an escalated request to the channels of the roles that are asked as well.</summary>
internal sealed class SlackReminder(SlackApi api, CardStore cards, SlackPlaces places, TimeProvider time) : INotifier
{
    public string Name => SlackChat.ChatName;

    public bool ReachesPeople => true;

    public bool Tells(NoticeOccasion occasion) => occasion is NoticeOccasion.Reminded or NoticeOccasion.Escalated;

    public async Task NotifyAsync(NoticeCard card, CancellationToken cancellationToken)
    {
        var number = ApprovalNumber.TryParse(card.ApprovalId, out var read) ? read : throw new ArgumentException("A card without a number.", nameof(card));
        if (card.Occasion == NoticeOccasion.Escalated)
        {
            await cards.EscalateAsync(number, SlackChat.ChatName, places.ForEscalation(card.EscalatedTo), time.GetUtcNow(), cancellationToken);
        }

        var text = SlackText.Escape($"{card.ApprovalId} still waits for {card.Needs()}.");
        foreach (var (channel, message) in await cards.PostedOfAsync(number, SlackChat.ChatName, cancellationToken))
        {
            await api.ReplyAsync(channel, message, new JsonObject { ["text"] = text, ["unfurl_links"] = false }, cancellationToken);
        }
    }
}
