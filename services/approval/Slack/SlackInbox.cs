using Chaperone.Approval.Store;

namespace Chaperone.Approval.Slack;

/// <summary>
/// Takes what Slack sends, by HTTP or by socket. Slack waits three seconds: a click is only made durable here, and answered by
/// a job (<see cref="SlackAnswers"/>); a window is opened after Slack has its acknowledgement, within the trigger's three seconds.
/// </summary>
internal sealed partial class SlackInbox(ClickStore clicks, SlackApi api, IDeskBell bell, TimeProvider time, ILogger<SlackInbox> logger)
{
    private static readonly TimeSpan LongestTake = TimeSpan.FromSeconds(2);

    /// <summary>Returns once a click is durable, in two seconds at most. What it returns is to be given to <see cref="OpenAsync"/> after the acknowledgement.</summary>
    /// <exception cref="FormatException">Not what Slack sends.</exception>
    public async Task<SlackModalAsked?> TakeAsync(string payload, CancellationToken cancellationToken)
    {
        var read = SlackPayload.Read(payload);
        if (read.Click is { } click)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(LongestTake);
            await clicks.AddAsync(click, time.GetUtcNow(), limit.Token);
            bell.AnswerSoon();
        }

        return read.Modal;
    }

    /// <summary>Opens the window for a reason; never throws. Whoever sees none may click again.</summary>
    public async Task OpenAsync(SlackModalAsked asked)
    {
        try
        {
            await api.OpenViewAsync(asked.Trigger, SlackModal.For(asked), CancellationToken.None);
        }

        // Slack may fail in any way, and nothing has been decided.
        catch (Exception e)
        {
            Log.NotOpened(logger, asked.ApprovalId, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3030, LogLevel.Warning, "{ApprovalId}: the window for a reason could not be opened; the person may click again")]
        public static partial void NotOpened(ILogger logger, string approvalId, Exception exception);
    }
}
