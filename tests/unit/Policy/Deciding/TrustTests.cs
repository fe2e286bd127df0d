using Chaperone.Contracts;

namespace Chaperone.Policy.Tests.Deciding;

/// <summary>A server that names its issuers is closed to people of others, whatever the rules say; the edge refuses their tokens before.</summary>
public sealed class TrustTests
{
    private const string Text = """
        version: 1
        servers:
          clinic: { url: "http://127.0.0.1/", issuers: ["https://issuer.example"] }
          images: { url: "http://127.0.0.1/", issuers: "https://partner.example" }
        rules: [{ name: all, effect: allow, match: { tool: "*" } }]
        """;

    [Theory]
    [InlineData("clinic", CallEffect.Allow)]
    [InlineData("images", CallEffect.Deny)]
    public void Decide_ByIssuer_OnlyWhereTheServerTrustsIt(string server, CallEffect effect)
    {
        var call = PolicyText.Call("tools/call", "get", server);
        var decided = new Policy.Deciding.PolicyEngine(PolicyText.Document(Text)).Decide(call, PolicyText.Message(call));

        Assert.Equal(effect, decided.Decision.Effect);
        Assert.Equal(effect == CallEffect.Allow, decided.Visible);
    }

    [Theory]
    [InlineData("login")]
    [InlineData("[]")]
    [InlineData("ftp://login.example")]
    public void Read_IssuerThatIsNone_IsAProblemAtItsPlace(string issuers)
    {
        var problem = Assert.Single(PolicyText.Read($"version: 1\nservers: {{ s: {{ url: 'http://127.0.0.1/', issuers: {issuers} }} }}\n").Problems);

        Assert.Contains("servers.s.issuers", problem.ToString(), StringComparison.Ordinal);
    }
}
