using System.Text;

namespace Chaperone.Ledger.Tests;

public sealed class LedgerVerifierTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Verify_Intact_SaysSizeAndRoot()
    {
        using var log = await TestLog.OfSizeAsync(257);

        var report = await log.VerifyAsync();

        Assert.Equal($"intact: 257 leaves, root {log.Store.Head.Root}", report.Summary);
    }

    [Fact]
    public async Task Verify_LeafChanged_NamesTheLeafAndTheTile()
    {
        using var log = await TestLog.OfSizeAsync(1000);
        var bundle = log.Files.Files["tile/entries/001"];
        bundle[2 + "leaf 256".Length + 2] ^= 1;

        var report = await log.VerifyAsync();

        Assert.Equal("leaf 257: its hash differs from tile/0/001", report.Summary);
        Assert.Equal(LedgerFindingKind.LeafMismatch, report.Findings[0].Kind);
    }

    [Theory]
    [InlineData("tile/0/001", 5, "tile/0/001: hash 5 is not that of leaf 261")]
    [InlineData("tile/0/003.p/232", 231, "tile/0/003.p/232: hash 231 is not that of leaf 999")]
    [InlineData("tile/1/000.p/3", 2, "tile/1/000.p/3: hash 2 is not that of tile/0/002")]
    public async Task Verify_TileChanged_NamesTheTileAndTheHash(string path, int hash, string summary)
    {
        using var log = await TestLog.OfSizeAsync(1000);
        log.Files.Files[path][hash * MerkleHash.Size] ^= 1;

        var report = await log.VerifyAsync();

        Assert.Equal(summary, report.Summary);
        Assert.Equal(LedgerFindingKind.TileMismatch, report.Findings[0].Kind);
    }

    /// <summary>What an earlier checkpoint was published with is still served, so it must still be right.</summary>
    [Theory]
    [InlineData("tile/0/001.p/4", LedgerFindingKind.TileMismatch)]
    [InlineData("tile/entries/001.p/4", LedgerFindingKind.LeafMismatch)]
    public async Task Verify_OlderPartialChangedOrCut_NamesIt(string path, LedgerFindingKind kind)
    {
        using var log = await TestLog.OfSizeAsync(260);
        await log.AppendAsync(5);
        await log.CheckAsync();
        var bytes = log.Files.Files[path];

        log.Files.Files[path] = [.. bytes.Select((b, i) => i == bytes.Length - 1 ? (byte)(b ^ 1) : b)];
        var changed = await log.VerifyAsync();
        log.Files.Files[path] = bytes[..^1];
        var cut = await log.VerifyAsync();

        Assert.Equal((kind, path), (Assert.Single(changed.Findings).Kind, changed.Findings[0].Place));
        Assert.Equal(path, Assert.Single(cut.Findings).Place);
    }

    /// <summary>Someone rewrites a leaf and the tile above it alike; the next tile up still tells.</summary>
    [Fact]
    public async Task Verify_LeafAndItsTileRewritten_NamesTheTile()
    {
        using var log = await TestLog.OfSizeAsync(70000);
        RewriteLeaf(log, 300);

        var report = await log.VerifyAsync();

        Assert.Contains("tile/0/001: it and its leaves differ from tile/1/000", report.Findings.Select(finding => finding.ToString()));
    }

    /// <summary>Someone without the key rewrites a leaf and every tile above it: only the signed root tells.</summary>
    [Fact]
    public async Task Verify_EverythingButTheCheckpointRewritten_RootMismatch()
    {
        using var log = await TestLog.OfSizeAsync(1000);
        using var forged = new TestLog();
        forged.Store.Append(log.Store.Leaves.Select((leaf, i) => i == 300 ? "forged"u8.ToArray() : leaf));
        await forged.PublishAsync();
        foreach (var (path, bytes) in forged.Files.Files.Where(file => file.Key != "checkpoint"))
        {
            log.Files.Files[path] = bytes;
        }

        var report = await VerifyPublishedAsync(log);

        Assert.Equal(LedgerFindingKind.RootMismatch, Assert.Single(report.Findings).Kind);
        Assert.Equal("checkpoint: its root is not that of the 1000 leaves", report.Summary);
    }

    [Fact]
    public async Task Verify_AnyFileDeleted_NamesIt()
    {
        foreach (var path in (await TestLog.OfSizeAsync(1000)).Files.Files.Keys)
        {
            using var log = await TestLog.OfSizeAsync(1000);
            log.Files.Files.Remove(path);

            var report = await VerifyPublishedAsync(log);

            var finding = Assert.Single(report.Findings);
            Assert.Equal(path, finding.Place);
            Assert.True(finding.Kind is LedgerFindingKind.CheckpointMissing or LedgerFindingKind.TileMissing or LedgerFindingKind.EntriesMissing);
        }
    }

    [Fact]
    public async Task Verify_AnyFileCutShort_NamesIt()
    {
        foreach (var path in (await TestLog.OfSizeAsync(1000)).Files.Files.Keys)
        {
            using var log = await TestLog.OfSizeAsync(1000);
            log.Files.Files[path] = log.Files.Files[path][..^1];

            var report = await VerifyPublishedAsync(log);

            var finding = Assert.Single(report.Findings);
            Assert.Equal(path, finding.Place);
            Assert.True(finding.Kind is LedgerFindingKind.CheckpointMalformed or LedgerFindingKind.TileMalformed or LedgerFindingKind.EntriesMalformed);
        }
    }

    [Fact]
    public async Task Verify_LeafOfTheStoreChanged_NamesTheLeaf()
    {
        using var log = await TestLog.OfSizeAsync(300);
        log.Store.Leaves[257] = "changed"u8.ToArray();

        var report = await log.VerifyAsync();

        Assert.Equal("leaf 257: the store holds other bytes than were logged", report.Summary);
        Assert.Equal(1, report.FindingCount);
    }

    [Fact]
    public async Task Verify_LeavesOfTheStoreGone_NamesEach()
    {
        using var log = await TestLog.OfSizeAsync(300);
        log.Store.Leaves.RemoveRange(298, 2);

        var report = await log.VerifyAsync();

        Assert.Equal(["leaf 298", "leaf 299"], report.Findings.Select(finding => finding.Place));
        Assert.All(report.Findings, finding => Assert.Equal(LedgerFindingKind.StoreMismatch, finding.Kind));
    }

    /// <summary>The published bundle was changed, the store was not: the store is not blamed.</summary>
    [Fact]
    public async Task Verify_EntryChangedStoreIntact_StoreNotBlamed()
    {
        using var log = await TestLog.OfSizeAsync(300);
        log.Files.Files["tile/entries/000"][2] ^= 1;

        var finding = Assert.Single((await log.VerifyAsync()).Findings);

        Assert.Equal(LedgerFindingKind.LeafMismatch, finding.Kind);
    }

    [Fact]
    public async Task Verify_OtherKey_RefusedBeforeAnythingIsRead()
    {
        using var log = await TestLog.OfSizeAsync(3);
        using var other = new NoteSigner(TestLog.Origin, new byte[32]);

        var report = await new LedgerVerifier(log.Files, other.LogKey).VerifyAsync(new LedgerVerification(), Cancellation);

        Assert.Equal(LedgerFindingKind.CheckpointSignature, Assert.Single(report.Findings).Kind);
        Assert.Null(report.Checkpoint);
    }

    [Fact]
    public async Task Verify_CheckpointOfAnotherOrigin_Refused()
    {
        using var log = await TestLog.OfSizeAsync(3);
        log.Files.Files["checkpoint"] = new Checkpoint("else.example", log.Store.Head).Sign(log.Signer).ToBytes();

        var report = await log.VerifyAsync();

        Assert.Equal(LedgerFindingKind.CheckpointOrigin, Assert.Single(report.Findings).Kind);
    }

    /// <summary>The key was stolen and the history rewritten: a checkpoint kept elsewhere still tells.</summary>
    [Theory]
    [InlineData(1000)]
    [InlineData(1300)]
    public async Task Verify_HistoryRewrittenWithTheKey_EarlierCheckpointTells(int rewrittenSize)
    {
        using var log = await TestLog.OfSizeAsync(1000);
        using var rewritten = new TestLog();
        rewritten.Store.Append(Enumerable.Range(0, rewrittenSize).Select(i => Encoding.UTF8.GetBytes(i == 300 ? "forged" : $"leaf {i}")));
        await rewritten.PublishAsync();
        await rewritten.CheckAsync();

        var report = await rewritten.VerifyAsync(log.Files.Files["checkpoint"]);

        Assert.Equal(LedgerFindingKind.EarlierInconsistent, Assert.Single(report.Findings).Kind);
    }

    [Fact]
    public async Task Verify_LogCutBackWithTheKey_EarlierCheckpointTells()
    {
        using var log = await TestLog.OfSizeAsync(1000);
        using var cut = await TestLog.OfSizeAsync(999);

        var report = await cut.VerifyAsync(log.Files.Files["checkpoint"]);

        Assert.Equal("earlier checkpoint: says 1000 leaves, the log now only 999", report.Summary);
        Assert.Equal(LedgerFindingKind.RolledBack, report.Findings[0].Kind);
    }

    [Fact]
    public async Task Verify_ManyFindings_KeepsTheFirstAndCountsAll()
    {
        using var log = await TestLog.OfSizeAsync(1000);
        log.Store.Leaves.Clear();

        var report = await log.VerifyAsync();

        Assert.Equal(1000, report.FindingCount);
        Assert.Equal(LedgerReport.MaxFindings, report.Findings.Count);
        Assert.EndsWith("(and 999 more)", report.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_Progress_ToldToTheEnd()
    {
        using var log = await TestLog.OfSizeAsync(20000);
        var told = new Told();

        await new LedgerVerifier(log.Files, log.Signer.LogKey).VerifyAsync(new LedgerVerification { Progress = told }, Cancellation);

        Assert.Equal([new(16384, 20000), new(20000, 20000)], told.Reports);
    }

    private static async Task<LedgerReport> VerifyPublishedAsync(TestLog log) =>
        await new LedgerVerifier(log.Files, log.Signer.LogKey).VerifyAsync(new LedgerVerification(), Cancellation);

    private static void RewriteLeaf(TestLog log, int index)
    {
        var (bundle, place) = (index / Tile.FullWidth, index % Tile.FullWidth);
        var entries = log.Store.Leaves.Skip(bundle * Tile.FullWidth).Take(Tile.FullWidth).Select(leaf => new ReadOnlyMemory<byte>(leaf)).ToArray();
        entries[place] = "forged"u8.ToArray();
        log.Files.Files[EntryBundle.PathOf(bundle, Tile.FullWidth)] = EntryBundle.Encode(entries);
        Rfc6962.HashLeaf("forged"u8).CopyTo(log.Files.Files[new Tile(0, bundle, Tile.FullWidth).Path].AsSpan(place * MerkleHash.Size));
    }

    private sealed class Told : IProgress<LedgerProgress>
    {
        public List<LedgerProgress> Reports { get; } = [];

        public void Report(LedgerProgress value) => Reports.Add(value);
    }
}
