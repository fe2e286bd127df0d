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

        Directory.CreateDirectory(ProofFolder);
        var tree = new TreeReader(files, size);
        var index = size * 2 / 3;
        var proof = new TlogProof(index, await tree.InclusionProofAsync(index, cancellationToken), note.ToBytes());
        var consistency = await tree.ConsistencyProofAsync(older.Size, cancellationToken);
        await File.WriteAllTextAsync(VerifierKeyFile, $"{signer.LogKey}\n", cancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(ProofFolder, "entry.bin"), NumberedLeaves.Leaf(index), cancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(ProofFolder, "entry.tlog-proof"), proof.ToBytes(), cancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(ProofFolder, "older-checkpoint"), olderNote.ToBytes(), cancellationToken);
        await File.WriteAllLinesAsync(Path.Combine(ProofFolder, "consistency"), consistency.Select(hash => $"{hash}"), cancellationToken);
    }
}
