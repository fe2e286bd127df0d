using Chaperone.Contracts;
using Chaperone.Recorder.Keys;
using Chaperone.Recorder.Sealing;
using Chaperone.Recorder.Search;
using Chaperone.Recorder.Sequencing;
using Microsoft.Extensions.Options;

namespace Chaperone.Recorder.Retention;

/// <summary>Once a minute: asks for the destruction of what was kept long enough, carries out what was agreed to, and wraps keys anew after a root key was changed.</summary>
internal sealed partial class RetentionSweep(
    LedgerOpening opening, KeyStore keys, RetentionStore store, RetentionRecords records, Shredder shredder, Keyring keyring, RootRotation rotation, ISearchStore search, RecorderLead lead,
    IOptions<RecorderOptions> options, TimeProvider time, ILogger<RetentionSweep> logger)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    /// <summary>One round.</summary>
    public async ValueTask StepAsync(CancellationToken cancellationToken)
    {
        await keys.OpenAsync(cancellationToken);
        await search.OpenAsync(cancellationToken);
        await TryRotateAsync(cancellationToken);
        await AskForDueAsync(cancellationToken);
        await shredder.StepAsync(cancellationToken);
    }

    /// <summary>When a month's messages, and its facts, have been kept long enough.</summary>
    public static (DateTimeOffset Body, DateTimeOffset Meta) DueOf(string month, RetentionOptions retention)
    {
        var end = TargetText.EndOf(month);
        return (end.AddDays(retention.BodyDays), end.AddDays(Math.Max(retention.MetaDays, RetentionOptions.FloorDays)));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await TryStepAsync(stoppingToken);
            await Task.Delay(Every, time, stoppingToken);
        }
    }

    private async ValueTask TryStepAsync(CancellationToken cancellationToken)
    {
        try
        {
            await opening.EnsureOpenAsync(cancellationToken);
            if (lead.IsHeld)
            {
                await StepAsync(cancellationToken);
            }
        }

        // No barrier: a store that is away says so elsewhere, and the next round takes it up again.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Log.Failed(logger, e);
        }
    }

    private async ValueTask TryRotateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await rotation.StepAsync(keyring, cancellationToken);
        }

        // Keys need no root to be destroyed.
        catch (RootAwayException e)
        {
            Log.NotRewrapped(logger, e.Message);
        }
    }

    private async ValueTask AskForDueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var period in keys.ListPeriods())
        {
            var (body, meta) = DueOf(period.Month, options.Value.Retention);
            ShredScope? due = now >= meta && period.Meta is not null ? ShredScope.All : now >= body && period.Body is not null ? ShredScope.Body : null;
            if (due is not { } scope)
            {
                continue;
            }

            var id = DerivedId.Of("chaperone/due/v1", $"{period.Id}\n{scope}", TargetText.EndOf(period.Month).ToUnixTimeMilliseconds());
            var target = new RetentionTarget { FromMonth = period.Month, ToMonth = period.Month };
            if (store.FindOrder(id) is null && store.FindProtecting(target) is null)
            {
                var order = new Order(id, target, scope, ShredState.Open, now);
                await records.WriteAsync(order, "shred-due", cancellationToken);
                store.AddOrder(order);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(6082, LogLevel.Error, "Retention does not go on now; it is tried again.")]
        public static partial void Failed(ILogger logger, Exception exception);

        [LoggerMessage(6083, LogLevel.Warning, "Whether the root key was changed cannot be seen now; it is tried again. {Reason}")]
        public static partial void NotRewrapped(ILogger logger, string reason);
    }
}
