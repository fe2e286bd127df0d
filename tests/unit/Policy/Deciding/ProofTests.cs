using Chaperone.Contracts;
using Chaperone.Policy.Deciding;

namespace Chaperone.Policy.Tests.Deciding;

/// <summary><c>unless</c> of a deny: it holds for callers whose token shows too little, and says what would do.</summary>
public sealed class ProofTests
{
    private const string Allow = "{ name: all, effect: allow, match: { tool: '*' } }";
    private const string Second = "{ name: second-factor, effect: deny, match: { tool: order_* }, unless: { mfa: true, acr: [gold, diamond], max_age: 15m, scope: [orders, patients] } }";

    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddDays(1);

    private static Principal Good => new()
    {
        Issuer = "https://issuer.example",
        Subject = "u1",
        Groups = ["nurses"],
        ClientId = "client",
        AuthenticationMethods = ["pwd", "mfa"],
        AuthenticationClass = "diamond",
        AuthenticatedAt = Now.AddMinutes(-15),
        Scopes = ["orders", "patients", "more"],
    };

    [Fact]
    public void Decide_AllShown_Passes() => Assert.Equal((CallEffect.Allow, null), (Decide(Good).Decision.Effect, Decide(Good).Needs));

    public static TheoryData<string, bool> Lacks => new() { { "mfa", true }, { "acr", true }, { "no-acr", true }, { "acr-alike", true }, { "age", true }, { "no-age", true }, { "scope", false } };

    [Theory]
    [MemberData(nameof(Lacks))]
    public void Decide_SomethingLacks_IsDeniedAndSaysWhatWouldDo(string lacking, bool signIn)
    {
        var decided = Decide(lacking switch
        {
            "mfa" => Good with { AuthenticationMethods = ["pwd", "MFA"] },
            "acr" => Good with { AuthenticationClass = "silver" },
            "no-acr" => Good with { AuthenticationClass = null },
            "acr-alike" => Good with { AuthenticationClass = "Gold" },
            "age" => Good with { AuthenticatedAt = Now.AddMinutes(-16) },
            "no-age" => Good with { AuthenticatedAt = null },
            _ => Good with { Scopes = ["orders"] },
        });

        Assert.Equal((CallEffect.Deny, "second-factor", true), (decided.Decision.Effect, decided.Decision.Rule, decided.Visible));
        Assert.Equal(signIn, decided.Needs!.SignIn);
        Assert.Equal(["orders", "patients"], decided.Needs.Scopes);
        Assert.Equal(signIn ? ["gold", "diamond"] : [], decided.Needs.AuthenticationClasses);
        Assert.Equal(signIn ? 900 : null, decided.Needs.MaxAgeSeconds);
    }

    /// <summary>Restrictions look warily: another spelling of the tool's name needs the second factor, too.</summary>
    [Theory]
    [InlineData("Order_lab")]
    [InlineData("order_lab ")]
    public void Decide_NameThatLooksAlike_NeedsItToo(string tool) =>
        Assert.Equal("second-factor", Decide(Good with { AuthenticationMethods = [] }, tool).Decision.Rule);

    /// <summary>Where another deny holds as well, a better token would not help, so none is asked for.</summary>
    [Fact]
    public void Decide_AnotherDenyHolds_AsksForNoToken()
    {
        var decided = Decide(Good with { AuthenticationClass = null }, "order_lab", "{ name: never, effect: deny, visible: true, match: { tool: order_lab } }");

        Assert.Equal(("never", null), (decided.Decision.Rule, decided.Needs));
    }

    /// <summary>All that several rules ask for is asked at once.</summary>
    [Fact]
    public void Decide_SeveralLack_AreJoined()
    {
        var needs = Decide(Good with { AuthenticatedAt = null, Scopes = [] }, "order_lab", "{ name: fresh, effect: deny, match: { tool: order_lab }, unless: { max_age: 5m, scope: labs } }").Needs!;

        Assert.Equal(300, needs.MaxAgeSeconds);
        Assert.Equal(["labs", "orders", "patients"], needs.Scopes.Order(StringComparer.Ordinal));
    }

    /// <summary>A program cannot sign in again: it is refused in words.</summary>
    [Fact]
    public void Decide_Program_IsAskedForNoSignIn() =>
        Assert.Equal((CallEffect.Deny, null), (Decide(Good with { AuthenticationClass = null, IsService = true }).Decision.Effect, Decide(Good with { AuthenticationClass = null, IsService = true }).Needs));

    /// <summary>A tool that a rule hides is not told of by a challenge.</summary>
    [Fact]
    public void Decide_HiddenTool_IsNotToldOf()
    {
        var decided = Decide(Good with { AuthenticationClass = null }, "order_lab", "{ name: hidden, effect: deny, match: { tool: order_lab } }");

        Assert.Equal((false, null), (decided.Visible, decided.Needs));
    }

    [Theory]
    [InlineData("unless: {}", "asks for nothing")]
    [InlineData("unless: { mfa: false }", "asks for nothing")]
    [InlineData("unless: { max_age: 5s }", "30s to 24h")]
    [InlineData("unless: { acr: 'a b' }", "has a space")]
    [InlineData("unless: { scope: 'a\"b' }", "a quote")]
    public void Read_Wrong_IsAProblem(string unless, string says)
    {
        var problem = Assert.Single(PolicyText.Read($"{PolicyText.Head}  - {{ name: n, effect: deny, match: {{ tool: x }}, {unless} }}\n").Problems);

        Assert.Contains("rules[0].unless", problem.ToString(), StringComparison.Ordinal);
        Assert.Contains(says, problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WithAllow_IsAProblem() =>
        Assert.Contains("only goes with effect: deny", Assert.Single(PolicyText.Read($"{PolicyText.Head}  - {{ name: n, effect: allow, match: {{ tool: x }}, unless: {{ mfa: true }} }}\n").Problems).ToString(), StringComparison.Ordinal);

    private static CallDecided Decide(Principal principal, string tool = "order_lab", params string[] more)
    {
        var call = PolicyText.Call("tools/call", tool) with { Principal = principal };
        PolicyEngine engine = PolicyText.Engine([Allow, Second, .. more]);
        return engine.Decide(call, PolicyText.Message(call), Now);
    }
}
