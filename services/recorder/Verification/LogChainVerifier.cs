using System.Text;
using Chaperone.Ledger;
using Chaperone.Recorder.Publishing;
using Chaperone.Recorder.Sealing;
using Chaperone.Recorder.Store;

namespace Chaperone.Recorder.Verification;

/// <summary>
/// Verifies published logs offline, without a store: each log by itself, and that the first leaf of each later one commits to the
/// last checkpoint of the one before.
/// </summary>
/// <param name="files">The files of the first log; those of later ones lie in folders below.</param>
/// <param name="key">The first log's verifier key, best kept elsewhere; later logs have the same key under their own origins.</param>
internal sealed class LogChainVerifier(ILedgerFiles files, NoteKey key)
{
    private readonly Findings _findings = new();

    /// <summary>Verifies; what is wrong is in the report.</summary>
    /// <param name="earlier">Checkpoints kept from before, of any of the logs; each must begin with its own.</param>
    /// <param name="progress">Told now and then, of each log anew; null for nobody.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public async ValueTask<LogChainReport> VerifyAsync(IReadOnlyList<ReadOnlyMemory<byte>> earlier, IProgress<LedgerProgress>? progress, CancellationToken cancellationToken)
    {
        IReadOnlyList<YearLog> logs = [YearLog.Only];
        try
        {
            logs = await LogList.ReadAsync(files, key, cancellationToken);
        }
        catch (InvalidDataException e)
        {
            _findings.Add(LogList.Path, e.Message);
        }

        var records = 0L;
        Checkpoint? last = null;
        foreach (var log in logs)
        {
            var before = last;

            // What is of none of the logs is the first one's to refuse.
            var mine = earlier.Where(note => (logs.FirstOrDefault(l => l.OriginIn(key.Name) == OriginOf(note)) ?? logs[0]) == log).ToArray();
            var report = await new LedgerVerifier(log.FilesIn(files), key.Named(log.OriginIn(key.Name))).VerifyAsync(
                new LedgerVerification { Earlier = mine, Progress = progress }, cancellationToken);
            foreach (var finding in report.Findings)
            {
                _findings.Add(Place(log, finding.Place), finding.Detail);
            }

            last = report.Checkpoint;
            if (log.First != records)
            {
                _findings.Add(LogList.Path, $"it says that {log.OriginIn(key.Name)} begins with record {log.First}, and the logs before it have {records}");
            }

            if (last is not null)
            {
                await CheckCarryOverAsync(log, last.Head.Size, before, logs, cancellationToken);
                records += last.Head.Size;
            }
        }

        return new LogChainReport(logs, last, _findings.All);
    }

    private async ValueTask CheckCarryOverAsync(YearLog log, long size, Checkpoint? before, IReadOnlyList<YearLog> logs, CancellationToken cancellationToken)
    {
        var entry = size == 0 ? null : await new EntryReader(log.FilesIn(files), size).ReadAsync(0, cancellationToken);
        CarryOver? carried = null;
        try
        {
            carried = entry is { } leaf ? LeafFormat.Read(leaf).Carried : null;
        }
        catch (InvalidDataException) when (log.Number == 0)
        {
            // Any other log may be verified, too, whatever its leaves are.
        }
        catch (InvalidDataException e)
        {
            _findings.Add(Place(log, "leaf 0"), e.Message);
        }

        if (log.Number == 0 || before is null)
        {
            return;
        }

        var note = Encoding.UTF8.GetString(await logs[log.Number - 1].FilesIn(files).ReadAsync(LedgerLog.CheckpointPath, cancellationToken) ?? []);
        if (carried != CarryOver.Of(before.Origin, before.Head, note))
        {
            _findings.Add(Place(log, "leaf 0"), $"it does not carry over how {before.Origin} was closed");
        }
    }

    private static string Place(YearLog log, string place) => log.Number == 0 ? place : $"{log.Folder}/{place}";

    private static string? OriginOf(ReadOnlyMemory<byte> note) =>
        SignedNote.TryParse(note.Span, out var parsed) == NoteFault.None && Checkpoint.TryParse(parsed!.Text, out var checkpoint) ? checkpoint!.Origin : null;
}
