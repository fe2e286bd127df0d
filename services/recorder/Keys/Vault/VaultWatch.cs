using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Chaperone.Recorder.Keys.Vault;

/// <summary>
/// Where Vault is used: has the keys of this month at hand before a record needs them, opens them again in time, and says how Vault is.
/// </summary>
internal sealed partial class VaultWatch(IRootKeys roots, Keyring keyring, RecorderHealth health, IOptions<RecorderOptions> options, TimeProvider time, ILogger<VaultWatch> logger)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    /// <summary>One look.</summary>
    public async ValueTask StepAsync(CancellationToken cancellationToken)
    {
        if (roots is not VaultRootKeys vault)
        {
            return;
        }

        try
        {
            await keyring.HoldAsync(cancellationToken);
            health.Set(RecorderHealth.RootPart, null);
        }
        catch (Exception e) when (e is RootAwayException or CryptographicException)
        {
            Say(RecorderHealth.RootPart, $"Records cannot be kept: their keys cannot be opened. {e.Message} Nothing is served until they can.");
            return;
        }
        catch (DbException e)
        {
            // The store of keys is away: who keeps records says so.
            Log.NotLooked(logger, e.Message);
            return;
        }

        LookAhead(vault);
    }

    private void LookAhead(VaultRootKeys vault)
    {
        try
        {
            vault.ReadCurrentId();
            keyring.HoldNext(options.Value.Vault.CacheFor);
            vault.Refresh();
            health.Set(RecorderHealth.RootAgePart, null);
        }
        catch (Exception e) when (e is RootAwayException or CryptographicException)
        {
            var until = vault.HeldUntil is { } end ? string.Create(CultureInfo.InvariantCulture, $"until {end.UtcDateTime:yyyy-MM-dd HH:mm} UTC") : "for less than a minute";
            Say(RecorderHealth.RootAgePart, $"Records are kept with the keys in memory {until}, and then no more. {e.Message}");
        }
        catch (DbException e)
        {
            Log.NotLooked(logger, e.Message);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (roots is VaultRootKeys)
        {
            try
            {
                await StepAsync(stoppingToken);
            }

            // Whatever it is, the next look may be better, and nothing is served for want of this one.
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Log.Failed(logger, e);
            }

            await Task.Delay(Every, time, stoppingToken);
        }
    }

    private void Say(string part, string sentence)
    {
        if (health.Set(part, sentence))
        {
            Log.Said(logger, sentence);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(6110, LogLevel.Error, "{Sentence}")]
        public static partial void Said(ILogger logger, string sentence);

        [LoggerMessage(6111, LogLevel.Warning, "The keys cannot be looked at now; it is tried again. {Reason}")]
        public static partial void NotLooked(ILogger logger, string reason);

        [LoggerMessage(6112, LogLevel.Error, "The keys cannot be looked at; it is tried again.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
