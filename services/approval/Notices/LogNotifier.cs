namespace Chaperone.Approval.Notices;

/// <summary>One log line per card.</summary>
internal sealed partial class LogNotifier(ILogger<LogNotifier> logger) : INotifier
{
    public string Name => "log";

    public bool ReachesPeople => false;

    public bool Tells(NoticeOccasion occasion) => true;

    public Task NotifyAsync(NoticeCard card, CancellationToken cancellationToken)
    {
        if (card.Occasion != NoticeOccasion.Closed)
        {
            Log.Asked(logger, card.ApprovalId, card.Server, card.Tool ?? card.Method, card.Rule, card.Role, card.ExpiresAt);
        }
        else
        {
            Log.Closed(logger, card.ApprovalId, card.State);
        }

        return Task.CompletedTask;
    }

    private static partial class Log
    {
        [LoggerMessage(3010, LogLevel.Information, "{ApprovalId} waits for role {Role} until {ExpiresAt}: {Tool} on {Server}, rule {Rule}")]
        public static partial void Asked(
            ILogger logger, string approvalId, string server, string tool, string rule, string role, DateTimeOffset expiresAt);

        [LoggerMessage(3011, LogLevel.Information, "{ApprovalId} needs no answer any more: {State}")]
        public static partial void Closed(ILogger logger, string approvalId, Contracts.ApprovalState state);
    }
}
