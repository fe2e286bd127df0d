using Chaperone.Contracts;
using static Chaperone.Policy.Tests.PolicyText;

namespace Chaperone.Policy.Tests.Deciding;

public sealed class OperationTests
{
    private const string ToolRule = "{ name: t, match: { tool: '*' }, effect: allow, masking: review }";
    private const string Everything = "{ name: all, match: { method: '*' }, effect: allow }";

    public static readonly string[] Lifecycle =
    [
        "initialize", "notifications/initialized", "notifications/cancelled", "notifications/anything", "ping", "server/discover", "logging/setLevel",
        "tools/list", "prompts/list", "resources/list", "resources/templates/list", "response", "stream/listen", "session/end",
        "tasks/list", "subscriptions/listen",
    ];

    public static TheoryData<string> LifecycleMethods => [.. Lifecycle];

    [Theory]
    [MemberData(nameof(LifecycleMethods))]
    public void Lifecycle_WithAnyGrantOnServer_AllowedUnderItsMasking(string method)
    {
        var decided = Engine(ToolRule).Decide(Call(method));

        Assert.Equal((CallEffect.Allow, "lifecycle", "review", true), (decided.Decision.Effect, decided.Decision.Rule, decided.Decision.Masking, decided.Visible));
    }

    [Theory]
    [MemberData(nameof(LifecycleMethods))]
    public void Lifecycle_WithoutGrant_HiddenServer(string method)
    {
        var engine = Engine("{ name: t, match: { role: admin, tool: '*' }, effect: allow }", "{ name: d, match: { tool: x }, effect: deny }");

        var decided = engine.Decide(Call(method));

        Assert.Equal((CallEffect.Deny, false), (decided.Decision.Effect, decided.Visible));
    }

    [Theory]
    [InlineData("lab")]
    [InlineData("clinic")]
    public void Lifecycle_GrantOnOtherServerOnly_HiddenServer(string granted)
    {
        var other = granted == "lab" ? "clinic" : "lab";
        var engine = Engine("{ name: t, match: { server: " + granted + ", tool: x }, effect: approve, approval: { role: admin } }");

        Assert.Equal(CallEffect.Allow, engine.Decide(Call("initialize", server: granted)).Decision.Effect);
        Assert.Equal(CallEffect.Deny, engine.Decide(Call("initialize", server: other)).Decision.Effect);
    }

    [Fact]
    public void Lifecycle_DeniedByMethod_Denied()
    {
        var engine = Engine(Everything, "{ name: quiet, match: { method: logging/setLevel }, effect: deny }");

        Assert.Equal("quiet", engine.Decide(Call("logging/setLevel")).Decision.Rule);
        Assert.Equal(CallEffect.Allow, engine.Decide(Call("ping")).Decision.Effect);
    }

    [Theory]
    [InlineData("{ name: out, match: { server: clinic, role: nurse }, effect: deny }", false)]
    [InlineData("{ name: out, match: { server: clinic, role: nurse, method: '*' }, effect: deny }", false)]
    [InlineData("{ name: out, match: { server: clinic, role: nurse }, effect: deny, visible: true }", true)]
    public void WholeServerDeny_TakesLifecycleToo(string rule, bool visible)
    {
        var engine = Engine(Everything, rule);

        foreach (var method in Lifecycle)
        {
            var decided = engine.Decide(Call(method));
            Assert.Equal((CallEffect.Deny, "out", visible), (decided.Decision.Effect, decided.Decision.Rule, decided.Visible));
        }

        Assert.Equal(CallEffect.Allow, engine.Decide(Call("ping", groups: "admins")).Decision.Effect);
        Assert.Equal(CallEffect.Allow, engine.Decide(Call("ping", server: "lab")).Decision.Effect);
    }

