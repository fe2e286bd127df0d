using System.Text;

namespace Chaperone.Ledger.Tests;

public sealed class TlogProofTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 0)]
    [InlineData(257, 0)]
    [InlineData(257, 256)]
    [InlineData(1000, 700)]
    public async Task Verify_LeafOfTheLog_ProvedByTheFileAlone(long size, long index)
    {
        using var log = await TestLog.OfSizeAsync(size);
        var entry = log.Store.Leaves[(int)index];

        var file = (await ProveAsync(log, index)).ToBytes();

        Assert.StartsWith($"c2sp.org/tlog-proof@v1\nindex {index}\n", Encoding.UTF8.GetString(file), StringComparison.Ordinal);
        Assert.Equal(NoteFault.None, TlogProof.TryParse(file, out var proof));
        Assert.True(proof!.Verify(entry, log.Signer.LogKey));
        Assert.False(proof.Verify([.. entry, 0], log.Signer.LogKey));
        Assert.False((proof with { Index = index + 1 }).Verify(entry, log.Signer.LogKey));
    }

    /// <summary>Every bit of a proof file counts.</summary>
    [Fact]
    public async Task Verify_AnyBitFlipped_Refused()
    {
        using var log = await TestLog.OfSizeAsync(300);
        var file = (await ProveAsync(log, 257)).ToBytes();

        for (var bit = 0; bit < file.Length * 8; bit++)
        {
            var flipped = file.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));

            var holds = TlogProof.TryParse(flipped, out var proof) == NoteFault.None
                && proof!.Verify(log.Store.Leaves[257], log.Signer.LogKey);
            Assert.False(holds, $"bit {bit}");
        }
    }

    [Fact]
    public async Task Verify_OtherLogsKey_Refused()
    {
        using var log = await TestLog.OfSizeAsync(3);
        using var other = new NoteSigner(TestLog.Origin, new byte[32]);
        var proof = await ProveAsync(log, 1);

        Assert.False(proof.Verify(log.Store.Leaves[1], other.LogKey));
    }

    [Fact]
    public void TryParse_Extra_RoundTrips()
    {
        var proof = new TlogProof(7, [Rfc6962.EmptyRoot], "rest"u8.ToArray()) { Extra = [1, 2, 3] };

        Assert.Equal(NoteFault.None, TlogProof.TryParse(proof.ToBytes(), out var read));
        Assert.Equal(proof.Extra, read!.Extra);
        Assert.Equal(proof.ToBytes(), read.ToBytes());
    }

    [Theory]
    [InlineData("")]
    [InlineData("c2sp.org/tlog-proof@v1\n\nrest")]
    [InlineData("c2sp.org/tlog-proof@v2\nindex 0\n\nrest")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 0\nrest")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 00\n\nrest")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex -1\n\nrest")]
    [InlineData("c2sp.org/tlog-proof@v1\nextra !\nindex 0\n\nrest")]
    [InlineData("c2sp.org/tlog-proof@v1\nextra AA==\n\nrest")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 0\nnot a hash\n\nrest")]
    public void TryParse_NotAProof_Malformed(string text) =>
        Assert.Equal(NoteFault.Malformed, TlogProof.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void TryParse_TooManyHashes_Malformed()
    {
        byte[] Proof(int hashes) => new TlogProof(0, [.. Enumerable.Repeat(Rfc6962.EmptyRoot, hashes)], "rest"u8.ToArray()).ToBytes();

        Assert.Equal(NoteFault.None, TlogProof.TryParse(Proof(MerkleProof.MaxHashes), out _));
        Assert.Equal(NoteFault.Malformed, TlogProof.TryParse(Proof(MerkleProof.MaxHashes + 1), out _));
    }

    private static async Task<TlogProof> ProveAsync(TestLog log, long index)
    {
        var hashes = await new TreeReader(log.Files, log.Store.Head.Size).InclusionProofAsync(index, Cancellation);
        return new TlogProof(index, hashes, log.Files.Files["checkpoint"]);
    }
}
