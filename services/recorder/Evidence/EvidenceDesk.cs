using System.Data.Common;
using System.Text.Json;
using Chaperone.Bus;
using Chaperone.Contracts;
using Microsoft.Extensions.Options;

namespace Chaperone.Recorder.Evidence;

/// <summary>
/// Makes bundles for the console, one at a time, and keeps the last few so that they can be read in pieces. Each export is in the
/// ledger before it is said to be ready. Thread-safe.
/// </summary>
internal sealed partial class EvidenceDesk(
    EvidenceMaker maker, IRecordKeeper keeper, IOptions<RecorderOptions> options, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<EvidenceDesk> logger) : IDisposable
{
    private const int MostKept = 4;
    private const int PieceBytes = 256 * 1024;

    // Below the bus's patience for cold questions (5 s by default), so that "it runs" is an answer and not a timeout.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _making = new(1, 1);
    private readonly List<(string Key, Task<Bundle> Made)> _bundles = [];

    private sealed record Bundle(EvidenceResult? Result, string? File, string? Problem);

    /// <summary>Makes the bundle, or joins the work that runs; the export is recorded when it is ready.</summary>
    public async ValueTask<EvidenceMade> MakeAsync(MakeEvidence request, CancellationToken cancellationToken)
    {
        if (await TryGetAsync(request.Filter, cancellationToken) is not { } bundle)
        {
            return new EvidenceMade { State = EvidenceState.Running };
        }

        if (bundle.Result is not { } result)
        {
            return new EvidenceMade { State = EvidenceState.Failed, Problem = bundle.Problem };
        }

        await keeper.KeepAsync([ToRecord(request, result)], cancellationToken);
        return new EvidenceMade { State = EvidenceState.Ready, Sha256 = result.Sha256, Bytes = result.Bytes, Records = result.Records };
    }

    /// <summary>The bytes from an offset on, at most 256 KiB; null while it is made, with the problem where there is none.</summary>
    public async ValueTask<(EvidenceState State, byte[] Piece, string? Problem)> ReadAsync(ReadEvidence request, CancellationToken cancellationToken)
    {
        if (await TryGetAsync(request.Filter, cancellationToken) is not { } bundle)
        {
            return (EvidenceState.Running, [], null);
        }

        if (bundle.Result?.Sha256 != request.Sha256 || bundle.File is null)
        {
            return (EvidenceState.Failed, [], bundle.Problem ?? "The bundle is no longer the one that was made. Make it again.");
        }

        await using var file = File.OpenRead(bundle.File);
        file.Position = Math.Clamp(request.Offset, 0, file.Length);
        var piece = new byte[Math.Min(PieceBytes, file.Length - file.Position)];
        await file.ReadExactlyAsync(piece, cancellationToken);
        return (EvidenceState.Ready, piece, null);
    }

    public void Dispose() => _making.Dispose();

    private async ValueTask<Bundle?> TryGetAsync(EvidenceFilter filter, CancellationToken cancellationToken)
    {
        if (filter.TreeSize is null)
        {
            return new Bundle(null, null, "The request names no tree size, so it cannot be made the same twice.");
        }

        try
        {
            return await Start(filter).WaitAsync(Patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    private Task<Bundle> Start(EvidenceFilter filter)
    {
        var key = JsonSerializer.Serialize(filter);
        lock (_lock)
        {
            var at = _bundles.FindIndex(b => b.Key == key);
            if (at >= 0)
            {
                return _bundles[at].Made;
            }

            for (var old = _bundles.FindIndex(b => b.Made.IsCompleted); old >= 0 && _bundles.Count >= MostKept; old = _bundles.FindIndex(b => b.Made.IsCompleted))
            {
                Forget(_bundles[old].Made);
                _bundles.RemoveAt(old);
            }

            if (_bundles.Count >= MostKept)
            {
                return Task.FromResult(new Bundle(null, null, $"{MostKept} bundles are being made now. Try again when one of them is ready."));
            }

            var made = Task.Run(() => MakeAsync(filter, lifetime.ApplicationStopping));
            _bundles.Add((key, made));
            return made;
        }
    }

    private async Task<Bundle> MakeAsync(EvidenceFilter filter, CancellationToken cancellationToken)
    {
        await _making.WaitAsync(cancellationToken);
        var file = Path.Combine(Folder(), $"{Guid.CreateVersion7(time.GetUtcNow()):N}.zip");
        try
        {
            EvidenceResult result;
            await using (var stream = new FileStream(file, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }))
            {
                result = await maker.MakeAsync(filter, stream, null, cancellationToken);
            }

            return new Bundle(result, file, null);
        }
        catch (Exception e) when (e is EvidenceException or InvalidDataException or IOException or UnauthorizedAccessException or DbException or TimeoutException)
        {
            Log.NotMade(logger, e);
            File.Delete(file);
            return new Bundle(null, null, e switch
            {
                EvidenceException => e.Message,
                InvalidDataException => $"No evidence is made of a ledger that is not intact: {e.Message}",
                _ => "The recorder could not read the ledger or write the bundle. Its log says why.",
            });
        }
        finally
        {
            _making.Release();
        }
    }

    /// <summary>Bundles of an earlier process are of no use to this one.</summary>
    private string Folder()
    {
        var folder = Path.Combine(options.Value.DataDirectory, "evidence");
        Directory.CreateDirectory(folder);
        lock (_lock)
        {
            var known = _bundles.Where(b => b.Made.IsCompletedSuccessfully).Select(b => b.Made.GetAwaiter().GetResult().File).ToHashSet(StringComparer.Ordinal);
            foreach (var file in Directory.EnumerateFiles(folder, "*.zip").Where(f => !known.Contains(f)))
            {
                File.Delete(file);
            }
        }

        foreach (var left in Directory.EnumerateDirectories(folder, "*" + EvidenceFolder.Suffix))
        {
            Directory.Delete(left, recursive: true);
        }

        return folder;
    }

    private static void Forget(Task<Bundle> made)
    {
        if (made.IsCompletedSuccessfully && made.GetAwaiter().GetResult().File is { } file)
        {
            File.Delete(file);
        }
    }

    private RecordEntry ToRecord(MakeEvidence request, EvidenceResult result)
    {
        return new RecordEntry
        {
            EventId = request.RequestId,
            Kind = RecordKind.Export,
            OccurredAt = time.GetUtcNow(),
            Source = "recorder",
            Actor = request.Actor,
            Note = EvidenceRecordNote.Of(request.Filter, result),
        };
    }

    private static partial class Log
    {
        [LoggerMessage(6055, LogLevel.Warning, "A bundle of evidence was not made.")]
        public static partial void NotMade(ILogger logger, Exception exception);
    }
}
