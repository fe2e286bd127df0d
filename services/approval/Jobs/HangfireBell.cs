using System.Collections.Concurrent;
using Hangfire;

namespace Chaperone.Approval.Jobs;

/// <summary>Schedules jobs; silent until <see cref="Connect"/>, after which open requests are scheduled from the store.</summary>
internal sealed partial class HangfireBell(TimeProvider time, ILogger<HangfireBell> logger) : IDeskBell
{
    // The job at the end of each request that is open, as far as this process scheduled it: thousands that wait for an hour for nothing would fill the memory.
    private readonly ConcurrentDictionary<long, string> _ends = new();

    private volatile IBackgroundJobClient? _client;

    public void Connect(IBackgroundJobClient client) => _client = client;

    public void ExpireAt(long number, DateTimeOffset at)
    {
        var delay = at - time.GetUtcNow();
        Ring(client =>
        {
            Settle(client, number);
            _ends[number] = client.Schedule<ApprovalJobs>(jobs => jobs.ExpireAsync(number, CancellationToken.None), delay > TimeSpan.Zero ? delay : TimeSpan.Zero);
        });
    }

    public void Settled(long number) => Ring(client => Settle(client, number));

    /// <summary>The job that was scheduled for the end of a request runs now.</summary>
    public void Ends(long number) => _ends.TryRemove(number, out _);

    public void NotifySoon(long number) =>
        Ring(client => client.Enqueue<ApprovalJobs>(jobs => jobs.NotifyAsync(number, CancellationToken.None)));

    public void AnswerSoon() => Ring(client => client.Enqueue<ApprovalJobs>(jobs => jobs.DoAllDueAsync(CancellationToken.None)));

    private void Settle(IBackgroundJobClient client, long number)
    {
        if (_ends.TryRemove(number, out var job))
        {
            client.Delete(job);
        }
    }

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
