namespace Chaperone.Integration.Tests.Ledger;

/// <summary>Our .tlog-proof files as seen by @sigstore/verify: checkpoint signature and RFC 6962 inclusion.</summary>
public sealed class SigstoreVerifierTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(1000)]
    [InlineData(70000)]
    public async Task Verify_OurProof_Accepted(long size)
    {
        using var log = await PublishedLog.CreateAsync(size, Cancellation);

        var verdict = await SigstoreVerifier.VerifyAsync(log, Cancellation);

        Assert.Equal(new Verdict(0, $"OK size={size} root={log.Head.Root}"), verdict);
    }

    [Theory]
    [InlineData("proof/entry.bin", 0, "calculated root hash")]
    [InlineData("proof/entry.tlog-proof", 30, "calculated root hash")]
    [InlineData("proof/entry.tlog-proof", 60, "calculated root hash")]
    [InlineData("proof/entry.tlog-proof", -4, "invalid checkpoint signature")]
    [InlineData("log.vkey", -10, "invalid checkpoint signature")]
    public async Task Verify_OneBitFlipped_Refused(string path, int position, string reason)
    {
        using var log = await PublishedLog.CreateAsync(1000, Cancellation);
        log.FlipBit(path, position);

        var verdict = await SigstoreVerifier.VerifyAsync(log, Cancellation);

        Assert.Equal(1, verdict.ExitCode);
        Assert.StartsWith("FAIL", verdict.Said, StringComparison.Ordinal);
        Assert.Contains(reason, verdict.Said, StringComparison.Ordinal);
    }
}
