using Chaperone.Policy.Counting;

namespace Chaperone.Policy.Limits;

/// <summary>Now and then forgets what has drained, and what no counter looks at any more.</summary>
internal sealed partial class LimitSweep(ILimitStore limits, ICounterStore counters, TimeProvider time, ILogger<LimitSweep> logger) : BackgroundService
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
                await limits.SweepAsync(stoppingToken);
                await counters.SweepAsync(stoppingToken);
            }
            catch (LimitsUnavailableException e)
            {
                Log.NotSwept(logger, e.Message);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2022, LogLevel.Warning, "Drained limits and old counts are not forgotten yet: {Problem}")]
        public static partial void NotSwept(ILogger logger, string problem);
    }
}
