using System.Text;

namespace Chaperone.Recorder.Evidence;

/// <summary>
/// <c>records.jsonl</c>: the PHI-free header of each record, byte for byte as its leaf commits to it. <c>proofs.tsv</c>: for the same line
/// the record's number, the leaf, and its inclusion proof in the tree of its log in hex (leaf to root, joined by commas; <c>-</c> for none), as simple
/// that a shell script can check it.
/// </summary>
internal sealed class RecordsPart(EvidenceFolder folder, LogTrees trees, long size) : IEvidencePart
{
    private readonly EvidenceMember _records = folder.Create(EvidencePaths.Records);
    private readonly EvidenceMember _proofs = folder.Create(EvidencePaths.Proofs);

    public void Take(EvidenceRecord record)
    {
        _records.Write(record.Header);
        _records.Write("\n"u8);
        _records.Rows = (_records.Rows ?? 0) + 1;
        var proof = string.Join(',', trees.InclusionProof(record.Index, size).Select(h => Convert.ToHexStringLower(h.ToArray())));
        _proofs.Write($"{record.Index}\t{Encoding.UTF8.GetString(record.Leaf)}\t{(proof.Length == 0 ? "-" : proof)}\n");
        _proofs.Rows = _records.Rows;
    }

    public void Finish()
    {
        _records.Rows ??= 0;
        _proofs.Rows ??= 0;
        _records.Dispose();
        _proofs.Dispose();
    }
}
