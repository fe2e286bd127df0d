using FsCheck;
using FsCheck.Xunit;

namespace Chaperone.Ledger.Tests;

/// <summary>What holds for every history of a log.</summary>
public sealed class LedgerProperties
{
    private static readonly Lazy<Task<TestLog>> Sample = new(() => TestLog.OfSizeAsync(1000));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Batches of any sizes: after each, the whole log verifies, every earlier checkpoint is proved consistent, any leaf is proved included.</summary>
    [Property(MaxTest = 40)]
    public async Task AnyAppendSchedule_EveryCheckpointExtendsEveryEarlierOne(PositiveInt[] batches, NonNegativeInt anyLeaf)
    {
        using var log = new TestLog();
        var notes = new List<byte[]>();
        var heads = new List<TreeHead>();
        foreach (var batch in batches.Take(8))
        {
            notes.Add(await log.AppendAsync(batch.Get * 37 % 701));
            heads.Add(log.Store.Head);
            await log.CheckAsync(notes);
            await CheckProofsAsync(log, heads, anyLeaf.Get);
        }
    }

    /// <summary>Any byte of any published file changed: found, and the place is named.</summary>
    [Property(MaxTest = 400)]
    public async Task AnyByteChanged_FoundAndNamed(NonNegativeInt anyFile, NonNegativeInt anyByte, byte anyValue)
    {
        var log = await Sample.Value;
        var path = log.Files.Files.Keys.ElementAt(anyFile.Get % log.Files.Files.Count);
        var bytes = log.Files.Files[path];
        var at = (int)(anyByte.Get * 7919L % bytes.Length);
        var before = bytes[at];
        bytes[at] ^= anyValue == 0 ? (byte)1 : anyValue;
        var report = await log.VerifyAsync();
        bytes[at] = before;

        Assert.False(report.IsIntact);
        Assert.Equal(PlaceOf(log, path, at, report.Findings[0]), report.Findings[0].Place);
        Assert.Equal(1, path.StartsWith("tile/entries", StringComparison.Ordinal) ? 1 : report.FindingCount);
    }

    private static async Task CheckProofsAsync(TestLog log, List<TreeHead> heads, int anyLeaf)
    {
        var head = log.Store.Head;
        var tree = new TreeReader(log.Files, head.Size);
        foreach (var older in heads)
        {
            Assert.True(MerkleProof.VerifyConsistency(older, head, await tree.ConsistencyProofAsync(older.Size, Cancellation)));
        }

        if (head.Size > 0)
        {
            var index = (int)(anyLeaf * 7919L % head.Size);
            var proof = await tree.InclusionProofAsync(index, Cancellation);
            Assert.True(MerkleProof.VerifyInclusion(Rfc6962.HashLeaf(log.Store.Leaves[index]), index, head, proof));
        }
    }

    // A changed entry is named by its leaf, a changed length (the bundle no longer parses) by the bundle.
    private static string PlaceOf(TestLog log, string path, int at, LedgerFinding finding)
    {
        if (!path.StartsWith("tile/entries", StringComparison.Ordinal) || finding.Kind == LedgerFindingKind.EntriesMalformed)
        {
            return path;
        }

        var leaf = int.Parse(path.Split('/')[2][..3]) * Tile.FullWidth;
        while (at >= 2 + log.Store.Leaves[leaf].Length)
        {
            at -= 2 + log.Store.Leaves[leaf].Length;
            leaf++;
        }

        return $"leaf {leaf}";
    }
}
