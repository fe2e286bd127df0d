using Chaperone.Ledger;

namespace Chaperone.Integration.Tests.Ledger;

/// <summary>A log published in two steps to a temporary directory, with a proof of one leaf and of consistency beside it.</summary>
internal sealed class PublishedLog : IDisposable
{
    private const string Origin = "chaperone.example/integration";
    private readonly string _root = Directory.CreateTempSubdirectory("chaperone-log-").FullName;

    public string LogFolder => Path.Combine(_root, "log");

    public string ProofFolder => Path.Combine(_root, "proof");

    public string VerifierKeyFile => Path.Combine(_root, "log.vkey");

    public TreeHead Head { get; private set; }

    public static async Task<PublishedLog> CreateAsync(long size, CancellationToken cancellationToken)
    {
        var log = new PublishedLog();
        await log.PublishAsync(size, cancellationToken);
        return log;
    }

    /// <summary>A copy of a log that lies in a folder, without those in folders of later years, signed by <paramref name="signer"/>; the leaf is its first.</summary>
    public static async Task<PublishedLog> CopyAsync(string folder, NoteSigner signer, CancellationToken cancellationToken)
    {
        var log = new PublishedLog();
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(f => Path.GetRelativePath(folder, f) is "checkpoint" || Path.GetRelativePath(folder, f).StartsWith("tile/", StringComparison.Ordinal)))
        {
            var target = Path.Combine(log.LogFolder, Path.GetRelativePath(folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        var files = new DirectoryFiles(log.LogFolder);
        var note = await files.ReadAsync("checkpoint", cancellationToken);
        Assert.Equal(NoteFault.None, Checkpoint.TryOpen(note, [signer.LogKey], out var checkpoint));
        log.Head = checkpoint!.Head;
        var tree = new TreeReader(files, log.Head.Size);
        var older = new Checkpoint(signer.LogKey.Name, new TreeHead(1, await tree.RootAsync(1, cancellationToken))).Sign(signer);
        var entry = await new EntryReader(files, log.Head.Size).ReadAsync(0, cancellationToken);
        await log.WriteProofsAsync(signer, entry!.Value.ToArray(), new TlogProof(0, await tree.InclusionProofAsync(0, cancellationToken), note), older, await tree.ConsistencyProofAsync(1, cancellationToken), cancellationToken);
        return log;
    }

    /// <summary>Changes one bit of a file, given relative to the log's or the proof's folder.</summary>
    public void FlipBit(string path, int position)
    {
        var file = Path.Combine(_root, path);
        var bytes = File.ReadAllBytes(file);
        bytes[position < 0 ? bytes.Length + position : position] ^= 1;
        File.WriteAllBytes(file, bytes);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private async Task PublishAsync(long size, CancellationToken cancellationToken)
    {
        using var signer = new NoteSigner(Origin, [.. Enumerable.Range(1, NoteSigner.SeedBytes).Select(i => (byte)i)]);
        var files = new DirectoryFiles(LogFolder);
        var publisher = new LedgerPublisher(files, new NumberedLeaves(), signer);
        var older = NumberedLeaves.Head((size / 3) + 1);
        Head = NumberedLeaves.Head(size);
        var olderNote = await publisher.PublishAsync(older, cancellationToken);
        var note = await publisher.PublishAsync(Head, cancellationToken);

        var tree = new TreeReader(files, size);
        var index = size * 2 / 3;
        var proof = new TlogProof(index, await tree.InclusionProofAsync(index, cancellationToken), note.ToBytes());
        var consistency = await tree.ConsistencyProofAsync(older.Size, cancellationToken);
        await WriteProofsAsync(signer, NumberedLeaves.Leaf(index), proof, olderNote, consistency, cancellationToken);
    }

    private async Task WriteProofsAsync(
        NoteSigner signer, byte[] entry, TlogProof proof, SignedNote olderNote, IReadOnlyList<MerkleHash> consistency, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(ProofFolder);
        await File.WriteAllTextAsync(VerifierKeyFile, $"{signer.LogKey}\n", cancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(ProofFolder, "entry.bin"), entry, cancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(ProofFolder, "entry.tlog-proof"), proof.ToBytes(), cancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(ProofFolder, "older-checkpoint"), olderNote.ToBytes(), cancellationToken);
        await File.WriteAllLinesAsync(Path.Combine(ProofFolder, "consistency"), consistency.Select(hash => $"{hash}"), cancellationToken);
    }
}
