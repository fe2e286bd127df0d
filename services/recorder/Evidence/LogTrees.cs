using System.Text;
using Chaperone.Ledger;
using Chaperone.Recorder.Sealing;
using Chaperone.Recorder.Store;

namespace Chaperone.Recorder.Evidence;

/// <summary>The trees of all logs in memory, as the records are read in order. Sizes and indexes count the records of all logs. Not for concurrent use.</summary>
internal sealed class LogTrees(IReadOnlyList<YearLog> logs, NoteKey ledger)
{
    private readonly List<LeafTree> _trees = [];

    // Leaf 0 of each log.
    private readonly List<byte[]> _beginnings = [];

    /// <summary>Records taken.</summary>
    public long Size { get; private set; }

    /// <summary>Takes the next record's leaf.</summary>
    /// <exception cref="InvalidDataException">A log begins here, and the one before was not closed with the tree of its leaves, or this leaf does not carry that over.</exception>
    public void Append(byte[] leaf)
    {
        if (YearLog.Of(logs, Size).Number == _trees.Count)
        {
            Begin(leaf);
        }

        _trees[^1].Append(Rfc6962.HashLeaf(leaf));
        Size++;
    }

    /// <summary>The logs that the first <paramref name="size"/> records are in, oldest first.</summary>
    public IReadOnlyList<YearLog> LogsOf(long size) => [.. logs.Where(log => log.First < size)];

    /// <summary>A log's tree when the ledger had <paramref name="size"/> records.</summary>
    public TreeHead HeadOf(YearLog log, long size) => new(SizeOf(log, size), _trees[log.Number].Root(SizeOf(log, size)));

    /// <summary>Root of a log's first leaves.</summary>
    public MerkleHash RootOf(YearLog log, long leaves) => _trees[log.Number].Root(leaves);

    /// <summary>Inclusion proof of a record in its log's tree of when the ledger had <paramref name="size"/> records.</summary>
    public IReadOnlyList<MerkleHash> InclusionProof(long index, long size)
    {
        var log = YearLog.Of(logs, index);
        return _trees[log.Number].InclusionProof(index - log.First, SizeOf(log, size));
    }

    /// <summary>Proof that a log's tree, of when the ledger had <paramref name="size"/> records, begins with its first <paramref name="older"/> leaves.</summary>
    public IReadOnlyList<MerkleHash> ConsistencyProof(YearLog log, long older, long size) => _trees[log.Number].ConsistencyProof(older, SizeOf(log, size));

    /// <summary>
    /// <c>logs.tsv</c>: a line for each log, oldest first: number of its first record, origin, its first leaf that carries over how the
    /// one before was closed, and that leaf's inclusion proof in hex, joined by commas; <c>-</c> for none.
    /// </summary>
    public string Table(long size) => string.Concat(LogsOf(size).Select(log =>
    {
        var proof = string.Join(',', log.Number == 0 ? [] : InclusionProof(log.First, size).Select(h => Convert.ToHexStringLower(h.ToArray())));
        return $"{log.First}\t{log.OriginIn(ledger.Name)}\t{(log.Number == 0 ? "-" : Encoding.UTF8.GetString(_beginnings[log.Number]))}\t{(proof.Length == 0 ? "-" : proof)}\n";
    }));

    private void Begin(byte[] leaf)
    {
        if (_trees.Count > 0)
        {
            var before = logs[_trees.Count - 1];
            var origin = before.OriginIn(ledger.Name);
            var closed = before.Closed!;
            if (Checkpoint.TryOpen(Encoding.UTF8.GetBytes(closed.Note), [ledger.Named(origin)], out var checkpoint) != NoteFault.None
                || checkpoint!.Origin != origin || checkpoint.Head != closed.Head || closed.Head != _trees[^1].Head)
            {
                throw new InvalidDataException($"log {origin}: it was closed with another tree than that of its leaves");
            }

            if (LeafFormat.Read(leaf).Carried != CarryOver.Of(origin, closed.Head, closed.Note))
            {
                throw new InvalidDataException($"leaf {Size}: it does not carry over how {origin} was closed");
            }
        }

        _trees.Add(new LeafTree());
        _beginnings.Add(leaf);
    }

    private static long SizeOf(YearLog log, long size) => Math.Min(log.Closed?.Head.Size ?? long.MaxValue, size - log.First);
}
