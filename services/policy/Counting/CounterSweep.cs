using Chaperone.Policy.Limits;

namespace Chaperone.Policy.Counting;

/// <summary>Now and then forgets what no counter looks at any more.</summary>
internal sealed partial class CounterSweep(ICounterStore store, TimeProvider time, ILogger<CounterSweep> logger) : BackgroundService
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
        [LoggerMessage(2031, LogLevel.Warning, "Old counts of sessions are not forgotten yet: {Problem}")]
        public static partial void NotSwept(ILogger logger, string problem);
    }
}
