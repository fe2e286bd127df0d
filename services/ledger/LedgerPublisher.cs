namespace Chaperone.Ledger;

/// <summary>
/// Publishes a log: derives its tiles from the sequencer's leaves, and signs a checkpoint only over tiles that it has read
/// back and that extend what it signed before. Stateless between calls, so a crash at any point is mended by the next call.
/// One at a time per log.
/// </summary>
public sealed class LedgerPublisher(ILedgerFiles files, ILeafSource leaves, NoteSigner signer)
{
    private readonly TileWriter _writer = new(files, leaves);

    /// <summary>Publishes the tree <paramref name="head"/> that the sequencer committed; returns the signed checkpoint, the standing one if nothing was added.</summary>
    /// <exception cref="LedgerFaultException">
    /// The standing checkpoint is not ours, is of a larger tree (<see cref="LedgerFindingKind.RolledBack"/>) or of another one
    /// (<see cref="LedgerFindingKind.EarlierInconsistent"/>), or the leaves do not have the root of <paramref name="head"/>.
    /// Nothing was signed.
    /// </exception>
    /// <exception cref="IOException">The files cannot be written; call again when the cause is gone.</exception>
    public async ValueTask<SignedNote> PublishAsync(TreeHead head, CancellationToken cancellationToken)
    {
        var (standing, note) = await ReadStandingAsync(cancellationToken);
        if (standing is not null && standing.Value.Size > head.Size)
        {
            throw new LedgerFaultException(
                LedgerFindingKind.RolledBack, $"checkpoint: says {standing.Value.Size} leaves, but the store has only {head.Size}");
        }

        if (standing == head)
        {
            return note!;
        }

        if (standing?.Size == head.Size)
        {
            // The same paths would be written: published tiles, the evidence, must stay as they are.
            throw Fork(standing.Value, head);
        }

        var before = standing ?? new TreeHead(0, Rfc6962.EmptyRoot);
        var replaced = await _writer.WriteAsync(before.Size, head.Size, cancellationToken);
        await CheckAsync(before, head, cancellationToken);

        // Tiles first, then the checkpoint that needs them; partial tiles go last, when full ones stand for them.
        var checkpoint = new Checkpoint(signer.LogKey.Name, head).Sign(signer);
        await files.WriteAsync(LedgerReader.CheckpointPath, checkpoint.ToBytes(), cancellationToken);
        foreach (var folder in replaced)
        {
            await files.DeleteFolderAsync(folder, cancellationToken);
        }

        return checkpoint;
    }

    private async ValueTask<(TreeHead? Head, SignedNote? Note)> ReadStandingAsync(CancellationToken cancellationToken)
    {
        var bytes = await files.ReadAsync(LedgerReader.CheckpointPath, cancellationToken);
        if (bytes is null)
        {
            return (null, null);
        }

        var fault = Checkpoint.TryOpen(bytes, [signer.LogKey], out var checkpoint);
        if (fault != NoteFault.None || checkpoint!.Origin != signer.LogKey.Name)
        {
            throw new LedgerFaultException(
                LedgerFindingKind.CheckpointSignature, $"checkpoint: not one that {signer.LogKey.Name} signed ({fault})");
        }

        _ = SignedNote.TryParse(bytes, out var note);
        return (checkpoint.Head, note);
    }

    // A log must never sign two trees of which neither begins with the other: both roots come from the same tiles.
    private async ValueTask CheckAsync(TreeHead before, TreeHead head, CancellationToken cancellationToken)
    {
        var tree = new TreeReader(files, head.Size);
        var root = await tree.RootAsync(head.Size, cancellationToken);
        if (root != head.Root)
        {
            throw new LedgerFaultException(
                LedgerFindingKind.RootMismatch, $"tiles of {head.Size} leaves have root {root}, the store's head says {head.Root}");
        }

        if (await tree.RootAsync(before.Size, cancellationToken) != before.Root)
        {
            throw Fork(before, head);
        }
    }

    private static LedgerFaultException Fork(TreeHead before, TreeHead head) => new(
        LedgerFindingKind.EarlierInconsistent, $"checkpoint: its {before.Size} leaves are not the first of the store's {head.Size}");
}
