using System.Text;

namespace Chaperone.Ledger.Tests;

public sealed class LedgerPublisherTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(65535)]
    [InlineData(65536)]
    [InlineData(65537)]
    [InlineData(70000)]
    public async Task Publish_OneBatch_LogVerifies(long size)
    {
        using var log = await TestLog.OfSizeAsync(size);

        await log.CheckAsync();
        var leaves = log.Store.Leaves.Select(leaf => Rfc6962.HashLeaf(leaf)).ToArray();
        Assert.Equal(ReferenceTree.Root(leaves), log.Store.Head.Root);
    }

    /// <summary>Grown one after the other through the sizes at which tiles fill, every checkpoint extends all before it.</summary>
    [Fact]
    public async Task Publish_GrownThroughTileEdges_EveryCheckpointConsistentWithAllBefore()
    {
        using var log = new TestLog();
        var published = new List<byte[]>();
        long[] sizes = [0, 1, 2, 255, 256, 257, 511, 512, 65535, 65536, 65537, 70000];

        foreach (var size in sizes)
        {
            published.Add(await log.AppendAsync(size - log.Store.Head.Size));
            await log.CheckAsync(published);
        }
    }

    [Fact]
    public async Task Publish_TesseraEntries_SameRoot()
    {
        using var log = new TestLog();
        log.Store.Append(TesseraLog.Entries.Select(entry => Encoding.UTF8.GetBytes(entry)));

        var note = await log.PublishAsync();

        Assert.StartsWith($"{TestLog.Origin}\n15\n{TesseraLog.Root}\n\n", Encoding.UTF8.GetString(note), StringComparison.Ordinal);
        await log.CheckAsync();
    }

    [Fact]
    public async Task Publish_Size256_HasLevelOnePartialOfOne()
    {
        using var log = await TestLog.OfSizeAsync(256);

        Assert.Equal(["checkpoint", "tile/0/000", "tile/1/000.p/1", "tile/entries/000"], log.Files.Files.Keys);
    }

    [Fact]
    public async Task Publish_Size70000_HasTheTilesOfTheSpecification()
    {
        using var log = await TestLog.OfSizeAsync(70000);

        var tiles = log.Files.Files.Keys.Where(path => !path.StartsWith("tile/entries", StringComparison.Ordinal)).ToList();
        Assert.Equal(273, tiles.Count(path => path.StartsWith("tile/0/", StringComparison.Ordinal) && !path.Contains(".p/")));
        Assert.Contains("tile/0/273.p/112", tiles);
        Assert.Equal(["tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1"], tiles.Where(path => path[5] is '1' or '2'));
        Assert.Equal(8192, log.Files.Files["tile/1/000"].Length);
    }

    [Fact]
    public async Task Publish_Again_WritesOnlyWhatChanged()
    {
        using var log = await TestLog.OfSizeAsync(70000);
        log.Files.Writes.Clear();

        await log.AppendAsync(3);

        Assert.Equal(["tile/entries/273.p/115", "tile/0/273.p/115", "checkpoint"], log.Files.Writes);
        Assert.Contains("tile/0/273.p/112", log.Files.Files.Keys);
    }

    [Fact]
    public async Task Publish_FullTile_PrunesItsPartialForms()
    {
        using var log = await TestLog.OfSizeAsync(100);
        var earlier = log.Files.Files["checkpoint"];

        await log.AppendAsync(200);

        Assert.DoesNotContain("tile/0/000.p/100", log.Files.Files.Keys);
        Assert.DoesNotContain("tile/entries/000.p/100", log.Files.Files.Keys);
        await log.CheckAsync(earlier);
    }

    [Fact]
    public async Task Publish_NothingNew_WritesNothing()
    {
        using var log = await TestLog.OfSizeAsync(5);
        log.Files.Writes.Clear();

        var note = await log.PublishAsync();

        Assert.Empty(log.Files.Writes);
        Assert.Equal(log.Files.Files["checkpoint"], note);
    }

    /// <summary>A crash or a full disk after any number of writes: the old checkpoint still verifies, and the next call mends.</summary>
    [Fact]
    public async Task Publish_WriteFailsAtAnyPoint_OldLogStandsAndNextCallMends()
    {
        for (var writes = 0; ; writes++)
        {
            using var log = await TestLog.OfSizeAsync(250);
            var before = log.Files.Files["checkpoint"];
            var head = log.Store.Head;
            log.Files.Writes.Clear();
            log.Files.FailAfterWrites = writes;
            log.Store.AppendNumbered(300);
            try
            {
                await log.PublishAsync();
                break;
            }
            catch (IOException)
            {
                var stands = await new LedgerVerifier(log.Files, log.Signer.LogKey).VerifyAsync(new LedgerVerification(), Cancellation);
                Assert.True(stands.IsIntact, stands.Summary);
                Assert.Equal(head, stands.Checkpoint!.Head);
            }

            log.Files.FailAfterWrites = null;
            await log.PublishAsync();
            await log.CheckAsync(before);
        }
    }

    /// <summary>A store restored from an old backup must not make the log sign a smaller tree.</summary>
    [Fact]
    public async Task Publish_StoreRolledBack_RefusesToSign()
    {
        using var log = await TestLog.OfSizeAsync(10);
        var restored = new MemoryLeaves();
        restored.AppendNumbered(9);

        var fault = await Assert.ThrowsAsync<LedgerFaultException>(
            async () => await new LedgerPublisher(log.Files, restored, log.Signer).PublishAsync(restored.Head, Cancellation));

        Assert.Equal(LedgerFindingKind.RolledBack, fault.Kind);
        await log.CheckAsync();
    }

    /// <summary>A store whose history was rewritten must not make the log sign a fork, at the same size or a larger one.</summary>
    [Theory]
    [InlineData(300, 300)]
    [InlineData(300, 301)]
    [InlineData(300, 700)]
    public async Task Publish_StoreRewritten_RefusesToSign(long size, int rewrittenSize)
    {
        using var log = await TestLog.OfSizeAsync(size);
        var before = log.Files.Files["checkpoint"];
        var rewritten = new MemoryLeaves();
        rewritten.Append(Enumerable.Range(0, rewrittenSize).Select(i => Encoding.UTF8.GetBytes(i == 299 ? "other" : $"leaf {i}")));

        var fault = await Assert.ThrowsAsync<LedgerFaultException>(
            async () => await new LedgerPublisher(log.Files, rewritten, log.Signer).PublishAsync(rewritten.Head, Cancellation));

        Assert.Equal(LedgerFindingKind.EarlierInconsistent, fault.Kind);
        Assert.Equal(before, log.Files.Files["checkpoint"]);
        await log.CheckAsync();
    }

    [Fact]
    public async Task Publish_HeadOfOtherLeaves_RefusesToSign()
    {
        using var log = await TestLog.OfSizeAsync(10);
        log.Store.AppendNumbered(1);

        var fault = await Assert.ThrowsAsync<LedgerFaultException>(async () => await log.Publisher.PublishAsync(
            new TreeHead(11, Rfc6962.EmptyRoot), Cancellation));

        Assert.Equal(LedgerFindingKind.RootMismatch, fault.Kind);
    }

    [Fact]
    public async Task Publish_StandingCheckpointForged_RefusesToSign()
    {
        using var log = await TestLog.OfSizeAsync(10);
        log.Files.Files["checkpoint"][^10] ^= 1;
        log.Store.AppendNumbered(1);

        var fault = await Assert.ThrowsAsync<LedgerFaultException>(async () => await log.Publisher.PublishAsync(log.Store.Head, Cancellation));

        Assert.Equal(LedgerFindingKind.CheckpointSignature, fault.Kind);
    }

    [Fact]
    public async Task Publish_StoreLacksALeaf_RefusesToSign()
    {
        using var log = await TestLog.OfSizeAsync(10);
        log.Store.AppendNumbered(5);
        var head = log.Store.Head;
        log.Store.Leaves.RemoveAt(14);

        var fault = await Assert.ThrowsAsync<LedgerFaultException>(async () => await log.Publisher.PublishAsync(head, Cancellation));

        Assert.Equal(LedgerFindingKind.StoreMismatch, fault.Kind);
        Assert.Contains("leaf 14", fault.Message, StringComparison.Ordinal);
    }
}
