namespace Chaperone.Ledger.Tests;

public sealed class MerkleProofTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Inclusion_EveryLeafOfEverySizeTo70_VerifiesOnlyAsItIs()
    {
        for (var size = 1; size <= 70; size++)
        {
            using var log = await TestLog.OfSizeAsync(size);
            var tree = new TreeReader(log.Files, size);
            for (var index = 0; index < size; index++)
            {
                var proof = await tree.InclusionProofAsync(index, Cancellation);
                CheckInclusion(Rfc6962.HashLeaf(log.Store.Leaves[index]), index, log.Store.Head, [.. proof]);
            }
        }
    }

    [Fact]
    public async Task Consistency_EveryPairOfSizesTo70_VerifiesOnlyAsItIs()
    {
        var heads = new List<TreeHead> { new(0, Rfc6962.EmptyRoot) };
        for (var size = 1; size <= 70; size++)
        {
            using var log = await TestLog.OfSizeAsync(size);
            heads.Add(log.Store.Head);
            var tree = new TreeReader(log.Files, size);
            for (var older = 0; older <= size; older++)
            {
                CheckConsistency(heads[older], heads[size], [.. await tree.ConsistencyProofAsync(older, Cancellation)]);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(65535)]
    [InlineData(65536)]
    [InlineData(69999)]
    public async Task Inclusion_LargeTree_Verifies(int index)
    {
        using var log = await TestLog.OfSizeAsync(70000);

        var proof = await new TreeReader(log.Files, 70000).InclusionProofAsync(index, Cancellation);

        CheckInclusion(Rfc6962.HashLeaf(log.Store.Leaves[index]), index, log.Store.Head, [.. proof]);
    }

    [Fact]
    public async Task Reader_TileMissing_SaysWhich()
    {
        using var log = await TestLog.OfSizeAsync(600);
        log.Files.Files.Remove("tile/0/001");

        var fault = await Assert.ThrowsAsync<LedgerFaultException>(
            async () => await new TreeReader(log.Files, 600).InclusionProofAsync(300, Cancellation));

        Assert.Equal(LedgerFindingKind.TileMissing, fault.Kind);
        Assert.Contains("tile/0/001", fault.Message, StringComparison.Ordinal);
    }

    private static void CheckInclusion(MerkleHash leaf, long index, TreeHead head, MerkleHash[] proof)
    {
        Assert.True(MerkleProof.VerifyInclusion(leaf, index, head, proof), $"{index} of {head.Size}");
        Assert.False(MerkleProof.VerifyInclusion(Rfc6962.EmptyRoot, index, head, proof));
        Assert.False(MerkleProof.VerifyInclusion(leaf, index, head with { Root = leaf == head.Root ? default : leaf }, proof));
        Assert.False(MerkleProof.VerifyInclusion(leaf, -1, head, proof));
        Assert.False(MerkleProof.VerifyInclusion(leaf, head.Size, head, proof));
        Assert.False(MerkleProof.VerifyInclusion(leaf, index, head, [.. proof, leaf]));
        for (var i = 0; i < proof.Length; i++)
        {
            Assert.False(MerkleProof.VerifyInclusion(leaf, index, head, [.. proof[..i], .. proof[(i + 1)..]]));
            Assert.False(MerkleProof.VerifyInclusion(leaf, index, head, [.. proof[..i], default, .. proof[(i + 1)..]]));
        }
    }

    private static void CheckConsistency(TreeHead older, TreeHead newer, MerkleHash[] proof)
    {
        var wrong = Rfc6962.HashLeaf([1]);
        Assert.True(MerkleProof.VerifyConsistency(older, newer, proof), $"{older.Size} to {newer.Size}");
        Assert.False(MerkleProof.VerifyConsistency(older with { Root = wrong }, newer, proof));
        Assert.False(MerkleProof.VerifyConsistency(older with { Size = newer.Size + 1 }, newer, proof));
        Assert.False(MerkleProof.VerifyConsistency(older, newer, [.. proof, wrong]));
        if (older.Size > 0)
        {
            Assert.False(MerkleProof.VerifyConsistency(older, newer with { Root = wrong }, proof));
        }

        for (var i = 0; i < proof.Length; i++)
        {
            Assert.False(MerkleProof.VerifyConsistency(older, newer, [.. proof[..i], .. proof[(i + 1)..]]));
            Assert.False(MerkleProof.VerifyConsistency(older, newer, [.. proof[..i], wrong, .. proof[(i + 1)..]]));
        }
    }
}
