using System.Text;
using Chaperone.Bus;
using Chaperone.Contracts;
using Chaperone.Ledger;
using Chaperone.Recorder.Publishing;
using Chaperone.Recorder.Sequencing;
using Chaperone.Recorder.Store;

namespace Chaperone.Recorder.Doors;

/// <summary>Answers with what proves one record, as it lies in the store and in the published tiles. It checks nothing: that is for the reader.</summary>
internal sealed class ReadProofDoor(LedgerOpening opening, ILedgerStore ledger, ILedgerFiles files, LedgerLog log) : IDoor<ReadProof, RecordProof>
{
    private const int LargestObject = 1024 * 1024;

    public async ValueTask<RecordProof> AnswerAsync(ReadProof request, CancellationToken cancellationToken)
    {
        await opening.EnsureOpenAsync(cancellationToken);
        if (request.Index < 0 || await ledger.ReadRecordsAsync(request.Index, 1, cancellationToken) is not [var record] || record.Leaf.Index != request.Index)
        {
            return Without("The ledger has no record at that index.");
        }

        var of = YearLog.Of(await ledger.ReadLogsAsync(cancellationToken), request.Index);
        var leaf = request.Index - of.First;
        var ofLog = of.FilesIn(files);
        var note = await ofLog.ReadAsync(LedgerLog.CheckpointPath, cancellationToken);
        if (note is null || SignedNote.TryParse(note, out var signed) != NoteFault.None || !Checkpoint.TryParse(signed!.Text, out var checkpoint))
        {
            return Without("There is no readable checkpoint. The recorder signs one soon after it starts; look at the page Integrity.");
        }

        if (leaf >= checkpoint!.Head.Size)
        {
            return Without($"The last checkpoint covers {checkpoint.Head.Size} records, and this one is newer. The next is signed within moments; try again.");
        }

        try
        {
            var hashes = await new TreeReader(ofLog, checkpoint.Head.Size).InclusionProofAsync(leaf, cancellationToken);
            var sealedObject = record.Object ?? [];
            return new RecordProof
            {
                Leaf = record.Leaf.Bytes,
                Header = record.Header ?? [],
                Sealed = sealedObject.Length > LargestObject ? [] : sealedObject,
                ObjectBytes = sealedObject.Length,
                TreeIndex = leaf,
                Hashes = [.. hashes.Select(h => h.ToString())],
                Checkpoint = Encoding.UTF8.GetString(note),
                VerifierKey = log.Key.ToString(),
            };
        }
        catch (LedgerFaultException e)
        {
            return Without($"The published tiles do not give a proof ({e.Message}). Run 'chaperone verify' to see what is wrong.");
        }
    }

    private RecordProof Without(string problem) => new() { Problem = problem, VerifierKey = log.Key.ToString() };
}
