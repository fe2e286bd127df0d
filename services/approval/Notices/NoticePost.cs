using Chaperone.Approval.Jobs;
using Chaperone.Approval.Store;
using Chaperone.Contracts;
using Microsoft.Extensions.Options;

namespace Chaperone.Approval.Notices;

/// <summary>Sends the cards that are due. Which are sent lies in the store; a card that fails comes again, ever later, twelve times over about an hour.</summary>
internal sealed partial class NoticePost(
    NoticeStore notices,
    CaseStore cases,
    StepOutbox outbox,
    IEnumerable<INotifier> notifiers,
    IOptions<ApprovalOptions> options,
    TimeProvider time,
    ILogger<NoticePost> logger) : IDueWork
{
    private const int MostAttempts = 12;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, INotifier> _notifiers = notifiers.ToDictionary(n => n.Name, StringComparer.Ordinal);

    public string Name => "notices";

    public Task DoDueAsync(long? number, CancellationToken cancellationToken) => SendDueAsync(number, cancellationToken);

    /// <summary>Sends the due cards of one request, or of all.</summary>
    public async Task SendDueAsync(long? number, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var row in await notices.LeaseAsync(number, now, now + Lease, cancellationToken))
        {
            if (!_notifiers.TryGetValue(row.Notifier, out var notifier))
            {
                // The channel was taken out of the settings.
                await notices.GiveUpAsync(row, cancellationToken);
                continue;
            }

            await SendAsync(row, notifier, cancellationToken);
        }
    }

    /// <summary>The wait after attempt <paramref name="attempts"/> failed.</summary>
    internal static TimeSpan PauseAfter(long attempts)
    {
        var pause = FirstPause * Math.Pow(2, Math.Clamp(attempts, 1, MostAttempts) - 1);
        return pause < LongestPause ? pause : LongestPause;
    }

    private async Task SendAsync(NoticeRow row, INotifier notifier, CancellationToken cancellationToken)
    {
        var id = ApprovalNumber.Format(row.Number);
        try
        {
            // People must not hear of a step that is not recorded yet.
            await outbox.SettleAsync(row.Number, cancellationToken);
            var about = await cases.FindAsync(row.Number, cancellationToken)
                ?? throw new InvalidOperationException($"{id} is gone.");
            var occasion = (NoticeOccasion)row.Occasion;
            var again = occasion is NoticeOccasion.Reminded or NoticeOccasion.Escalated;
            if ((again || !notifier.Tells(NoticeOccasion.Closed)) && about.StatusAt(time.GetUtcNow()).State != ApprovalState.Pending)
            {
                // It was over before anybody was told, and nobody would be told of that.
                await notices.SentAsync(row, cancellationToken);
                return;
            }

            await notifier.NotifyAsync(NoticeCard.Of(about, $"{id}-{row.Id}", occasion, options.Value.ConsoleUrl, time.GetUtcNow()), cancellationToken);
            if (notifier.ReachesPeople)
            {
                await cases.WorkAsync(row.Number, time.GetUtcNow(), TimeSpan.Zero, file => file.Notified(notifier.Name, step: StepOf(occasion)), cancellationToken);
            }

            await CloseAsync(row, about, occasion, cancellationToken);
            await outbox.SettleAsync(row.Number, cancellationToken);
        }

        // A channel may fail in any way; none may keep another channel, or a decision, from going on.
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            if (row.Attempts >= MostAttempts)
            {
                Log.GaveUp(logger, id, notifier.Name, row.Attempts, e);
                await notices.GiveUpAsync(row, cancellationToken);
                return;
            }

            var pause = e is BusyException { RetryAfter: var asked } && asked > PauseAfter(row.Attempts) ? asked : PauseAfter(row.Attempts);
            Log.Failed(logger, id, notifier.Name, pause, e);
            await notices.TryLaterAsync(row, time.GetUtcNow() + pause, cancellationToken);
        }
    }

    private static string StepOf(NoticeOccasion occasion) => occasion switch
    {
        NoticeOccasion.Reminded => "reminded",
        NoticeOccasion.Escalated => "escalated",
        _ => "notified",
    };

    /// <summary>A reminder comes again while the request is open; all else was told once.</summary>
    private Task CloseAsync(NoticeRow row, ApprovalCase about, NoticeOccasion occasion, CancellationToken cancellationToken)
    {
        var next = about.Requirement.RemindEvery is { } pause && occasion == NoticeOccasion.Reminded ? time.GetUtcNow() + pause : about.ExpiresAt;
        return next < about.ExpiresAt ? notices.AgainAsync(row, next, cancellationToken) : notices.SentAsync(row, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(3012, LogLevel.Warning, "{ApprovalId}: {Notifier} could not be told; next attempt in {Pause}")]
        public static partial void Failed(ILogger logger, string approvalId, string notifier, TimeSpan pause, Exception exception);

        [LoggerMessage(3013, LogLevel.Error, "{ApprovalId}: {Notifier} could not be told in {Attempts} attempts; given up, the console still shows the request")]
        public static partial void GaveUp(ILogger logger, string approvalId, string notifier, long attempts, Exception exception);
    }
}
