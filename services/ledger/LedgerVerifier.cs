namespace Chaperone.Ledger;

/// <summary>
/// Recomputes a whole log offline: the checkpoint's signature, every leaf, every tile of every level, the root, and that
/// earlier checkpoints are of the same log. Streams: memory does not grow with the log. Trusts only <paramref name="logKey"/>.
/// </summary>
public sealed class LedgerVerifier(ILedgerFiles files, NoteKey logKey)
{
    private const int BundlesPerReport = 64;

    private readonly LedgerReader _reader = new(files);

    /// <summary>Verifies; what is wrong is in the report, never an exception.</summary>
    /// <exception cref="IOException">A file or the store cannot be read.</exception>
    public async ValueTask<LedgerReport> VerifyAsync(LedgerVerification what, CancellationToken cancellationToken)
    {
        var findings = new FindingList();
        var checkpoint = await OpenCheckpointAsync(findings, cancellationToken);
        if (checkpoint is not null)
        {
            await WalkAsync(checkpoint.Head, what, findings, cancellationToken);
            foreach (var earlier in what.Earlier)
            {
                await CompareAsync(earlier, checkpoint.Head, findings, cancellationToken);
            }
        }

        return new LedgerReport { Checkpoint = checkpoint, Findings = findings.Kept, FindingCount = findings.Count };
    }

    private async ValueTask<Checkpoint?> OpenCheckpointAsync(FindingList findings, CancellationToken cancellationToken)
    {
        var bytes = await _reader.ReadCheckpointAsync(cancellationToken);
        if (bytes is null)
        {
            findings.Add(new(LedgerFindingKind.CheckpointMissing, LedgerReader.CheckpointPath, "there is none"));
            return null;
        }

        return Open(bytes, LedgerReader.CheckpointPath, findings);
    }

    private Checkpoint? Open(ReadOnlyMemory<byte> bytes, string place, FindingList findings)
    {
        var fault = Checkpoint.TryOpen(bytes.Span, [logKey], out var checkpoint);
        if (fault is NoteFault.BadSignature or NoteFault.NoKnownSignature)
        {
            findings.Add(new(LedgerFindingKind.CheckpointSignature, place, $"not signed by {logKey} ({fault})"));
        }
        else if (fault != NoteFault.None)
        {
            findings.Add(new(LedgerFindingKind.CheckpointMalformed, place, $"not a signed checkpoint ({fault})"));
        }
        else if (checkpoint!.Origin != logKey.Name)
        {
            findings.Add(new(LedgerFindingKind.CheckpointOrigin, place, $"its origin is not {logKey.Name}"));
            checkpoint = null;
        }

        return checkpoint;
    }

    private async ValueTask WalkAsync(TreeHead head, LedgerVerification what, FindingList findings, CancellationToken cancellationToken)
    {
        var walk = new TreeWalk(_reader, head.Size, findings);
        var leaves = new LeafCheck(_reader, what.Store, findings);
        for (var first = 0L; first < head.Size; first += Tile.FullWidth)
        {
            var width = (int)Math.Min(Tile.FullWidth, head.Size - first);
            var hashes = await leaves.ReadAsync(first, width, cancellationToken);
            var tile = await walk.AddLeavesAsync(hashes, cancellationToken);
            leaves.CompareStore(first, tile);
            if (first / Tile.FullWidth % BundlesPerReport == BundlesPerReport - 1)
            {
                what.Progress?.Report(new LedgerProgress(first + width, head.Size));
            }
        }

        await walk.FinishAsync(head.Root, cancellationToken);
        if (findings.Count == 0)
        {
            // Compared with what stands there now, which says something only where that is right.
            await new OlderPartials(files, head.Size, findings).CheckAsync(cancellationToken);
        }

        what.Progress?.Report(new LedgerProgress(head.Size, head.Size));
    }

    private async ValueTask CompareAsync(ReadOnlyMemory<byte> note, TreeHead head, FindingList findings, CancellationToken cancellationToken)
    {
        const string Place = "earlier checkpoint";
        var earlier = Open(note, Place, findings);
        if (earlier is null)
        {
            return;
        }

        if (earlier.Head.Size > head.Size)
        {
            findings.Add(new(LedgerFindingKind.RolledBack, Place, $"says {earlier.Head.Size} leaves, the log now only {head.Size}"));
            return;
        }

        try
        {
            var root = await new TreeReader(files, head.Size).RootAsync(earlier.Head.Size, cancellationToken);
            if (root != earlier.Head.Root)
            {
                findings.Add(new(LedgerFindingKind.EarlierInconsistent, Place, $"its {earlier.Head.Size} leaves are not the first of this log"));
            }
        }
        catch (LedgerFaultException fault)
        {
            findings.Add(new(LedgerFindingKind.EarlierInconsistent, Place, $"cannot be compared, {fault.Message}"));
        }
    }
}
