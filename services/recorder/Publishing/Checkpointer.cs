using System.Data.Common;
using Chaperone.Recorder.Sequencing;
using Microsoft.Extensions.Options;

namespace Chaperone.Recorder.Publishing;

/// <summary>Publishes tiles and a checkpoint soon after the ledger grew, at most once in <see cref="RecorderOptions.CheckpointEvery"/>.</summary>
internal sealed partial class Checkpointer(
    LedgerOpening opening, LedgerLog log, LedgerGrowth growth, RecorderHealth health, IOptions<RecorderOptions> options, TimeProvider time, ILogger<Checkpointer> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (health.Refusal is null)
        {
            await TryPublishAsync(stoppingToken);
            await Task.Delay(options.Value.CheckpointEvery, time, stoppingToken);
            await growth.WaitBeyondAsync(log.Last?.Size ?? 0, options.Value.CheckpointEvery, stoppingToken);
        }
    }

    private async ValueTask TryPublishAsync(CancellationToken cancellationToken)
    {
        try
        {
            await opening.EnsureOpenAsync(cancellationToken);
            await log.PublishAsync(cancellationToken);
            health.Set(RecorderHealth.LogPart, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DbException or TimeoutException)
        {
            // Records are safe in the store: their proof comes later, and readiness says so.
            if (health.Set(RecorderHealth.LogPart, $"No checkpoint can be published ({e.GetType().Name}). Records are kept, but cannot be proved to others until it can."))
            {
                Log.NotPublished(logger, e);
            }
        }
        catch (RecordsNotKeptException)
        {
            // Said by the log and by readiness; nothing is signed any more.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(6022, LogLevel.Error, "No checkpoint can be published.")]
        public static partial void NotPublished(ILogger logger, Exception exception);
    }
}
