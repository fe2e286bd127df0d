namespace Chaperone.Ledger;

/// <summary>
/// Cosigns the checkpoints of the logs it watches, each only if it extends the last one (C2SP tlog-witness). It remembers
/// a checkpoint durably before it gives the cosignature away, so that no crash makes it sign two histories. Thread-safe
/// within one process; only one process may use the same files.
/// </summary>
public sealed class LogWitness : IDisposable
{
    private readonly WitnessMemory _memory;
    private readonly NoteSigner _signer;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, NoteKey> _logs;
    private readonly bool _withSuccessors;
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>A witness with its memory in <paramref name="files"/>.</summary>
    /// <param name="files">State; nobody else may write there.</param>
    /// <param name="signer">The witness's own key.</param>
    /// <param name="logs">Keys of the logs to watch; the key's name is the origin.</param>
    /// <param name="time">For the time in the cosignatures.</param>
    /// <param name="withSuccessors">True to watch the logs of later years of each ledger, too (<see cref="LogSeries"/>): signed with its key, of a year after all that were cosigned, and then no more of an earlier one.</param>
    /// <exception cref="ArgumentException">Two keys have one name.</exception>
    public LogWitness(ILedgerFiles files, NoteSigner signer, IReadOnlyCollection<NoteKey> logs, TimeProvider time, bool withSuccessors = false)
    {
        _withSuccessors = withSuccessors;
        _memory = new WitnessMemory(files);
        _signer = signer;
        _time = time;
        _logs = logs.ToDictionary(log => log.Name, StringComparer.Ordinal);
    }

    /// <summary>Begins to watch <paramref name="log"/> with nothing cosigned; does nothing where that has begun.</summary>
    public async ValueTask BeginAsync(NoteKey log, CancellationToken cancellationToken)
    {
        if (await _memory.ReadAsync(log, cancellationToken) is null)
        {
            await _memory.WriteAsync(log, ReadOnlyMemory<byte>.Empty, cancellationToken);
        }
    }

    /// <summary>The last checkpoint cosigned of <paramref name="origin"/> with the log's signature and our own, verbatim; null if none was, or the log is not watched.</summary>
    /// <exception cref="LedgerFaultException">The memory is gone or is not what this witness wrote.</exception>
    public async ValueTask<byte[]?> ReadLastAsync(string origin, CancellationToken cancellationToken)
    {
        if (Find(origin) is not { } watched)
        {
            return null;
        }

        var note = await ReadNoteAsync(watched, cancellationToken);
        return note.Length == 0 ? null : note;
    }

