using Chaperone.Recorder.Search;
using Chaperone.Recorder.Sequencing;

namespace Chaperone.Recorder.Reviews;

/// <summary>Once a minute, in the one recorder that leads: opens the reviews of periods that are over, and reminds of those that are overdue. What is due follows from the ledger, so a missed round loses nothing.</summary>
internal sealed partial class ReviewClock(LedgerOpening opening, ISearchStore search, ReviewDesk desk, RecorderLead lead, TimeProvider time, ILogger<ReviewClock> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(Every, time, stoppingToken);
            await TryStepAsync(stoppingToken);
        }
    }

    private async ValueTask TryStepAsync(CancellationToken cancellationToken)
    {
        try
        {
            await opening.EnsureOpenAsync(cancellationToken);
            if (lead.IsHeld)
            {
                await search.OpenAsync(cancellationToken);
                await desk.StepAsync(cancellationToken);
            }
        }

        // No barrier: a store that is away says so elsewhere, and the next round takes it up again.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Log.Failed(logger, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(6090, LogLevel.Error, "Reviews do not go on now; they are tried again.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
