namespace Chaperone.Policy.Limits;

/// <summary>Now and then forgets what has drained.</summary>
internal sealed partial class LimitSweep(ILimitStore store, TimeProvider time, ILogger<LimitSweep> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await store.SweepAsync(stoppingToken);
            }
            catch (LimitsUnavailableException e)
            {
                Log.NotSwept(logger, e.Message);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2022, LogLevel.Warning, "Drained limits are not forgotten yet: {Problem}")]
        public static partial void NotSwept(ILogger logger, string problem);
    }
}