    /// <summary>Answers <c>add-checkpoint</c>.</summary>
    /// <exception cref="LedgerFaultException">The memory is gone or is not what this witness wrote: nothing was signed.</exception>
    /// <exception cref="IOException">Not remembered, so not signed.</exception>
    public async ValueTask<WitnessAnswer> AddAsync(AddCheckpoint request, CancellationToken cancellationToken)
    {
        if (SignedNote.TryParse(request.Checkpoint.Span, out var note) != NoteFault.None || !Checkpoint.TryParse(note!.Text, out var checkpoint))
        {
            return new WitnessAnswer(WitnessVerdict.Malformed);
        }

        if (Find(checkpoint!.Origin) is not { } watched)
        {
            return new WitnessAnswer(WitnessVerdict.UnknownLog);
        }

        if (note.Verify([watched.Log], out _) != NoteFault.None)
        {
            return new WitnessAnswer(WitnessVerdict.NotSigned);
        }

        if (request.OldSize > checkpoint.Head.Size)
        {
            return new WitnessAnswer(WitnessVerdict.Malformed);
        }

        // Comparing and remembering are one step: two requests at once could otherwise take leaves back.
        await _one.WaitAsync(cancellationToken);
        try
        {
            return await CompareAndRememberAsync(watched, request, note, checkpoint, cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private async ValueTask<WitnessAnswer> CompareAndRememberAsync(
        Watched watched, AddCheckpoint request, SignedNote note, Checkpoint checkpoint, CancellationToken cancellationToken)
    {
        var log = watched.Log;
        var remembered = await ReadNoteAsync(watched, cancellationToken);
        var last = Open(log, remembered);
        var newest = _withSuccessors ? await _memory.ReadNewestYearAsync(watched.Ledger, cancellationToken) : 0;
        if (watched.Year < newest && checkpoint.Head.Size > last.Size)
        {
            // A log of a later year carries over how this one was closed: more of it would be another history.
            await _memory.KeepEvidenceAsync(remembered, request.Checkpoint, cancellationToken);
            return new WitnessAnswer(WitnessVerdict.Fork, last.Size);
        }

        if (last.Size == checkpoint.Head.Size && last.Root != checkpoint.Head.Root && last.Size > 0)
        {
            await _memory.KeepEvidenceAsync(remembered, request.Checkpoint, cancellationToken);
            return new WitnessAnswer(WitnessVerdict.Fork, last.Size);
        }

        if (request.OldSize != last.Size)
        {
            return new WitnessAnswer(WitnessVerdict.OtherSize, last.Size);
        }

        if (!MerkleProof.VerifyConsistency(last, checkpoint.Head, request.Proof))
        {
            return new WitnessAnswer(WitnessVerdict.NotConsistent, last.Size);
        }

        var cosignature = _signer.Cosign(checkpoint, _time.GetUtcNow());
        var kept = note.Signatures.Where(log.IsKeyOf).Take(1).Append(cosignature);
        if (watched.Year > newest)
        {
            // In this order: a crash in between leaves an empty memory, which goes on as a new log; a year without a memory would be a loss.
            await _memory.WriteAsync(log, ReadOnlyMemory<byte>.Empty, cancellationToken);
            await _memory.WriteNewestYearAsync(watched.Ledger, watched.Year, cancellationToken);
        }

        await _memory.WriteAsync(log, new SignedNote(note.Text, [.. kept]).ToBytes(), cancellationToken);
        return new WitnessAnswer(WitnessVerdict.Cosigned, checkpoint.Head.Size, cosignature);
    }

    private async ValueTask<byte[]> ReadNoteAsync(Watched watched, CancellationToken cancellationToken)
    {
        if (await _memory.ReadAsync(watched.Log, cancellationToken) is { } note)
        {
            return note;
        }

        // A later log that was never begun has no memory yet; one that was has, whatever happened since.
        return watched.Year > 0 && await _memory.ReadNewestYearAsync(watched.Ledger, cancellationToken) < watched.Year
            ? []
            : throw new LedgerFaultException(LedgerFindingKind.CheckpointMissing, $"the witness's memory of {watched.Log.Name} is gone");
    }

    private Watched? Find(string origin)
    {
        if (_logs.TryGetValue(origin, out var log))
        {
            return new Watched(log, log, 0);
        }

        if (!_withSuccessors)
        {
            return null;
        }

        foreach (var ledger in _logs.Values)
        {
            if (LogSeries.TryReadYear(ledger.Name, origin, out var year))
            {
                return new Watched(ledger.Named(origin), ledger, year);
            }
        }

        return null;
    }

    /// <summary>A log that is watched, and the ledger's first log that it follows; year 0 for that one itself.</summary>
    private sealed record Watched(NoteKey Log, NoteKey Ledger, int Year);

    // What this witness wrote has both signatures; anything else in its place must not become the tree to compare with.
    private TreeHead Open(NoteKey log, byte[] remembered)
    {
        if (remembered.Length == 0)
        {
            return new TreeHead(0, Rfc6962.EmptyRoot);
        }

        Checkpoint? checkpoint = null;
        var fault = SignedNote.TryParse(remembered, out var note);
        if (fault != NoteFault.None || note!.Verify([log, _signer.WitnessKey], out var signers) != NoteFault.None || signers.Count != 2
            || !Checkpoint.TryParse(note.Text, out checkpoint) || checkpoint!.Origin != log.Name)
        {
            throw new LedgerFaultException(LedgerFindingKind.CheckpointSignature, $"the witness's memory of {log.Name} is not what it wrote");
        }

        return checkpoint.Head;
    }
}
