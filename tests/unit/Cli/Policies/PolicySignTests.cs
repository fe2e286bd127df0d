using System.Diagnostics;
using Chaperone.Bus.Signing;
using Chaperone.TestKit;

namespace Chaperone.Cli.Tests.Policies;

/// <summary><c>policy sign</c>.</summary>
public sealed class PolicySignTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>What we sign, software that we did not write can check.</summary>
    [Fact]
    public async Task Sign_Policy_OpensslVerifies()
    {
        var policy = await PolicyFolder.WriteAsync(("policy.yaml", PolicyFolder.Policy));
        var folder = Path.GetDirectoryName(policy)!;
        var ann = new PolicySigner(folder, "ann");

        var run = await CliRun.OfAsync("policy", "sign", policy, "--key", ann.KeyFile);

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.StartsWith($"{policy}.sig: 1 files, 1 signatures", run.Lines[0], StringComparison.Ordinal);
        var signature = PolicySignature.Parse(await File.ReadAllBytesAsync(policy + ".sig", Token))!;
        await File.WriteAllTextAsync(Path.Combine(folder, "text"), signature.Text, Token);
        await File.WriteAllBytesAsync(Path.Combine(folder, "value"), signature.Signatures.Single().Value, Token);
        using var openssl = Process.Start(new ProcessStartInfo("openssl", ["pkeyutl", "-verify", "-pubin", "-inkey", ann.PublicFile, "-rawin", "-in", "text", "-sigfile", "value"]) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        await openssl.WaitForExitAsync(Token);
        Assert.Equal(0, openssl.ExitCode);
    }

    [Fact]
    public async Task Sign_BySeveral_KeepsEachOnceAndDropsThoseOfOtherContent()
    {
        var policy = await PolicyFolder.WriteAsync(("policy.yaml", PolicyFolder.Policy));
        var (ann, ben) = (new PolicySigner(Path.GetDirectoryName(policy)!, "ann"), new PolicySigner(Path.GetDirectoryName(policy)!, "ben"));

        await CliRun.OfAsync("policy", "sign", policy, "--key", ann.KeyFile);
        await CliRun.OfAsync("policy", "sign", policy, "--key", ann.KeyFile);
        var both = await CliRun.OfAsync("policy", "sign", policy, "--key", ben.KeyFile);
        await File.AppendAllTextAsync(policy, "\n# more\n", Token);
        var alone = await CliRun.OfAsync("policy", "sign", policy, "--key", ben.KeyFile);

        Assert.Contains("2 signatures", both.Lines[0], StringComparison.Ordinal);
        Assert.Contains("1 signatures", alone.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sign_BrokenPolicyOrNoKey_SignsNothing()
    {
        var good = await PolicyFolder.WriteAsync(("policy.yaml", PolicyFolder.Policy));
        var broken = await PolicyFolder.WriteAsync(("policy.yaml", "version: 1\nrulez: []\n"));
        var ann = new PolicySigner(Path.GetDirectoryName(broken)!, "ann");

        var ofBroken = await CliRun.OfAsync("policy", "sign", broken, "--key", ann.KeyFile);
        var withoutKey = await CliRun.OfAsync("policy", "sign", good, "--key", good);

        Assert.Equal((2, 2), (ofBroken.Code, withoutKey.Code));
        Assert.Contains("is no Ed25519 key in PEM", withoutKey.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(broken + ".sig") || File.Exists(good + ".sig"));
    }
}
