namespace Chaperone.Integration.Tests.Ledger;

/// <summary>Our logs as seen by golang.org/x/mod/sumdb: note, the tree rebuilt from the entries, every tile, CheckRecord and CheckTree.</summary>
public sealed class GoVerifierTests(GoVerifier go)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(1000)]
    [InlineData(70000)]
    public async Task Verify_OurLog_Accepted(long size)
    {
        using var log = await PublishedLog.CreateAsync(size, Cancellation);

        var verdict = await go.VerifyAsync(log, Cancellation);

        Assert.Equal(new Verdict(0, $"OK size={size} root={log.Head.Root}"), verdict);
    }

    [Theory]
    [InlineData("log/checkpoint", 35, "checkpoint:")]
    [InlineData("log/checkpoint", -4, "checkpoint:")]
    [InlineData("log/tile/entries/001", 7, "leaf 256:")]
    [InlineData("log/tile/entries/003.p/232", -1, "leaf 999:")]
    [InlineData("log/tile/0/001", 160, "leaf 261: differs from tile/0/001")]
    [InlineData("log/tile/0/003.p/232", 0, "leaf 768: differs from tile/0/003.p/232")]
    [InlineData("log/tile/1/000.p/3", 64, "tile/1/000.p/3:")]
    [InlineData("proof/entry.bin", 0, "entry.tlog-proof:")]
    [InlineData("proof/entry.tlog-proof", 60, "entry.tlog-proof:")]
    [InlineData("proof/consistency", 10, "consistency:")]
    [InlineData("proof/older-checkpoint", 35, "consistency:")]
    public async Task Verify_OneBitFlipped_Refused(string path, int position, string place)
    {
        using var log = await PublishedLog.CreateAsync(1000, Cancellation);
        log.FlipBit(path, position);

        var verdict = await go.VerifyAsync(log, Cancellation);

        Assert.Equal(1, verdict.ExitCode);
        Assert.StartsWith("FAIL", verdict.Said, StringComparison.Ordinal);
        Assert.Contains(place, verdict.Said, StringComparison.Ordinal);
    }
}
