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
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>A witness with its memory in <paramref name="files"/>.</summary>
    /// <param name="files">State; nobody else may write there.</param>
    /// <param name="signer">The witness's own key.</param>
    /// <param name="logs">Keys of the logs to watch; the key's name is the origin.</param>
    /// <param name="time">For the time in the cosignatures.</param>
    /// <exception cref="ArgumentException">Two keys have one name.</exception>
    public LogWitness(ILedgerFiles files, NoteSigner signer, IReadOnlyCollection<NoteKey> logs, TimeProvider time)
    {
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
        if (!_logs.TryGetValue(origin, out var log))
        {
            return null;
        }

        var note = await ReadNoteAsync(log, cancellationToken);
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

        if (!_logs.TryGetValue(checkpoint!.Origin, out var log))
        {
            return new WitnessAnswer(WitnessVerdict.UnknownLog);
        }

        if (note.Verify([log], out _) != NoteFault.None)
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
            return await CompareAndRememberAsync(log, request, note, checkpoint, cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private async ValueTask<WitnessAnswer> CompareAndRememberAsync(
        NoteKey log, AddCheckpoint request, SignedNote note, Checkpoint checkpoint, CancellationToken cancellationToken)
    {
        var remembered = await ReadNoteAsync(log, cancellationToken);
        var last = Open(log, remembered);
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
        await _memory.WriteAsync(log, new SignedNote(note.Text, [.. kept]).ToBytes(), cancellationToken);
        return new WitnessAnswer(WitnessVerdict.Cosigned, checkpoint.Head.Size, cosignature);
    }

    private async ValueTask<byte[]> ReadNoteAsync(NoteKey log, CancellationToken cancellationToken) =>
        await _memory.ReadAsync(log, cancellationToken)
        ?? throw new LedgerFaultException(LedgerFindingKind.CheckpointMissing, $"the witness's memory of {log.Name} is gone");

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
