using Chaperone.Contracts;
using Chaperone.Policy.Deciding;
using static Chaperone.Policy.Tests.PolicyText;

namespace Chaperone.Policy.Tests.Circumstances;

public sealed class CircumstanceTests
{
    private const string AllowAll = "{ name: a, match: { tool: '*' }, effect: allow }";

    private static readonly CallFacts Nurse = Call("tools/call", "query") with
    {
        RemoteAddress = "10.1.2.3",
        ClientName = "Claude Desktop",
        Principal = new Principal
        {
            Issuer = "https://issuer.example",
            Subject = "u1",
            Email = "ann@hospital.example",
            Groups = ["nurses"],
            ClientId = "claude-desktop",
            AuthenticationMethods = ["pwd", "mfa"],
            AuthenticationClass = "loa2",
            Claims = [new PrincipalClaim { Name = "department", Values = ["cardiology", "icu"] }],
        },
    };

    private static string Deny(string circumstance) => $"{{ name: d, match: {{ {circumstance} }}, effect: deny, visible: true }}";

    private static string Allow(string circumstance) => $"{{ name: g, match: {{ tool: '*', {circumstance} }}, effect: allow }}";

    private static CallEffect Effect(CallFacts call, params string[] rules) => Engine(rules).Decide(call, "{}").Decision.Effect;

    [Theory]
    [InlineData("principal: { mfa: true }", true)]
    [InlineData("principal: { mfa: false }", false)]
    [InlineData("principal: { amr: [hwk, pwd] }", true)]
    [InlineData("principal: { amr: hwk }", false)]
    [InlineData("principal: { acr: 'loa?' }", true)]
    [InlineData("principal: { subject: u1, issuer: 'https://issuer.*' }", true)]
    [InlineData("principal: { subject: u2 }", false)]
    [InlineData("principal: { email: '*@hospital.example' }", true)]
    [InlineData("principal: { service: false }", true)]
    [InlineData("principal: { service: true }", false)]
    [InlineData("principal: { claims: { department: icu } }", true)]
    [InlineData("principal: { claims: { department: oncology } }", false)]
    [InlineData("principal: { claims: { ward: icu } }", false)]
    [InlineData("client: claude-*", true)]
    [InlineData("client: [cursor, vscode]", false)]
    [InlineData("client: { id: claude-desktop, name: 'Claude*' }", true)]
    [InlineData("client: { name: Cursor }", false)]
    [InlineData("network: 10.0.0.0/8", true)]
    [InlineData("network: [192.168.0.0/16, 10.1.2.3]", true)]
    [InlineData("network: 10.1.2.4", false)]
    [InlineData("network: { not: 10.0.0.0/8 }", false)]
    [InlineData("network: { in: 10.0.0.0/8, not: [10.9.0.0/16] }", true)]
    [InlineData("network: 'fd00::/8'", false)]
    public void Circumstance_KnownCaller_BothKindsOfRulesAgree(string circumstance, bool holds)
    {
        Assert.Equal(holds ? CallEffect.Deny : CallEffect.Allow, Effect(Nurse, AllowAll, Deny(circumstance)));
        Assert.Equal(holds ? CallEffect.Allow : CallEffect.Deny, Effect(Nurse, Allow(circumstance)));
    }

    /// <summary>An address that nobody knows is inside no network for a rule that allows, and inside all for one that denies.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("nonsense")]
    public void Network_UnknownAddress_IsAgainstTheCaller(string? address)
    {
        var call = Nurse with { RemoteAddress = address };

        Assert.Equal(CallEffect.Deny, Effect(call, Allow("network: 0.0.0.0/0")));
        Assert.Equal(CallEffect.Deny, Effect(call, AllowAll, Deny("network: { not: 10.0.0.0/8 }")));
        Assert.Equal(CallEffect.Deny, Effect(call, AllowAll, Deny("network: 203.0.113.0/24")));
    }

    /// <summary>One address, two spellings.</summary>
    [Fact]
    public void Network_MappedAddress_IsIPv4() => Assert.Equal(CallEffect.Allow, Effect(Nurse with { RemoteAddress = "::ffff:10.1.2.3" }, Allow("network: 10.0.0.0/8")));

    /// <summary>A client's name in other letters is another name to a rule that allows, and the same to one that denies.</summary>
    [Theory]
    [InlineData("claude desktop")]
    [InlineData("Ｃlaude Desktop")]
    public void Client_LookAlikeName_IsAgainstTheCaller(string name)
    {
        var call = Nurse with { ClientName = name };

        Assert.Equal(CallEffect.Deny, Effect(call, Allow("client: { name: Claude Desktop }")));
        Assert.Equal(CallEffect.Deny, Effect(call, AllowAll, Deny("client: { name: Claude Desktop }")));
    }

    [Fact]
    public void Client_Unnamed_NeverMatches()
    {
        var call = Nurse with { ClientName = null, Principal = new Principal { Issuer = "i", Subject = "s", Groups = [], ClientId = string.Empty } };

        Assert.Equal(CallEffect.Deny, Effect(call, Allow("client: '*'")));
        Assert.Equal(CallEffect.Allow, Effect(call, AllowAll, Deny("client: { name: '*' }")));
    }

    /// <summary>Who may do something here only from elsewhere does not learn that the server is there.</summary>
    [Fact]
    public void Server_AllowedOnlyElsewhere_IsUnknown()
    {
        var engine = Engine(Allow("network: 192.168.0.0/16"), "{ name: other, match: { role: admin, tool: x }, effect: allow }");

        Assert.Equal((CallEffect.Deny, false), Said(engine, Call("initialize") with { RemoteAddress = "10.1.2.3" }));
        Assert.Equal((CallEffect.Allow, true), Said(engine, Call("initialize") with { RemoteAddress = "192.168.1.1" }));
        Assert.False(engine.ViewOf(Call("tools/list") with { RemoteAddress = "10.1.2.3" }).Shows(Operations.CallTool, "query"));
        Assert.True(engine.ViewOf(Call("tools/list") with { RemoteAddress = "192.168.1.1" }).Shows(Operations.CallTool, "query"));
    }

    /// <summary>A deny that does not suit the caller hides nothing from them.</summary>
    [Fact]
    public void Deny_ThatDoesNotSuit_HidesNothing()
    {
        var engine = Engine(AllowAll, "{ name: d, match: { tool: query, principal: { mfa: false } }, effect: deny }");

        Assert.True(engine.ViewOf(Nurse).Shows(Operations.CallTool, "query"));
        Assert.False(engine.ViewOf(Call("tools/list")).Shows(Operations.CallTool, "query"));
    }

    private static (CallEffect, bool) Said(PolicyEngine engine, CallFacts call)
    {
        var decided = engine.Decide(call);
        return (decided.Decision.Effect, decided.Visible);
    }
}
