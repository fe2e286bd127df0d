using System.Text;
using System.Text.Json;
using Chaperone.Bus;
using Chaperone.Contracts;
using Chaperone.Ledger;
using Chaperone.Recorder.Keys;
using Chaperone.Recorder.Publishing;
using Chaperone.Recorder.Sealing;
using Chaperone.Recorder.Sequencing;
using Chaperone.Recorder.Store;

namespace Chaperone.Recorder.Verification;

/// <summary>Verifies the whole store on demand, at most once at a time, and records each result as a review. Thread-safe.</summary>
internal sealed partial class IntegrityDesk(
    ILedgerStore store, ILedgerFiles files, LedgerLog log, LedgerOpening opening, KeyStore keys, IRecordKeeper keeper, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<IntegrityDesk> logger)
{
    private readonly Lock _lock = new();
    private Task<StoredResult>? _running;
    private volatile StoredResult? _last;

    /// <summary>Result of a verification.</summary>
    internal sealed record StoredResult(DateTimeOffset At, bool Ok, string Result);

    /// <summary>The last result of this process; null if it verified nothing yet.</summary>
    public StoredResult? Last => _last;

    /// <summary>True while a verification runs.</summary>
    public bool IsRunning
    {
        get
        {
            lock (_lock)
            {
                return _running is { IsCompleted: false };
            }
        }
    }

    /// <summary>Starts a verification, or joins the one that runs. It goes on when the asker stops waiting.</summary>
    public Task<StoredResult> VerifyAsync(Principal? actor)
    {
        lock (_lock)
        {
            return _running is { IsCompleted: false } ? _running : _running = Task.Run(() => RunAsync(actor, lifetime.ApplicationStopping));
        }
    }

    /// <summary>Reads the note of a review record, as the projector keeps it.</summary>
    public static StoredResult? Read(string? note)
    {
        if (note is null)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(note);
            var root = document.RootElement;
            return new StoredResult(root.GetProperty("at").GetDateTimeOffset(), root.GetProperty("ok").GetBoolean(), root.GetProperty("result").GetString()!);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private async Task<StoredResult> RunAsync(Principal? actor, CancellationToken cancellationToken)
    {
        await opening.EnsureOpenAsync(cancellationToken);
        await keys.OpenAsync(cancellationToken);
        var report = await new StoreVerifier(store, files, log.Key, time, keys).VerifyAsync([], null, cancellationToken);
        var result = new StoredResult(time.GetUtcNow(), report.IsIntact, report.Summary);
        _last = result;
        if (!report.IsIntact)
        {
            Log.NotIntact(logger, report.Summary);
        }

        var note = new CanonicalJson().BeginObject()
            .Member("at", LeafFormat.Time(result.At)).Name("ok").Value(result.Ok).Member("result", result.Result).Member("size", report.Head.Size)
            .EndObject().ToArray();
        await keeper.KeepAsync(
            [
                new RecordEntry
                {
                    EventId = Guid.CreateVersion7(time.GetUtcNow()),
                    Kind = RecordKind.Review,
                    OccurredAt = result.At,
                    Source = "recorder",
                    Actor = actor,
                    Note = Encoding.UTF8.GetString(note),
                },
            ],
            cancellationToken);
        return result;
    }

    private static partial class Log
    {
        [LoggerMessage(6050, LogLevel.Critical, "The ledger is not intact: {Result}")]
        public static partial void NotIntact(ILogger logger, string result);
    }
}
