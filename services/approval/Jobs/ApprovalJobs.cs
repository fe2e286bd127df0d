using Chaperone.Approval.Notices;
using Hangfire;

namespace Chaperone.Approval.Jobs;

/// <summary>What Hangfire runs. Each job may run twice, late or never: the store says what there is to do, and the sweep comes round.</summary>
[AutomaticRetry(Attempts = 0)]
internal sealed partial class ApprovalJobs(ApprovalDesk desk, NoticePost post, ILogger<ApprovalJobs> logger)
{
    public Task ExpireAsync(long number, CancellationToken cancellationToken) =>
        RunAsync("expiry", () => desk.ExpireAsync(number, cancellationToken), cancellationToken);

    public Task NotifyAsync(long number, CancellationToken cancellationToken) =>
        RunAsync("notices", () => post.SendDueAsync(number, cancellationToken), cancellationToken);

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        await RunAsync("sweep", () => desk.SweepAsync(cancellationToken), cancellationToken);
        await RunAsync("notices", () => post.SendDueAsync(null, cancellationToken), cancellationToken);
    }

    private async Task RunAsync(string job, Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work();
        }

        // The store or the journal is away: the next sweep does it.
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Log.JobFailed(logger, job, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3020, LogLevel.Warning, "The {Job} job failed; the next sweep does it again")]
        public static partial void JobFailed(ILogger logger, string job, Exception exception);
    }
}
