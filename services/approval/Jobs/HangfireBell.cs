using Hangfire;

namespace Chaperone.Approval.Jobs;

/// <summary>Schedules jobs; silent until <see cref="Connect"/>, after which open requests are scheduled from the store.</summary>
internal sealed partial class HangfireBell(TimeProvider time, ILogger<HangfireBell> logger) : IDeskBell
{
    private volatile IBackgroundJobClient? _client;

    public void Connect(IBackgroundJobClient client) => _client = client;

    public void ExpireAt(long number, DateTimeOffset at)
    {
        var delay = at - time.GetUtcNow();
        Ring(client => client.Schedule<ApprovalJobs>(
            jobs => jobs.ExpireAsync(number, CancellationToken.None), delay > TimeSpan.Zero ? delay : TimeSpan.Zero));
    }

    public void NotifySoon(long number) =>
        Ring(client => client.Enqueue<ApprovalJobs>(jobs => jobs.NotifyAsync(number, CancellationToken.None)));

    public void AnswerSoon() => Ring(client => client.Enqueue<ApprovalJobs>(jobs => jobs.DoAllDueAsync(CancellationToken.None)));

    private void Ring(Action<IBackgroundJobClient> ring)
    {
        if (_client is not { } client)
        {
            return;
        }

        try
        {
            ring(client);
        }

        // A decision stands whether or not a job could be queued: the sweep does its work.
        catch (Exception e)
        {
            Log.NotQueued(logger, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3021, LogLevel.Warning, "A job could not be queued; the next sweep does its work")]
        public static partial void NotQueued(ILogger logger, Exception exception);
    }
}
