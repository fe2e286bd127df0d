using System.Data.Common;
using System.Security.Cryptography;
using Chaperone.Bus;
using Chaperone.Contracts;
using Chaperone.Recorder.Keys;
using Chaperone.Recorder.Sealing;
using Chaperone.Recorder.Sequencing;

namespace Chaperone.Recorder;

/// <summary>Seals records in the caller's own thread, and returns when the sequencer committed them.</summary>
internal sealed partial class RecordKeeper(RecordSealer sealer, Keyring keyring, Sequencer sequencer, RecorderHealth health, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<RecordKeeper> logger) : IRecordKeeper
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    private int _retrying;

    // Set while the loop asks for a root that is away.
    private volatile RootAwayException? _away;

    /// <inheritdoc/>
    /// <exception cref="RecordRefusedException">Some entries can never be kept; all the others are.</exception>
    public async ValueTask KeepAsync(IReadOnlyList<RecordEntry> entries, CancellationToken cancellationToken)
    {
        await PrepareKeysAsync(entries, cancellationToken);
        var records = new List<SealedRecord>(entries.Count);
        var refused = new List<Guid>();
        foreach (var entry in entries)
        {
            try
            {
                records.Add(sealer.Seal(entry));
            }
            catch (Exception e) when (e is CryptographicException or InvalidDataException)
            {
                // A poison record fails alone: its batch fellows are kept.
                refused.Add(entry.EventId);
                Log.Refused(logger, entry.EventId, entry.Source, e.Message);
            }

            // The month turned, or the key was forgotten, since it was prepared.
            catch (RootAwayException e)
            {
                throw NotKept(entries, e);
            }
        }

        if (records.Count > 0)
        {
            await sequencer.AppendAsync(records, cancellationToken);
        }

        if (refused.Count > 0)
        {
            RecorderTelemetry.Refused(refused.Count);
            throw new RecordRefusedException(refused);
        }
    }

    private async ValueTask PrepareKeysAsync(IReadOnlyList<RecordEntry> entries, CancellationToken cancellationToken)
    {
        // Without its root no record has a key, and asking may take long: while the loop asks, nobody waits for it.
        if (_away is { } away)
        {
            throw new RecordsNotKeptException(Sentence(away), away);
        }

        try
        {
            await keyring.PrepareAsync(entries, cancellationToken);
        }

        // Without a key on disk a record could never be opened again: then it is not kept, and nothing is served.
        catch (Exception e) when (IsOfKeys(e))
        {
            throw NotKept(entries, e);
        }
    }

    private RecordsNotKeptException NotKept(IReadOnlyList<RecordEntry> entries, Exception e)
    {
        var sentence = Sentence(e);
        health.Set(RecorderHealth.KeysPart, sentence);

        // Before the loop is looked for: so whoever sets it has one that takes it back.
        _away = e as RootAwayException;
        if (Interlocked.Exchange(ref _retrying, 1) == 0)
        {
            _ = RetryKeysAsync(entries);
        }

        return new RecordsNotKeptException(sentence, e);
    }

    private static string Sentence(Exception e) => e is RootAwayException
        ? $"Records cannot be kept: their keys cannot be opened. {e.Message} Nothing is served until they can."
        : $"Records cannot be kept: the keys to seal them cannot be read or kept ({e.GetType().Name}: {e.Message}). Nothing is served until they can.";

    private static bool IsOfKeys(Exception e) => e is DbException or CryptographicException or IOException or InvalidDataException;

    // Who is not ready gets no records that would show that the keys are there again.
    private async Task RetryKeysAsync(IReadOnlyList<RecordEntry> entries)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Again, time, lifetime.ApplicationStopping);
                try
                {
                    await keyring.PrepareAsync(entries, lifetime.ApplicationStopping);

                    // In this order a failure in between begins to try anew.
                    Volatile.Write(ref _retrying, 0);
                    _away = null;
                    health.Set(RecorderHealth.KeysPart, null);
                    return;
                }

                // Whatever it is, the next try may be better; without this loop nothing would be kept until a restart.
                catch (Exception e) when (!lifetime.ApplicationStopping.IsCancellationRequested)
                {
                    _away = e as RootAwayException;
                    health.Set(RecorderHealth.KeysPart, Sentence(e));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The room stops.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(6010, LogLevel.Error, "Record {EventId} of {Source} cannot be kept: {Reason}")]
        public static partial void Refused(ILogger logger, Guid eventId, string source, string reason);
    }
}
