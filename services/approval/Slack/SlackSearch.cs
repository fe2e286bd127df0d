using System.Text.Json;

namespace Chaperone.Approval.Slack;

/// <summary>Looks for a card that may have been posted by a worker that died right after. Slack offers no idempotent post; a message's metadata is what we can find it by.</summary>
internal sealed partial class SlackSearch(SlackApi api, ILogger<SlackSearch> logger)
{
    private const int MostPages = 5;
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    /// <summary>Time stamp of the request's card in this channel; null if there is none, or if the app may not look (then a second card is the lesser evil).</summary>
    public async Task<string?> FindAsync(string channel, ApprovalCase about, CancellationToken cancellationToken)
    {
        try
        {
            var bot = (await api.SelfAsync(cancellationToken)).Bot;
            string? cursor = null;
            for (var page = 0; page < MostPages; page++)
            {
                var answer = await api.HistoryAsync(channel, about.RequestedAt - ClockSkew, cursor, cancellationToken);
                if (Find(answer, bot, about) is { } found)
                {
                    return found;
                }

                cursor = answer.TryGetProperty("response_metadata", out var more) && more.ValueKind == JsonValueKind.Object
                    && more.TryGetProperty("next_cursor", out var next) ? next.GetString() : null;
                if (string.IsNullOrEmpty(cursor))
                {
                    return null;
                }
            }
        }
        catch (SlackRefusedException e)
        {
            Log.MayNotLook(logger, about.Id, e);
        }

        return null;
    }

    /// <summary>The bot's own message only: anybody else may give a message the same metadata.</summary>
    private static string? Find(JsonElement answer, string bot, ApprovalCase about)
    {
        if (!answer.TryGetProperty("messages", out var messages) || messages.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        foreach (var message in messages.EnumerateArray())
        {
            if (Is(message, "bot_id", bot)
                && message.TryGetProperty("metadata", out var metadata) && Is(metadata, "event_type", SlackActions.Metadata)
                && metadata.TryGetProperty("event_payload", out var payload)
                && Is(payload, "request", about.Id) && Is(payload, "binding", about.BindingDigest)
                && message.TryGetProperty("ts", out var timestamp))
            {
                return timestamp.GetString();
            }
        }

        return null;
    }

    private static bool Is(JsonElement parent, string name, string value) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String && found.ValueEquals(value);

    private static partial class Log
    {
        [LoggerMessage(3037, LogLevel.Warning, "{ApprovalId}: the app may not look for an earlier card; there may be a second one. Give it the history scopes")]
        public static partial void MayNotLook(ILogger logger, string approvalId, Exception exception);
    }
}
