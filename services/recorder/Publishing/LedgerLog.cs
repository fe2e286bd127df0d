using System.Text;
using Chaperone.Ledger;
using Chaperone.Recorder.Store;
using Chaperone.Recorder.Witnessing;

namespace Chaperone.Recorder.Publishing;

/// <summary>
/// The published log: tiles and checkpoint derived from the store (C2SP tlog-tiles). It signs only what extends every
/// checkpoint published before; a smaller or another store is refused for good (rollback), and damaged tiles are derived again.
/// Thread-safe: one publication at a time.
/// </summary>
internal sealed partial class LedgerLog(
    ILedgerStore store, ILedgerFiles files, NoteSigner signer, WitnessCircle witnesses, RecorderHealth health, TimeProvider time, ILogger<LedgerLog> logger) : IDisposable
{
    public const string CheckpointPath = "checkpoint";
    public const string KeyPath = "log.vkey";

    private const int Page = 4096;

    private readonly SemaphoreSlim _publishing = new(1, 1);
    private readonly StoreLeaves _leaves = new(store);
    private bool _begun;
    private volatile PublishedCheckpoint? _last;

    /// <summary>The last checkpoint this process published; null before the first.</summary>
    public PublishedCheckpoint? Last => _last;

    /// <summary>Verifies the checkpoints.</summary>
    public NoteKey Key => signer.LogKey;

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
            if (_last?.Size != head.Size)
            {
                await PublishAsync(new TreeHead(head.Size, head.Root), cancellationToken);
            }
        }
        catch (LedgerFaultException e)
        {
            throw Refused(e.Kind, e.Message);
        }
        finally
        {
            _publishing.Release();
        }
    }

    /// <summary>Refuses the store for good if <paramref name="note"/> is a checkpoint that this log signed over more records than the store has; any other note says nothing.</summary>
    /// <exception cref="RecordsNotKeptException">The store is refused.</exception>
    public async ValueTask HoldAgainstAsync(ReadOnlyMemory<byte> note, string place, CancellationToken cancellationToken)
    {
        try
        {
            Compare(note, place, await store.ReadHeadAsync(cancellationToken));
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
        var head = await store.ReadHeadAsync(cancellationToken);
        var row = await store.ReadCheckpointAsync(cancellationToken);
        var published = Open(await files.ReadAsync(CheckpointPath, cancellationToken), "checkpoint file");
        var stored = Open(row is null ? null : Encoding.UTF8.GetBytes(row.Note), "checkpoint row");
        foreach (var checkpoint in (Checkpoint?[])[published, stored])
        {
            if (checkpoint is not null && checkpoint.Head.Size > head.Size)
            {
                throw new LedgerFaultException(
                    LedgerFindingKind.RolledBack, $"checkpoint: says {checkpoint.Head.Size} leaves, but the store has only {head.Size}");
            }
        }

        // A backup may hold both files and database, and both old: then only the witnesses remember.
        foreach (var (witness, note) in await witnesses.RecallAsync(cancellationToken))
        {
            Compare(note, $"checkpoint that {witness} cosigned", head);
        }

        // Without files to extend, nothing else would compare the store with what it says was signed of it.
        if (published is null && stored is not null)
        {
            await CompareAsync(stored, cancellationToken);
        }
    }

    private void Compare(ReadOnlyMemory<byte> note, string place, LedgerHead head)
    {
        if (Checkpoint.TryOpen(note.Span, [signer.LogKey], out var checkpoint) == NoteFault.None
            && checkpoint!.Origin == signer.LogKey.Name && checkpoint.Head.Size > head.Size)
        {
            throw new LedgerFaultException(
                LedgerFindingKind.RolledBack, $"{place}: says {checkpoint.Head.Size} leaves, but the store has only {head.Size}");
        }
    }

    private async ValueTask PublishAsync(TreeHead head, CancellationToken cancellationToken)
    {
        SignedNote note;
        try
        {
            note = await new LedgerPublisher(files, _leaves, signer).PublishAsync(head, cancellationToken);
        }
        catch (LedgerFaultException e) when (e.Kind is not (LedgerFindingKind.RolledBack or LedgerFindingKind.CheckpointSignature))
        {
            // Tiles are derived: torn or lost ones are made again, once the store is shown to have what was signed.
            Log.Deriving(logger, e.Message);
            if (Open(await files.ReadAsync(CheckpointPath, cancellationToken), "checkpoint file") is { } standing)
            {
                await CompareAsync(standing, cancellationToken);
            }

            note = await new LedgerPublisher(new WithoutCheckpoint(files), _leaves, signer).PublishAsync(head, cancellationToken);
        }

        // After a restart the standing checkpoint comes back: it was signed when the row says.
        var text = Encoding.UTF8.GetString(note.ToBytes());
        var row = await store.ReadCheckpointAsync(cancellationToken);
        var checkpoint = row?.Note == text ? row : new PublishedCheckpoint(head.Size, time.GetUtcNow(), text);
        if (checkpoint != row)
        {
            await store.WriteCheckpointAsync(checkpoint, cancellationToken);
        }

        _last = checkpoint;
    }

    /// <summary>Recomputes the store's root at the checkpoint's size from its leaves.</summary>
    private async ValueTask CompareAsync(Checkpoint checkpoint, CancellationToken cancellationToken)
    {
        var range = new CompactRange();
        while (range.Size < checkpoint.Head.Size)
        {
            var leaves = await _leaves.ReadAsync(range.Size, (int)Math.Min(Page, checkpoint.Head.Size - range.Size), cancellationToken);
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

    private Checkpoint? Open(byte[]? note, string place)
    {
        if (note is null)
        {
            return null;
        }

        var fault = Checkpoint.TryOpen(note, [signer.LogKey], out var checkpoint);
        return fault == NoteFault.None && checkpoint!.Origin == signer.LogKey.Name
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