    [Theory]
    [InlineData("tools/run", CallDirection.FromClient)]
    [InlineData("Tools/Call", CallDirection.FromClient)]
    [InlineData("", CallDirection.FromClient)]
    [InlineData("*", CallDirection.FromClient)]
    [InlineData("sampling/createMessage", CallDirection.FromClient)]
    [InlineData("tools/call", CallDirection.FromServer)]
    [InlineData("sampling/other", CallDirection.FromServer)]
    public void UnknownMethod_EvenWithEverythingAllowed_Denied(string method, CallDirection direction)
    {
        var decided = Engine(Everything).Decide(Call(method, "x", direction: direction), JsonBytes("{}"));

        Assert.Equal((CallEffect.Deny, "unknown-method", false), (decided.Decision.Effect, decided.Decision.Rule, decided.Visible));
    }

    [Theory]
    [InlineData("{ tool: '*' }", "tools/call")]
    [InlineData("{ prompt: '*' }", "prompts/get completion/complete")]
    [InlineData("{ resource: '*' }", "resources/read resources/subscribe resources/unsubscribe")]
    [InlineData("{ method: 'resources/*' }", "resources/read resources/subscribe resources/unsubscribe")]
    [InlineData("{ method: resources/read, resource: 'x*' }", "resources/read")]
    [InlineData("{ method: [tools/call, prompts/get] }", "tools/call prompts/get")]
    [InlineData("{ server: clinic }", "tools/call prompts/get completion/complete resources/read resources/subscribe resources/unsubscribe")]
    [InlineData("{ method: '*' }", "tools/call prompts/get completion/complete resources/read resources/subscribe resources/unsubscribe")]
    public void Rule_SpeaksOnlyAboutItsOperations(string match, string allowed)
    {
        var engine = Engine("{ name: a, match: " + match + ", effect: allow }");

        string[] guarded = ["tools/call", "prompts/get", "completion/complete", "resources/read", "resources/subscribe", "resources/unsubscribe"];
        var passed = guarded.Where(m => engine.Decide(Call(m, "x1")).Decision.Effect == CallEffect.Allow);

        Assert.Equal(allowed.Split(' ').Order(), passed.Order());
    }

    [Theory]
    [InlineData("{ server: clinic }", "")]
    [InlineData("{ method: roots/list }", "")]
    [InlineData("{ method: '*' }", "sampling/createMessage elicitation/create roots/list")]
    [InlineData("{ method: [sampling/createMessage, tools/call] }", "sampling/createMessage")]
    [InlineData("{ method: ['*/list', prompts/get] }", "roots/list")]
    public void ServerRequest_OnlyWithItsMethodNamed(string match, string allowed)
    {
        var engine = Engine("{ name: a, match: " + match + ", effect: allow }");

        string[] requests = ["sampling/createMessage", "elicitation/create", "roots/list"];
        var passed = requests.Where(m => engine.Decide(Call(m, direction: CallDirection.FromServer)).Decision.Effect == CallEffect.Allow);

        Assert.Equal(allowed.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(), passed.Order());
    }

    /// <summary>An address to visit is no form: who may be asked questions is not thereby sent to the web.</summary>
    [Theory]
    [InlineData("elicitation/create", """{"message":"m","requestedSchema":{}}""", true)]
    [InlineData("elicitation/create", """{"mode":"form"}""", true)]
    [InlineData("elicitation/create", """{"mode":"url","url":"https://evil.example"}""", false)]
    [InlineData("elicitation/create", """{"mode":"URL"}""", false)]
    [InlineData("elicitation/create", """{"mode":null}""", false)]
    [InlineData("elicitation/create", """{"mode":["url"]}""", false)]
    [InlineData("elicitation/create", """{"url":"https://evil.example"}""", false)]
    [InlineData("elicitation/create", """{"mode":"form","url":"https://evil.example"}""", false)]
    [InlineData("elicitation/url", """{"mode":"url","url":"https://clinic.example"}""", true)]
    [InlineData("elicitation/*", """{"mode":"url","url":"https://clinic.example"}""", true)]
    public void Elicitation_Address_NeedsARuleOfItsOwn(string granted, string parameters, bool passes)
    {
        var engine = Engine(ToolRule, "{ name: a, match: { method: '" + granted + "' }, effect: allow }");
        var message = JsonBytes("""{"jsonrpc":"2.0","id":1,"method":"elicitation/create","params":""" + parameters + "}");

        Assert.Equal(passes ? CallEffect.Allow : CallEffect.Deny, engine.Decide(Call("elicitation/create", direction: CallDirection.FromServer), message).Decision.Effect);
    }

