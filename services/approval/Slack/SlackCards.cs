using Chaperone.Approval.Jobs;
using Chaperone.Approval.Notices;
using Chaperone.Approval.Store;
using Chaperone.Contracts;
using Microsoft.Extensions.Options;

namespace Chaperone.Approval.Slack;

/// <summary>
/// Brings each card that is behind up to the request as it is now: posts it once, and changes it in place afterwards.
/// A worker that died between Slack's yes and our commit left the card marked as tried: the next one looks for it in the
/// channel by its metadata before it posts.
/// </summary>
internal sealed partial class SlackCards(
    CardStore cards, CaseStore cases, StepOutbox outbox, SlackApi api, SlackSearch search, IOptions<ApprovalOptions> options, TimeProvider time, ILogger<SlackCards> logger)
    : IDueWork
{
    private const int MostAttempts = 12;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    // Slack's words for a card that somebody deleted or that may not be changed any more: nothing is left to show.
    private static readonly string[] Gone = ["message_not_found", "cant_update_message", "edit_window_closed", "channel_not_found", "is_archived"];

    public string Name => "slack cards";

    public async Task DoDueAsync(long? number, CancellationToken cancellationToken)
    {
        var working = true;
        while (working)
        {
            var now = time.GetUtcNow();
            var rows = await cards.LeaseAsync(number, now, now + Lease, cancellationToken);
            working = rows.Count > 0;
            foreach (var row in rows)
            {
                // While Slack is away each try costs seconds: the rest waits for the next round.
                working = await TryAsync(row, working, cancellationToken) && working;
            }
        }
    }

    private async Task<bool> TryAsync(CardRow row, bool reachable, CancellationToken cancellationToken)
    {
        var id = ApprovalNumber.Format(row.Number);
        var mayBePosted = row.Tried && row.Message is null;
        if (!reachable)
        {
            row.Attempts--;
            await cards.LaterAsync(row, time.GetUtcNow() + NoticePost.PauseAfter(1), mayBePosted, cancellationToken);
            return false;
        }

        try
        {
            await ShowAsync(row, id, cancellationToken);
            await cards.ShownAsync(row, cancellationToken);
            await outbox.SettleAsync(row.Number, cancellationToken);
            return true;
        }
        catch (BusyException e)
        {
            row.Attempts--;
            await cards.LaterAsync(row, time.GetUtcNow() + e.RetryAfter, mayBePosted, cancellationToken);
            Log.Busy(logger, id, e.RetryAfter);
            return true;
        }
        catch (SlackRefusedException e) when (row.Message is not null && Gone.Contains(e.Error, StringComparer.Ordinal))
        {
            Log.Gone(logger, id, e.Error);
            await cards.ShownAsync(row, cancellationToken);
            return true;
        }

        // Slack, the store or the journal may fail in any way; none may keep another channel, or a decision, from going on.
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            await FailAsync(row, id, mayBePosted || e is not SlackRefusedException, e, cancellationToken);
            return e is SlackRefusedException;
        }
    }

    private async Task ShowAsync(CardRow row, string id, CancellationToken cancellationToken)
    {
        // People must not hear of a step that is not recorded yet.
        await outbox.SettleAsync(row.Number, cancellationToken);
        var now = time.GetUtcNow();
        var (_, page) = await cases.ListAsync(new ListApprovals { Pending = true, ApprovalId = id, Limit = 1 }, now, cancellationToken);
        var shown = page.Count == 1 ? page[0] : throw new InvalidOperationException($"{id} is gone.");
        var message = SlackCard.Of(shown, NoticeCard.LinkTo(id, options.Value.ConsoleUrl), options.Value.Slack.ShowArguments, now);
        if (row is { Channel: { } channel, Message: { } timestamp })
        {
            await api.UpdateAsync(channel, timestamp, message, cancellationToken);
            return;
        }

        channel = row.Place[0] is 'U' or 'W' ? await api.DirectChannelAsync(row.Place, cancellationToken) : row.Place;
        var found = row.Tried ? await search.FindAsync(channel, shown.Case, cancellationToken) : null;
        if (found is null && shown.Case.StatusAt(now).State != ApprovalState.Pending)
        {
            // It was over before anybody saw a card.
            return;
        }

        timestamp = found ?? await api.PostAsync(channel, message, cancellationToken);
        if (!await cases.CardPostedAsync(row, channel, timestamp, now, cancellationToken))
        {
            throw new InvalidOperationException("Another worker took the card over.");
        }

        (row.Channel, row.Message) = (channel, timestamp);
        if (found is not null)
        {
            await api.UpdateAsync(channel, timestamp, message, cancellationToken);
        }
    }

    private async Task FailAsync(CardRow row, string id, bool mayBePosted, Exception failure, CancellationToken cancellationToken)
    {
        if (row.Attempts >= MostAttempts)
        {
            Log.GaveUp(logger, id, row.Attempts, failure);
            await cards.ShownAsync(row, cancellationToken);
            return;
        }

        var pause = NoticePost.PauseAfter(row.Attempts);
        Log.Failed(logger, id, pause, failure);
        await cards.LaterAsync(row, time.GetUtcNow() + pause, mayBePosted, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(3033, LogLevel.Information, "{ApprovalId}: Slack asks to wait {Wait}")]
        public static partial void Busy(ILogger logger, string approvalId, TimeSpan wait);

        [LoggerMessage(3034, LogLevel.Warning, "{ApprovalId}: its card in Slack cannot be changed any more ({Error})")]
        public static partial void Gone(ILogger logger, string approvalId, string error);

        [LoggerMessage(3035, LogLevel.Warning, "{ApprovalId}: its card in Slack could not be shown; next attempt in {Pause}")]
        public static partial void Failed(ILogger logger, string approvalId, TimeSpan pause, Exception exception);

        [LoggerMessage(3036, LogLevel.Error, "{ApprovalId}: its card in Slack could not be shown in {Attempts} attempts; given up until the request changes, the console still shows it")]
        public static partial void GaveUp(ILogger logger, string approvalId, long attempts, Exception exception);
    }
}
