using System.Text;
using Chaperone.Ledger;
using Chaperone.Recorder.Keys;
using Chaperone.Recorder.Publishing;
using Chaperone.Recorder.Store;

namespace Chaperone.Recorder.Verification;

/// <summary>
/// Recomputes everything, trusting only <paramref name="key"/>: the database's pages, every leaf against its columns, header and
/// object, the tree head, the checkpoints, and the published tiles. Needs no record key, writes nothing, and may run beside
/// a recorder: what is appended meanwhile is left for the next time.
/// </summary>
/// <param name="store">The ledger.</param>
/// <param name="files">The published log; null to verify the store and its checkpoint row alone.</param>
/// <param name="key">The log's verifier key, best kept elsewhere.</param>
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
        var pass = new StorePass(findings, keys is null ? null : new KeyCheck(keys, findings));
        Checkpoint? published = null;
        try
        {
            if (await store.CheckPagesAsync(cancellationToken) is { } damage)
            {
                findings.Add("store", damage);
            }

            // Checkpoints are read before the head: beside a running recorder the head may only be larger.
            published = await OpenCheckpointsAsync(pass, earlier, findings, cancellationToken);
            var head = await store.ReadHeadAsync(cancellationToken);
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
            var report = await new LedgerVerifier(files, key).VerifyAsync(
                new LedgerVerification { Store = new StoreLeaves(store) }, cancellationToken);
            foreach (var finding in report.Findings)
            {
                findings.Add(finding.Place, finding.Detail);
            }
        }

        return new StoreReport
        {
            Head = pass.Range.Head,
            Checkpoint = published,
            Findings = findings.All,
            Missing = pass.Numbering.Missing(DateTimeOffset.MaxValue),
            RecordedGaps = pass.RecordedGaps,
            Shredded = pass.Shredded,
        };
    }

    private async ValueTask<Checkpoint?> OpenCheckpointsAsync(
        StorePass pass, IReadOnlyList<ReadOnlyMemory<byte>> earlier, Findings findings, CancellationToken cancellationToken)
    {
        var row = await store.ReadCheckpointAsync(cancellationToken);
        var stored = Expect(pass, row is null ? null : Encoding.UTF8.GetBytes(row.Note), "checkpoint row", findings);
        if (row is not null && stored is not null && stored.Head.Size != row.Size)
        {
            findings.Add("checkpoint row", "its size is not that of its note");
        }

        foreach (var note in earlier)
        {
            Expect(pass, note.ToArray(), "earlier checkpoint", findings);
        }

        if (files is null)
        {
            return stored;
        }

        var file = await files.ReadAsync(LedgerLog.CheckpointPath, cancellationToken);
        var published = Expect(pass, file, LedgerLog.CheckpointPath, findings);
        if (file is null && stored is not null)
        {
            findings.Add(LedgerLog.CheckpointPath, "there is none, though one was published");
        }

        return published;
    }

    private Checkpoint? Expect(StorePass pass, byte[]? note, string place, Findings findings)
    {
        if (note is null)
        {
            return null;
        }

        var fault = Checkpoint.TryOpen(note, [key], out var checkpoint);
        if (fault != NoteFault.None || checkpoint!.Origin != key.Name)
        {
            findings.Add(place, $"not a checkpoint that {key} signed ({fault})");
            return null;
        }

        pass.Expect(checkpoint.Head, place);
        return checkpoint;
    }

    private async ValueTask WalkAsync(StorePass pass, LedgerHead head, IProgress<LedgerProgress>? progress, CancellationToken cancellationToken)
    {
        while (pass.Range.Size < head.Size)
        {
            var records = await store.ReadRecordsAsync(pass.Range.Size, (int)Math.Min(Page, head.Size - pass.Range.Size), cancellationToken);
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

            progress?.Report(new LedgerProgress(pass.Range.Size, head.Size));
        }
    }

    private static void CompareHead(StorePass pass, LedgerHead head, Findings findings)
    {
        if (pass.Range.Size == head.Size && pass.Range.Root() != head.Root)
        {
            findings.Add("tree head", "its root is not that of the leaves");
        }
        else if (pass.Range.Size == head.Size && !pass.Range.ToBytes().AsSpan().SequenceEqual(head.Range))
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
