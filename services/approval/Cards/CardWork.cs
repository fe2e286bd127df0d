using Chaperone.Approval.Jobs;
using Chaperone.Approval.Notices;
using Chaperone.Approval.Store;
using Chaperone.Contracts;

namespace Chaperone.Approval.Cards;

/// <summary>
/// Brings each card of a chat that is behind up to the request as it is now: posts it once, and changes it in place afterwards.
/// A worker that died between the chat's yes and our commit left the card marked as tried: the next one asks the chat for it
/// before it posts.
/// </summary>
internal sealed partial class CardWork<TChat>(
    TChat chat, CardStore cards, CaseStore cases, StepOutbox outbox, TimeProvider time, ILogger<CardWork<TChat>> logger)
    : IDueWork
    where TChat : class, ICardChat
{
    private const int MostAttempts = 12;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    public string Name => $"{chat.Name} cards";

    public async Task DoDueAsync(long? number, CancellationToken cancellationToken)
    {
        var working = true;
        while (working)
        {
            var now = time.GetUtcNow();
            var rows = await cards.LeaseAsync(chat.Name, number, now, now + Lease, cancellationToken);
            working = rows.Count > 0;
            foreach (var row in rows)
            {
                // While the chat is away each try costs seconds: the rest waits for the next round.
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
            Log.Busy(logger, id, chat.Name, e.RetryAfter);
            return true;
        }
        catch (CardGoneException e)
        {
            Log.Gone(logger, id, chat.Name, e.Why);
            await cards.ShownAsync(row, cancellationToken);
            return true;
        }

        // The chat, the store or the journal may fail in any way; none may keep another channel, or a decision, from going on.
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            await FailAsync(row, id, mayBePosted || !chat.IsRefusal(e), e, cancellationToken);
            return chat.IsRefusal(e);
        }
    }

    private async Task ShowAsync(CardRow row, string id, CancellationToken cancellationToken)
    {
        // People must not hear of a step that is not recorded yet.
        await outbox.SettleAsync(row.Number, cancellationToken);
        var now = time.GetUtcNow();
        var (_, page) = await cases.ListAsync(new ListApprovals { Pending = true, ApprovalId = id, Limit = 1 }, now, cancellationToken);
        var shown = page.Count == 1 ? page[0] : throw new InvalidOperationException($"{id} is gone.");
        if (row is { Channel: { } known, Message: { } message })
        {
            await chat.UpdateAsync(known, message, shown, now, cancellationToken);
            return;
        }

        var channel = await chat.ChannelAsync(row.Place, cancellationToken);
        var found = row.Tried ? await chat.FindAsync(channel, shown, cancellationToken) : null;
        if (found is null && shown.Case.StatusAt(now).State != ApprovalState.Pending)
        {
            // It was over before anybody saw a card.
            return;
        }

        var (where, posted) = found is null ? await chat.PostAsync(channel, shown, now, cancellationToken) : (channel, found);
        if (!await cases.CardPostedAsync(row, chat.Name, where, posted, now, cancellationToken))
        {
            throw new InvalidOperationException("Another worker took the card over.");
        }

        (row.Channel, row.Message) = (where, posted);
        if (found is not null)
        {
            await chat.UpdateAsync(where, posted, shown, now, cancellationToken);
        }
    }

    private async Task FailAsync(CardRow row, string id, bool mayBePosted, Exception failure, CancellationToken cancellationToken)
    {
        if (row.Attempts >= MostAttempts)
        {
            Log.GaveUp(logger, id, chat.Name, row.Attempts, failure);
            await cards.ShownAsync(row, cancellationToken);
            return;
        }

        var pause = NoticePost.PauseAfter(row.Attempts);
        Log.Failed(logger, id, chat.Name, pause, failure);
        await cards.LaterAsync(row, time.GetUtcNow() + pause, mayBePosted, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(3033, LogLevel.Information, "{ApprovalId}: {Chat} asks to wait {Wait}")]
        public static partial void Busy(ILogger logger, string approvalId, string chat, TimeSpan wait);

        [LoggerMessage(3034, LogLevel.Warning, "{ApprovalId}: its card in {Chat} cannot be changed any more ({Error})")]
        public static partial void Gone(ILogger logger, string approvalId, string chat, string error);

        [LoggerMessage(3035, LogLevel.Warning, "{ApprovalId}: its card in {Chat} could not be shown; next attempt in {Pause}")]
        public static partial void Failed(ILogger logger, string approvalId, string chat, TimeSpan pause, Exception exception);

        [LoggerMessage(3036, LogLevel.Error, "{ApprovalId}: its card in {Chat} could not be shown in {Attempts} attempts; given up until the request changes, the console still shows it")]
        public static partial void GaveUp(ILogger logger, string approvalId, string chat, long attempts, Exception exception);
    }
}
