using System.Text;
using System.Text.Json;
using Chaperone.Contracts;
using Chaperone.Policy.Deciding;
using Chaperone.Policy.Lists;
using Chaperone.Policy.Tools;
using static Chaperone.Policy.Tests.PolicyText;

namespace Chaperone.Policy.Tests.Tools;

public sealed class HintTests
{
    /// <summary>What a server does not say counts as the unsafe value (MCP, ToolAnnotations).</summary>
    [Theory]
    [InlineData("{}", false, true, false, true)]
    [InlineData("""{"annotations":{}}""", false, true, false, true)]
    [InlineData("""{"annotations":null}""", false, true, false, true)]
    [InlineData("""{"annotations":{"readOnlyHint":true}}""", true, false, false, true)]
    [InlineData("""{"annotations":{"readOnlyHint":true,"destructiveHint":true}}""", true, true, false, true)]
    [InlineData("""{"annotations":{"destructiveHint":false,"idempotentHint":true,"openWorldHint":false}}""", false, false, true, false)]
    [InlineData("""{"annotations":{"readOnlyHint":"true","destructiveHint":"false"}}""", false, true, false, true)]
    public void Traits_AbsentHint_IsTheUnsafeValue(string tool, bool readOnly, bool destructive, bool idempotent, bool openWorld)
    {
        using var document = JsonDocument.Parse(tool);

        Assert.Equal(new ToolTraits(readOnly, destructive, idempotent, openWorld), ToolTraits.Of(document.RootElement));
    }

    private static readonly string[] Rules =
    [
        "{ name: reads, match: { tool: '*', annotations: { readOnlyHint: true } }, effect: allow }",
        "{ name: writes, match: { annotations: { readOnlyHint: false } }, effect: approve, approval: { role: admin } }",
        "{ name: no-loss, match: { annotations: { destructiveHint: true } }, effect: deny, reason: May lose data., visible: true }",
    ];

    [Fact]
    public void Decide_ByWhatTheListSaid()
    {
        var book = new ToolBook();
        book.Learn("clinic", "read", new ToolTraits(true, false, true, false));
        book.Learn("clinic", "note", new ToolTraits(false, false, false, false));
        var engine = new PolicyEngine(Engine(Rules).Document, book);

        Assert.Equal((CallEffect.Allow, "reads"), Said(engine, "read"));
        Assert.Equal((CallEffect.Hold, "writes"), Said(engine, "note"));
        Assert.Equal((CallEffect.Deny, "no-loss"), Said(engine, "never-listed"));
    }

    [Fact]
    public void List_ShowsByWhatEachEntrySays()
    {
        var answer = """{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"a","annotations":{"readOnlyHint":true}},{"name":"b"},{"name":"c","annotations":{"destructiveHint":false}}]}}""";
        var engine = Engine(Rules[0], "{ name: hide, match: { annotations: { destructiveHint: true } }, effect: deny }");

        var filtered = ListFilter.Filter(JsonBytes(answer), Call("tools/list"), engine, 0)!;

        Assert.Equal(2, filtered.Hidden);
        Assert.Contains("\"a\"", Encoding.UTF8.GetString(filtered.Answer.Span), StringComparison.Ordinal);
    }

    /// <summary>A rule on annotations speaks about tools, never about the whole server.</summary>
    [Fact]
    public void Rule_OnAnnotations_IsNotOfTheWholeServer()
    {
        var engine = Engine("{ name: a, match: { method: '*' }, effect: allow }", "{ name: d, match: { annotations: { destructiveHint: true } }, effect: deny }");

        Assert.Equal(CallEffect.Allow, engine.Decide(Call("initialize")).Decision.Effect);
        Assert.Equal(CallEffect.Allow, engine.Decide(Call("prompts/get", "p")).Decision.Effect);
        Assert.Equal(CallEffect.Deny, engine.Decide(Call("tools/call", "x")).Decision.Effect);
    }

    private static (CallEffect, string) Said(PolicyEngine engine, string tool)
    {
        var decision = engine.Decide(Call("tools/call", tool)).Decision;
        return (decision.Effect, decision.Rule);
    }
}
