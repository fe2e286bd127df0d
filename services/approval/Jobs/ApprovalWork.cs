using Chaperone.Approval.Store;
using Hangfire;
using Microsoft.Extensions.Options;

namespace Chaperone.Approval.Jobs;

/// <summary>
/// Runs the jobs while the process lives. At start it brings the store up to date, schedules the end of every open
/// request from it, and sweeps: what the last process left undone is done first. Waits for a database that is away.
/// </summary>
internal sealed partial class ApprovalWork(
    StoreSchema schema,
    CaseStore cases,
    HangfireBell bell,
    JobBoard board,
    IServiceProvider provider,
    IOptions<ApprovalOptions> options,
    TimeProvider time,
    ILogger<ApprovalWork> logger) : BackgroundService
{
    private const string EveryFifteenSeconds = "*/15 * * * * *";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var storage = await OpenAsync(stoppingToken);
        try
        {
            await RunAsync(storage, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }
        finally
        {
            (storage as IDisposable)?.Dispose();
        }
    }

    private async Task<JobStorage> OpenAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await schema.EnsureAsync(stoppingToken);
                return JobStores.Open(options.Value);
            }

            // Whatever keeps the database away, requests are refused until it is back; the room must not die of it.
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Log.NotReady(logger, e);
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
    }

    private async Task RunAsync(JobStorage storage, CancellationToken stoppingToken)
    {
        var client = new BackgroundJobClient(storage);
        bell.Connect(client);
        board.Connect(storage);
        foreach (var (number, expiresAt) in await cases.ReadOpenAsync(stoppingToken))
        {
            bell.ExpireAt(number, expiresAt);
        }

        new RecurringJobManager(storage).AddOrUpdate<ApprovalJobs>(
            "approval-sweep", jobs => jobs.SweepAsync(CancellationToken.None), EveryFifteenSeconds);
        client.Enqueue<ApprovalJobs>(jobs => jobs.SweepAsync(CancellationToken.None));
        var settings = new BackgroundJobServerOptions
        {
            Activator = new ServiceActivator(provider),
            WorkerCount = 4,
            SchedulePollingInterval = TimeSpan.FromSeconds(1),
            ServerName = $"approval-{Environment.MachineName}-{Environment.ProcessId}",
        };
        using var server = new BackgroundJobServer(settings, storage);
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, stoppingToken);
        }
        finally
        {
            server.SendStop();
            await server.WaitForShutdownAsync(CancellationToken.None);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3022, LogLevel.Error, "The approval store is not ready; trying again")]
        public static partial void NotReady(ILogger logger, Exception exception);
    }
}
