using System.Diagnostics;
using System.Text;
using Chaperone.Ledger;
using Chaperone.Recorder.Store;
using Chaperone.Recorder.Witnessing;

namespace Chaperone.Recorder.Publishing;

/// <summary>
/// The published logs: tiles and checkpoints derived from the store (C2SP tlog-tiles), one log a year. It signs only what extends every
/// checkpoint published before; a smaller or another store is refused for good (rollback), and damaged tiles are derived again.
/// Thread-safe: one publication at a time.
/// </summary>
internal sealed partial class LedgerLog(
    ILedgerStore store, ILedgerFiles files, NoteSigner signer, WitnessCircle witnesses, RecorderHealth health, TimeProvider time, ILogger<LedgerLog> logger) : IDisposable
{
    public const string CheckpointPath = "checkpoint";
    public const string KeyPath = "log.vkey";

    private const int Page = 4096;

    // Years beyond the store's last log that are looked for at start, in the files and at the witnesses.
    private const int MostYearsAhead = 8;

    private readonly SemaphoreSlim _publishing = new(1, 1);
    private bool _begun;

    // How many closed logs were shown to be published to their end, by this process.
    private int _ended;
    private volatile PublishedLogs? _published;

    /// <summary>What this process published last; null before the first.</summary>
    public PublishedLogs? Published => _published;

    /// <summary>The last checkpoint this process published; null before the first.</summary>
    public PublishedCheckpoint? Last => _published?.Last;

    /// <summary>Verifies the checkpoints of the first log; those of later ones by <see cref="KeyOf"/>.</summary>
    public NoteKey Key => signer.LogKey;

    /// <summary>Verifies the checkpoints of one log: the same key under that log's name.</summary>
    public NoteKey KeyOf(YearLog log) => Key.Named(log.OriginIn(Key.Name));

    /// <summary>Publishes the store's head. Nothing happens when it is published already.</summary>
    /// <exception cref="RecordsNotKeptException">The store is not the one that was published before; <see cref="RecorderHealth.Refusal"/> says why.</exception>
    /// <exception cref="IOException">The files cannot be written; call again when the cause is gone.</exception>
    public async ValueTask PublishAsync(CancellationToken cancellationToken)
    {
        await _publishing.WaitAsync(cancellationToken);
        try
        {
            if (!_begun)
            {
                await BeginAsync(cancellationToken);
                _begun = true;
            }

            var head = await store.ReadHeadAsync(cancellationToken);
            if (Last?.Size != head.Size)
            {
                await PublishAsync(head, cancellationToken);
            }
        }
        catch (LedgerFaultException e)
        {
            throw Refused(e.Kind, e.Message);
        }
        catch (InvalidDataException e)
        {
            throw Refused(LedgerFindingKind.StoreMismatch, e.Message);
        }
        finally
        {
            _publishing.Release();
        }
    }

    /// <summary>Refuses the store for good if <paramref name="note"/> is a checkpoint that this ledger signed over more records than the store has; any other note says nothing.</summary>
    /// <exception cref="RecordsNotKeptException">The store is refused.</exception>
    public async ValueTask HoldAgainstAsync(ReadOnlyMemory<byte> note, string place, CancellationToken cancellationToken)
    {
        try
        {
            var head = await store.ReadHeadAsync(cancellationToken);
            Compare(note, place, head, await store.ReadLogsAsync(cancellationToken));
        }
        catch (LedgerFaultException e)
        {
            throw Refused(e.Kind, e.Message);
        }
    }

    public void Dispose() => _publishing.Dispose();

    /// <summary>At start: holds the store against the checkpoints that are there, in the files and in the store.</summary>
    private async ValueTask BeginAsync(CancellationToken cancellationToken)
    {
        await files.WriteAsync(KeyPath, Encoding.UTF8.GetBytes($"{signer.LogKey}\n"), cancellationToken);
        var (head, logs) = await ReadAsync(cancellationToken);
        foreach (var folder in Enumerable.Range(logs[^1].Year + 1, MostYearsAhead).Select(LogSeries.FolderOf))
        {
            // A log that was opened since the backup: its folder is there, and the store does not know it.
            if (await files.ReadAsync($"{folder}/{CheckpointPath}", cancellationToken) is { } note)
            {
                Compare(note, $"{folder}/{CheckpointPath}", head, logs);
            }
        }

        var row = await store.ReadCheckpointAsync(cancellationToken);
        var stored = Open(row is null ? null : Encoding.UTF8.GetBytes(row.Note), "checkpoint row", logs);
        Hold(stored, "checkpoint", head, logs);
        Checkpoint? published = null;
        foreach (var log in logs)
        {
            var place = log.Number == 0 ? "checkpoint" : $"{log.Folder}/{CheckpointPath}";
            published = Open(await log.FilesIn(files).ReadAsync(CheckpointPath, cancellationToken), log.Number == 0 ? "checkpoint file" : place, [log]);
            Hold(published, place, head, logs);
        }

        // A backup may hold both files and database, and both old: then only the witnesses remember, also of logs that were opened since.
        var ahead = Enumerable.Range(logs[^1].Year + 1, Math.Clamp(time.GetUtcNow().Year - logs[^1].Year, 0, MostYearsAhead)).Select(year => LogSeries.OriginOf(Key.Name, year));
        foreach (var (witness, note) in await witnesses.RecallAsync([.. logs.TakeLast(2).Select(log => log.OriginIn(Key.Name)), .. ahead], cancellationToken))
        {
            Compare(note, $"checkpoint that {witness} cosigned", head, logs);
        }

        // Without files to extend, nothing else would compare the store with what it says was signed of it.
        if (published is null && stored is not null)
        {
            await CompareAsync(stored, Find(stored, logs)!, cancellationToken);
        }
    }

    /// <summary>Head and logs of one moment: logs that were opened since are left out.</summary>
    private async ValueTask<(LedgerHead Head, IReadOnlyList<YearLog> Logs)> ReadAsync(CancellationToken cancellationToken)
    {
        var head = await store.ReadHeadAsync(cancellationToken);
        var logs = await store.ReadLogsAsync(cancellationToken);
        if (logs[0].Year == 0)
        {
            var now = time.GetUtcNow();
            await store.WriteFirstLogAsync(new YearLog(0, Key.Name, now.Year, 0, now), cancellationToken);
            logs = await store.ReadLogsAsync(cancellationToken);
        }

        return logs.Count > head.Log && logs[head.Log].First == head.First
            ? (head, [.. logs.Take(head.Log), logs[head.Log] with { Closed = null }])
            : throw new InvalidDataException("the tree head is not of the store's last log");
    }

    private void Compare(ReadOnlyMemory<byte> note, string place, LedgerHead head, IReadOnlyList<YearLog> logs)
    {
        if (SignedNote.TryParse(note.Span, out var parsed) != NoteFault.None || !Checkpoint.TryParse(parsed!.Text, out var checkpoint)
            || (checkpoint!.Origin != Key.Name && !LogSeries.TryReadYear(Key.Name, checkpoint.Origin, out _))
            || parsed.Verify([Key.Named(checkpoint.Origin)], out _) != NoteFault.None)
        {
            return;
        }

        if (Find(checkpoint, logs) is null)
        {
            throw new LedgerFaultException(LedgerFindingKind.RolledBack, $"{place}: is of the log {checkpoint.Origin}, which the store does not have");
        }

        Hold(checkpoint, place, head, logs);
    }

    private void Hold(Checkpoint? checkpoint, string place, LedgerHead head, IReadOnlyList<YearLog> logs)
    {
        if (checkpoint is not null && (Find(checkpoint, logs)?.Closed?.Head ?? head.Tree).Size is var has && checkpoint.Head.Size > has)
        {
            throw new LedgerFaultException(LedgerFindingKind.RolledBack, $"{place}: says {checkpoint.Head.Size} leaves, but the store has only {has}");
        }
    }

    private YearLog? Find(Checkpoint checkpoint, IReadOnlyList<YearLog> logs) => logs.FirstOrDefault(log => log.OriginIn(Key.Name) == checkpoint.Origin);

    /// <summary>Each closed log to its end, then the open one.</summary>
    /// <remarks>
    /// Crash windows: the store has the closing and the next log's first leaf in one commit, so a log is either open or closed. A
    /// store that lost a log again is noticed at the next start: by its folder here, or by the witnesses.
    /// </remarks>
    private async ValueTask PublishAsync(LedgerHead seen, CancellationToken cancellationToken)
    {
        var (head, logs) = await ReadAsync(cancellationToken);
        Debug.Assert(head.Size >= seen.Size);
        await AnnounceAsync(logs, cancellationToken);
        foreach (var log in logs.Skip(_ended).Where(log => log.Closed is not null))
        {
            if (await PublishAsync(log, log.Closed!.Head, cancellationToken) != log.Closed.Note)
            {
                throw new LedgerFaultException(LedgerFindingKind.EarlierInconsistent, $"log {log.OriginIn(Key.Name)}: it was closed with another checkpoint than the one that was published last");
            }

            _ended = log.Number + 1;
        }

        var text = await PublishAsync(logs[^1], head.Tree, cancellationToken);

        // After a restart the standing checkpoint comes back: it was signed when the row says.
        var row = await store.ReadCheckpointAsync(cancellationToken);
        var checkpoint = row?.Note == text ? row : new PublishedCheckpoint(head.Size, time.GetUtcNow(), text);
        if (checkpoint != row)
        {
            await store.WriteCheckpointAsync(checkpoint, cancellationToken);
        }

        _published = new PublishedLogs(logs, checkpoint);
    }

    private async ValueTask AnnounceAsync(IReadOnlyList<YearLog> logs, CancellationToken cancellationToken)
    {
        if (_published?.Logs.Count == logs.Count)
        {
            return;
        }

        await files.WriteAsync(LogList.Path, LogList.Write(logs, Key), cancellationToken);
        foreach (var log in logs.Skip(1))
        {
            await log.FilesIn(files).WriteAsync(KeyPath, Encoding.UTF8.GetBytes($"{KeyOf(log)}\n"), cancellationToken);
        }
    }

    private async ValueTask<string> PublishAsync(YearLog log, TreeHead head, CancellationToken cancellationToken)
    {
        var ofLog = log.FilesIn(files);
        var leaves = new StoreLeaves(store, log.First);
        var named = log.Number == 0 ? signer : signer.Named(log.OriginIn(Key.Name));
        SignedNote note;
        try
        {
            note = await new LedgerPublisher(ofLog, leaves, named).PublishAsync(head, cancellationToken);
        }
        catch (LedgerFaultException e) when (e.Kind is not (LedgerFindingKind.RolledBack or LedgerFindingKind.CheckpointSignature))
        {
            // Tiles are derived: torn or lost ones are made again, once the store is shown to have what was signed.
            Log.Deriving(logger, e.Message);
            if (Open(await ofLog.ReadAsync(CheckpointPath, cancellationToken), "checkpoint file", [log]) is { } standing)
            {
                await CompareAsync(standing, log, cancellationToken);
            }

            note = await new LedgerPublisher(new WithoutCheckpoint(ofLog), leaves, named).PublishAsync(head, cancellationToken);
        }

        return Encoding.UTF8.GetString(note.ToBytes());
    }

    /// <summary>Recomputes the store's root at the checkpoint's size from its leaves.</summary>
    private async ValueTask CompareAsync(Checkpoint checkpoint, YearLog log, CancellationToken cancellationToken)
    {
        var all = new StoreLeaves(store, log.First);
        var range = new CompactRange();
        while (range.Size < checkpoint.Head.Size)
        {
            var leaves = await all.ReadAsync(range.Size, (int)Math.Min(Page, checkpoint.Head.Size - range.Size), cancellationToken);
            if (leaves.Count == 0)
            {
                throw new LedgerFaultException(LedgerFindingKind.StoreMismatch, $"leaf {range.Size}: the store does not have it");
            }

            foreach (var leaf in leaves)
            {
                range.Append(Rfc6962.HashLeaf(leaf.Span));
            }
        }

        if (range.Head != checkpoint.Head)
        {
            throw new LedgerFaultException(
                LedgerFindingKind.EarlierInconsistent, $"checkpoint: its {checkpoint.Head.Size} leaves are not the first of the store");
        }
    }

    /// <summary>A checkpoint that must be one of these logs'.</summary>
    private Checkpoint? Open(byte[]? note, string place, IReadOnlyList<YearLog> logs)
    {
        if (note is null)
        {
            return null;
        }

        var fault = Checkpoint.TryOpen(note, [.. logs.Select(KeyOf)], out var checkpoint);
        return fault == NoteFault.None && Find(checkpoint!, logs) is not null
            ? checkpoint
            : throw new LedgerFaultException(LedgerFindingKind.CheckpointSignature, $"{place}: not one that {signer.LogKey.Name} signed ({fault})");
    }

    private RecordsNotKeptException Refused(LedgerFindingKind kind, string found)
    {
        var remedy = kind switch
        {
            LedgerFindingKind.RolledBack => "Records were taken back, as by restoring an old backup. Restore the newest store, and restart; if it is lost for good, see docs/witness.md.",
            LedgerFindingKind.CheckpointSignature => "Restore the signing key file (Recorder:SigningKeyFile) and the Recorder:Origin that this ledger began with, and restart.",
            _ => "The store is not the one that was signed. Run 'chaperone verify' to see where, restore the store from backup, and restart.",
        };
        var sentence = $"Nothing is recorded or signed: {store.Name} does not fit its last checkpoint ({found}). {remedy}";
        health.Refuse(sentence);
        Log.Refused(logger, sentence);
        return new RecordsNotKeptException(sentence);
    }

    private static partial class Log
    {
        [LoggerMessage(6020, LogLevel.Critical, "{Sentence}")]
        public static partial void Refused(ILogger logger, string sentence);

        [LoggerMessage(6021, LogLevel.Error, "The log's tiles are damaged and are derived again from the store: {Found}")]
        public static partial void Deriving(ILogger logger, string found);
    }
}
