using Chaperone.Edge.Upstream;
using Chaperone.TestKit;

namespace Chaperone.Edge.Tests.Upstream;

/// <summary>Signed policies at the edge. Attack: an address of one's own in the policy file, to be sent the credentials of a server.</summary>
public sealed class SignedPolicyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_Unsigned_IsRefused()
    {
        var refused = await Assert.ThrowsAnyAsync<Exception>(async () => await EdgeWorld.StartAsync(Token, prepare: (file, settings) => Require(file, settings)));

        Assert.Contains("is not signed by a trusted signer", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_RequiredWithoutSigners_SaysWhatToDo()
    {
        var refused = await Assert.ThrowsAnyAsync<Exception>(async () => await EdgeWorld.StartAsync(Token, new() { ["Policy:RequireSignature"] = "true" }));

        Assert.Contains("Policy:TrustedSigners is empty; name the public key", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_Unsigned_KeepsTheLastServersUntilItIsSigned()
    {
        PolicySigner signer = null!;
        await using var world = await EdgeWorld.StartAsync(Token, prepare: (file, settings) =>
        {
            signer = Require(file, settings);
            signer.Sign(file);
        });
        var directory = world.Service<UpstreamDirectory>();
        var before = directory.Find("clinic")!.Url;

        await File.WriteAllTextAsync(world.PolicyFile, "version: 1\nservers: { clinic: { url: \"http://127.0.0.1:9/evil\" } }\n", Token);
        directory.Reload();
        var (unsigned, problem) = (directory.Find("clinic")!.Url, directory.Problem);
        signer.Sign(world.PolicyFile);
        directory.Reload();

        Assert.Equal(before, unsigned);
        Assert.Contains("is not signed", problem, StringComparison.Ordinal);
        Assert.Equal("/evil", directory.Find("clinic")!.Url.AbsolutePath);
        Assert.Null(directory.Problem);
    }

    private static PolicySigner Require(string file, Dictionary<string, string?> settings)
    {
        var signer = new PolicySigner(Path.GetDirectoryName(file)!, "ann");
        settings["Policy:RequireSignature"] = "true";
        settings["Policy:TrustedSigners:0"] = signer.PublicFile;
        return signer;
    }
}
