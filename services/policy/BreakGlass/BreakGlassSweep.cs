namespace Chaperone.Policy.BreakGlass;

/// <summary>Records the end of windows whose time is over. They let nothing pass meanwhile: each decision looks at the clock.</summary>
internal sealed partial class BreakGlassSweep(BreakGlassDesk desk, TimeProvider time, ILogger<BreakGlassSweep> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await desk.SweepAsync(stoppingToken);
            }

            // Whatever it was, the room must not end of it, and the next round tries again.
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Log.NotClosed(logger, e);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2044, LogLevel.Warning, "The end of break-glass windows is not recorded yet; it is tried again")]
        public static partial void NotClosed(ILogger logger, Exception exception);
    }
}