    /// <summary>No message has the name that only rules use.</summary>
    [Fact]
    public void Elicitation_MethodOfRules_IsUnknownInMessages() =>
        Assert.Equal("unknown-method", Engine("{ name: a, match: { method: '*' }, effect: allow }").Decide(Call("elicitation/url", direction: CallDirection.FromServer)).Decision.Rule);

    [Fact]
    public void ServerPing_WithGrant_Allowed() =>
        Assert.Equal(CallEffect.Allow, Engine(ToolRule).Decide(Call("ping", direction: CallDirection.FromServer)).Decision.Effect);

    [Fact]
    public void ServerRequest_UnderApproval_Denied()
    {
        var engine = Engine(Everything, "{ name: ask, match: { method: '*' }, effect: approve, approval: { role: admin } }");

        var decided = engine.Decide(Call("sampling/createMessage", direction: CallDirection.FromServer));

        Assert.Equal((CallEffect.Deny, "ask"), (decided.Decision.Effect, decided.Decision.Rule));
        Assert.Null(decided.Approval);
    }

    [Fact]
    public void ServerRequest_InInputRequiredResult_DecidedByItsMethod()
    {
        var decided = Engine(Everything).Decide(
            Call("elicitation/create", direction: CallDirection.FromServer),
            JsonBytes("""{"jsonrpc":"2.0","id":1,"result":{"resultType":"input_required"}}"""));

        Assert.Equal(CallEffect.Allow, decided.Decision.Effect);
    }

    [Theory]
    [InlineData("""{"type":"ref/prompt","name":"summary"}""", "summary", CallEffect.Allow)]
    [InlineData("""{"type":"ref/prompt","name":"secret"}""", "secret", CallEffect.Deny)]
    [InlineData("""{"type":"ref/resource","uri":"chart://{id}"}""", "chart://{id}", CallEffect.Allow)]
    [InlineData("""{"type":"ref/resource","uri":"summary"}""", "summary", CallEffect.Deny)]
    [InlineData("""{"type":"ref/prompt","name":"summary"}""", "other", CallEffect.Deny)]
    [InlineData("""{"type":"ref/tool","name":"summary"}""", "summary", CallEffect.Deny)]
    [InlineData("7", "summary", CallEffect.Deny)]
    public void Completion_FollowsWhatItRefersTo(string reference, string target, CallEffect effect)
    {
        var engine = Engine("{ name: p, match: { prompt: summary }, effect: allow }", "{ name: r, match: { resource: 'chart://*' }, effect: allow }");

        var decided = engine.Decide(Call("completion/complete", target), JsonBytes($$$$"""{"jsonrpc":"2.0","id":1,"method":"completion/complete","params":{"ref":{{{{reference}}}}}}"""));

        Assert.Equal(effect, decided.Decision.Effect);
    }

    /// <summary>2026-07-28 moved resource subscriptions into subscriptions/listen: that must be no way around resources/subscribe.</summary>
    [Theory]
    [InlineData("""["chart://1","chart://2"]""", CallEffect.Allow)]
    [InlineData("""["chart://1","hr://2"]""", CallEffect.Deny)]
    [InlineData("""[7]""", CallEffect.Deny)]
    [InlineData("""{"a":"hr://2"}""", CallEffect.Deny)]
    public void Subscriptions_ToResources_NeedTheirRule(string uris, CallEffect effect)
    {
        var engine = Engine("{ name: r, match: { resource: 'chart://*' }, effect: allow }");

        var decided = engine.Decide(Call("subscriptions/listen"), JsonBytes($$$$"""{"jsonrpc":"2.0","id":1,"method":"subscriptions/listen","params":{"notifications":{"resourceSubscriptions":{{{{uris}}}}}}}"""));

        Assert.Equal(effect, decided.Decision.Effect);
    }
}
