using Chaperone.Bus;
using Chaperone.Policy.Pins;

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
            catch (Exception e) when (e is PinsUnavailableException or BusUnavailableException)
            {
                Log.NotClosed(logger, e.Message);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2044, LogLevel.Warning, "The end of break-glass windows is not recorded yet: {Problem}")]
        public static partial void NotClosed(ILogger logger, string problem);
    }
}
