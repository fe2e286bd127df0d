using System.Text;
using Chaperone.Ledger;
using Chaperone.Recorder.Keys;
using Chaperone.Recorder.Publishing;
using Chaperone.Recorder.Store;

namespace Chaperone.Recorder.Verification;

/// <summary>
/// Recomputes everything, trusting only <paramref name="key"/>: the database's pages, every leaf against its columns, header and
/// object, the tree head, the checkpoints, how each log carries over the one before, and the published tiles. Needs no record key, writes nothing, and may run beside
/// a recorder: what is appended meanwhile is left for the next time.
/// </summary>
/// <param name="store">The ledger.</param>
/// <param name="files">The published logs; null to verify the store and its checkpoint row alone.</param>
/// <param name="key">The first log's verifier key, best kept elsewhere; later logs have the same key under their own origins.</param>
/// <param name="time">For the numbering.</param>
/// <param name="keys">The store of wrapped keys; null not to look at it.</param>
internal sealed class StoreVerifier(ILedgerStore store, ILedgerFiles? files, NoteKey key, TimeProvider time, KeyStore? keys = null)
{
    // Records are read whole, and one may have megabytes.
    private const int Page = 64;

    /// <summary>Verifies; what is wrong is in the report.</summary>
    /// <param name="earlier">Checkpoints kept from before; the store must begin with each.</param>
    /// <param name="progress">Told now and then; null for nobody.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="System.Data.Common.DbException">The store cannot be reached; a damaged one is a finding.</exception>
    public async ValueTask<StoreReport> VerifyAsync(
        IReadOnlyList<ReadOnlyMemory<byte>> earlier, IProgress<LedgerProgress>? progress, CancellationToken cancellationToken)
    {
        var findings = new Findings();
        var pass = new StorePass(findings, [YearLog.Only], key, null);
        IReadOnlyList<YearLog> logs = [YearLog.Only];
        Checkpoint? published = null;
        try
        {
            if (await store.CheckPagesAsync(cancellationToken) is { } damage)
            {
                findings.Add("store", damage);
            }

            // Logs, then checkpoints are read before the head: beside a running recorder the head may only be larger.
            logs = await store.ReadLogsAsync(cancellationToken);
            pass = new StorePass(findings, logs, key, keys is null ? null : new KeyCheck(keys, findings));
            CheckOrigins(logs, findings);
            published = await OpenCheckpointsAsync(pass, logs, earlier, findings, cancellationToken);
            var head = await store.ReadHeadAsync(cancellationToken);
            head = head.Log == logs.Count - 1 ? head : await HeadOfAsync(logs, cancellationToken);
            await WalkAsync(pass, head, progress, cancellationToken);
            CompareHead(pass, head, findings);
            await LookBeyondAsync(findings, cancellationToken);
        }

        // SQLite says so itself when a page of the file cannot be a page of this file.
        catch (Exception e) when (e is Microsoft.Data.Sqlite.SqliteException { SqliteErrorCode: 11 or 26 } or InvalidDataException or InvalidCastException)
        {
            findings.Add(pass.Place, $"cannot be read, the store is damaged there ({e.Message})");
        }

        if (files is not null && published is not null)
        {
            await CheckTilesAsync(logs, findings, cancellationToken);
        }

        return new StoreReport
        {
            Head = new TreeHead(pass.Size, pass.Range.Root()),
            Logs = logs,
            Checkpoint = published,
            Findings = findings.All,
            Missing = pass.Numbering.Missing(DateTimeOffset.MaxValue),
            RecordedGaps = pass.RecordedGaps,
            Shredded = pass.Shredded,
        };
    }

    private void CheckOrigins(IReadOnlyList<YearLog> logs, Findings findings)
    {
        foreach (var log in logs.Where(log => log.Year > 0 && log.Origin != log.OriginIn(key.Name)))
        {
            findings.Add($"log {log.OriginIn(key.Name)}", $"the store's list of logs calls it {log.Origin}");
        }
    }

    /// <summary>Another log was opened since the list of logs was read: the one that was open then ended where it was closed.</summary>
    private async ValueTask<LedgerHead> HeadOfAsync(IReadOnlyList<YearLog> logs, CancellationToken cancellationToken)
    {
        var last = (await store.ReadLogsAsync(cancellationToken))[logs.Count - 1];
        var closed = last.Closed?.Head ?? throw new InvalidDataException("the tree head is not of the store's last log");
        var range = new CompactRange();
        var leaves = new StoreLeaves(store, last.First);
        while (range.Size < closed.Size && await leaves.ReadAsync(range.Size, (int)Math.Min(Page, closed.Size - range.Size), cancellationToken) is { Count: > 0 } page)
        {
            foreach (var leaf in page)
            {
                range.Append(Rfc6962.HashLeaf(leaf.Span));
            }
        }

        return new LedgerHead(last.First + closed.Size, closed.Root, range.ToBytes(), 0, last.Number, last.First);
    }

