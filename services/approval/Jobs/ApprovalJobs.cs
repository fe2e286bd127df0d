using Hangfire;

namespace Chaperone.Approval.Jobs;

/// <summary>What Hangfire runs. Each job may run twice, late or never: the store says what there is to do, and the sweep comes round.</summary>
[AutomaticRetry(Attempts = 0)]
internal sealed partial class ApprovalJobs(ApprovalDesk desk, HangfireBell bell, IEnumerable<IDueWork> due, ILogger<ApprovalJobs> logger)
{
    public Task ExpireAsync(long number, CancellationToken cancellationToken)
    {
        bell.Ends(number);
        return RunAsync("expiry", () => desk.ExpireAsync(number, cancellationToken), cancellationToken);
    }

    public Task NotifyAsync(long number, CancellationToken cancellationToken) => DoDueAsync(number, cancellationToken);

    public Task DoAllDueAsync(CancellationToken cancellationToken) => DoDueAsync(null, cancellationToken);

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        await RunAsync("sweep", () => desk.SweepAsync(cancellationToken), cancellationToken);
        await DoDueAsync(null, cancellationToken);
    }

    private async Task DoDueAsync(long? number, CancellationToken cancellationToken)
    {
        foreach (var work in due)
        {
            await RunAsync(work.Name, () => work.DoDueAsync(number, cancellationToken), cancellationToken);
        }
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
