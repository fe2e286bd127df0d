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
    private const string Remedy = "Find out who changed the store of keys, or the key in Vault, and bring back the wrapped keys from a backup that Vault still opens.";
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    /// <summary>One look.</summary>
    public async ValueTask StepAsync(CancellationToken cancellationToken)
    {
        if (roots is not VaultRootKeys vault)
        {
            return;
        }

        vault.ForgetExpired();
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
            var unopened = vault.Refresh();
            keyring.HoldNext(options.Value.Vault.CacheFor);
            if (unopened.Count == 0)
            {
                health.Set(RecorderHealth.RootAgePart, null);
            }
            else
            {
                Say(RecorderHealth.RootAgePart, Sentence(unopened));
            }
        }

        // Only next month's keys: Vault answers.
        catch (Exception e) when (e is CryptographicException or RootAwayException { IsOfKey: true })
        {
            Say(RecorderHealth.RootAgePart, $"The keys of next month do not open: from its first day on no record can be kept. {e.Message} {Remedy}");
        }
        catch (RootAwayException e)
        {
            var until = vault.HeldUntil is { } end ? "until " + Utc(end) : "for less than a minute";
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

    private static string Sentence(IReadOnlyList<UnopenedKey> unopened)
    {
        var what = string.Join(", ", unopened.Select(k => k.Seals).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        return $"Wrapped keys do not open any more: those of {what}. What they seal can be read with the keys in memory until {Utc(unopened.Min(k => k.HeldUntil))}, and then no more; if this month is among them, no record can be kept then. {unopened[0].Reason} {Remedy}";
    }

    private static string Utc(DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"{at.UtcDateTime:yyyy-MM-dd HH:mm} UTC");

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