    private async ValueTask CheckTilesAsync(IReadOnlyList<YearLog> logs, Findings findings, CancellationToken cancellationToken)
    {
        foreach (var log in logs)
        {
            var report = await new LedgerVerifier(log.FilesIn(files!), key.Named(log.OriginIn(key.Name))).VerifyAsync(
                new LedgerVerification { Store = new StoreLeaves(store, log.First) }, cancellationToken);
            foreach (var finding in report.Findings)
            {
                findings.Add(log.Number == 0 ? finding.Place : $"{log.Folder}/{finding.Place}", finding.Detail);
            }
        }
    }

    private async ValueTask<Checkpoint?> OpenCheckpointsAsync(
        StorePass pass, IReadOnlyList<YearLog> logs, IReadOnlyList<ReadOnlyMemory<byte>> earlier, Findings findings, CancellationToken cancellationToken)
    {
        var row = await store.ReadCheckpointAsync(cancellationToken);
        var stored = Expect(pass, logs, row is null ? null : Encoding.UTF8.GetBytes(row.Note), "checkpoint row", findings);
        if (row is not null && stored is not null && Find(logs, stored)!.First + stored.Head.Size != row.Size)
        {
            findings.Add("checkpoint row", "its size is not that of its note");
        }

        foreach (var note in earlier)
        {
            Expect(pass, logs, note.ToArray(), "earlier checkpoint", findings);
        }

        var open = stored is not null && Find(logs, stored) == logs[^1] ? stored : null;
        if (files is null)
        {
            return open;
        }

        Checkpoint? published = null;
        foreach (var log in logs)
        {
            var place = log.Number == 0 ? LedgerLog.CheckpointPath : $"{log.Folder}/{LedgerLog.CheckpointPath}";
            var file = await log.FilesIn(files).ReadAsync(LedgerLog.CheckpointPath, cancellationToken);
            published = Expect(pass, [log], file, place, findings);
            if (file is null && (log.Number < logs.Count - 1 || open is not null))
            {
                findings.Add(place, "there is none, though one was published");
            }
            else if (published is not null && log.Closed is { } closed && published.Head != closed.Head)
            {
                findings.Add(place, $"it is not the one that the log was closed with, of {closed.Head.Size} leaves");
            }
        }

        return published;
    }

    private YearLog? Find(IReadOnlyList<YearLog> logs, Checkpoint checkpoint) => logs.FirstOrDefault(log => log.OriginIn(key.Name) == checkpoint.Origin);

    private Checkpoint? Expect(StorePass pass, IReadOnlyList<YearLog> logs, byte[]? note, string place, Findings findings)
    {
        if (note is null)
        {
            return null;
        }

        var fault = Checkpoint.TryOpen(note, [.. logs.Select(log => key.Named(log.OriginIn(key.Name)))], out var checkpoint);
        if (fault != NoteFault.None || Find(logs, checkpoint!) is not { } of)
        {
            findings.Add(place, $"not a checkpoint that {key} signed ({fault})");
            return null;
        }

        pass.Expect(of, checkpoint!.Head, place);
        return checkpoint;
    }

    private async ValueTask WalkAsync(StorePass pass, LedgerHead head, IProgress<LedgerProgress>? progress, CancellationToken cancellationToken)
    {
        while (pass.Size < head.Size)
        {
            var records = await store.ReadRecordsAsync(pass.Size, (int)Math.Min(Page, head.Size - pass.Size), cancellationToken);
            foreach (var record in records)
            {
                if (!pass.Take(record, time.GetUtcNow()))
                {
                    return;
                }
            }

            if (records.Count == 0)
            {
                pass.Missing();
                return;
            }

            progress?.Report(new LedgerProgress(pass.Size, head.Size));
        }
    }

    private static void CompareHead(StorePass pass, LedgerHead head, Findings findings)
    {
        if (pass.Size == head.Size && pass.Range.Head != head.Tree)
        {
            findings.Add("tree head", "its root is not that of the leaves");
        }
        else if (pass.Size == head.Size && !pass.Range.ToBytes().AsSpan().SequenceEqual(head.Range))
        {
            findings.Add("tree head", "its right edge is not that of the leaves");
        }

        pass.Finish();
    }

    /// <summary>A leaf that the head does not count was put there by somebody else than a recorder.</summary>
    private async ValueTask LookBeyondAsync(Findings findings, CancellationToken cancellationToken)
    {
        var last = await store.ReadLastIndexAsync(cancellationToken);
        var head = await store.ReadHeadAsync(cancellationToken);
        if (last >= head.Size)
        {
            findings.Add($"leaf {last}", $"stands beyond the {head.Size} leaves of the tree head");
        }
    }
}
