using Chaperone.Recorder.Search;
using Chaperone.Recorder.Sequencing;
using Chaperone.Recorder.Store;
using Microsoft.Extensions.Options;

namespace Chaperone.Recorder.Elastic;

/// <summary>
/// Keeps Elasticsearch up with the ledger in a loop of its own: neither records nor the console's search wait for it, however
/// long it is away. Everything that goes wrong is said once in the log, in health and in a metric, and tried again.
/// </summary>
internal sealed partial class ElasticFollower(
    LedgerOpening opening,
    ILedgerStore ledger,
    ISearchStore search,
    ElasticStreams streams,
    ElasticClaims claims,
    ElasticProjector projector,
    CheckpointSender checkpoints,
    ReconciliationRounds rounds,
    TamperAlarm alarm,
    LedgerGrowth growth,
    RecorderHealth health,
    IOptions<RecorderOptions> options,
    TimeProvider time,
    ILogger<ElasticFollower> logger)
    : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly Backoff _backoff = new(options.Value.Elastic.LongestPause);

    // Looked at again after each fault: somebody may have removed a stream.
    private bool _ensured;

    /// <summary>One round: all that is new, then a checkpoint and some counting. Null when it went well, else how long to wait.</summary>
    public async ValueTask<TimeSpan?> TryRoundAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RoundAsync(cancellationToken);
            SayWell();
            return null;
        }
        catch (ElasticException e)
        {
            _ensured = false;
            RecorderTelemetry.ElasticFailed(e.Fault.ToString());
            await SayAsync(e.Message, e, cancellationToken);
            var pause = _backoff.Next(e.RetryAfter);

            // What has no answer may still take effect: sent again before that, it could come into two backing indices.
            var settle = options.Value.Elastic.SettleAfter;
            return e.Fault == ElasticFault.Unsure && pause < settle ? settle : pause;
        }
        catch (ClaimLostException)
        {
            return LookEvery;
        }

        // The follower is no barrier: whatever is wrong with it, records are kept on, and it tries again.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            _ensured = false;
            if (e is not RecordsNotKeptException)
            {
                await SayAsync($"Elasticsearch is not followed up ({e.GetType().Name}).", e, cancellationToken);
            }

            return _backoff.Next();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            while (true)
            {
                if (await TryRoundAsync(stoppingToken) is { } pause)
                {
                    await Task.Delay(pause, time, stoppingToken);
                }
                else
                {
                    await growth.WaitBeyondAsync(projector.Mark?.Next ?? long.MaxValue, LookEvery, stoppingToken);
                }
            }
        }
        finally
        {
            await TryReleaseAsync();
        }
    }

    private async ValueTask RoundAsync(CancellationToken cancellationToken)
    {
        await opening.EnsureOpenAsync(cancellationToken);
        await search.OpenAsync(cancellationToken);
        await alarm.ReadAsync(cancellationToken);
        if (!_ensured)
        {
            await streams.EnsureAsync(cancellationToken);
            _ensured = true;
        }

        ElasticStep step;
        while ((step = await projector.StepAsync(cancellationToken)) == ElasticStep.Moved)
        {
            // Catching up may take hours, and is no outage any more.
            SayWell();
        }

        if (step == ElasticStep.Idle && projector.Mark is { IsUncertain: false } mark)
        {
            await checkpoints.StepAsync(cancellationToken);
            await rounds.StepAsync(mark, cancellationToken);
        }
    }

    private void SayWell()
    {
        _backoff.Reset();
        if (health.Set(RecorderHealth.ElasticPart, null))
        {
            Log.Recovered(logger);
        }
    }

    private async ValueTask SayAsync(string sentence, Exception e, CancellationToken cancellationToken)
    {
        var waiting = "";
        try
        {
            var next = projector.Mark?.Next ?? 0;
            waiting = $" {(await ledger.ReadHeadAsync(cancellationToken)).Size - next} records wait; none is lost.";
        }

        // The count is a courtesy.
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
        }

        if (health.Set(RecorderHealth.ElasticPart, sentence))
        {
            Log.Failed(logger, sentence + waiting, e.InnerException ?? e);
        }
    }

    private async ValueTask TryReleaseAsync()
    {
        try
        {
            await claims.ReleaseAsync(CancellationToken.None);
        }

        // Without it the next process waits a minute.
        catch (Exception e)
        {
            Log.NotReleased(logger, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(6067, LogLevel.Error, "{Sentence}")]
        public static partial void Failed(ILogger logger, string sentence, Exception exception);

        [LoggerMessage(6068, LogLevel.Information, "Elasticsearch is followed up again.")]
        public static partial void Recovered(ILogger logger);

        [LoggerMessage(6069, LogLevel.Warning, "The claim on Elasticsearch could not be given back.")]
        public static partial void NotReleased(ILogger logger, Exception exception);
    }
}
