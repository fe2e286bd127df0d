using Chaperone.Contracts;
using static Chaperone.Policy.Tests.PolicyText;

namespace Chaperone.Policy.Tests.Deciding;

public sealed class VisibilityTests
{
    private const string Allow = "{ name: allow, match: { tool: query }, effect: allow }";
    private const string AllowSome = "{ name: allow-some, match: { tool: query, arguments: { sql: '^select' } }, effect: allow }";
    private const string Approve = "{ name: approve, match: { tool: query }, effect: approve, approval: { role: admin } }";
    private const string Deny = "{ name: deny, match: { tool: 'q*' }, effect: deny }";
    private const string DenyShown = "{ name: deny-shown, match: { tool: 'q*' }, effect: deny, visible: true }";
    private const string DenySome = "{ name: deny-some, match: { tool: query, arguments: { sql: drop } }, effect: deny }";
    private const string OtherTool = "{ name: other, match: { tool: other }, effect: allow }";

    public static TheoryData<string[], CallEffect, string, bool> Cases => new()
    {
        { [OtherTool], CallEffect.Deny, "default-deny", false },
        { [Allow], CallEffect.Allow, "allow", true },
        { [AllowSome], CallEffect.Deny, "default-deny", true },
        { [Approve], CallEffect.Hold, "approve", true },
        { [Allow, Deny], CallEffect.Deny, "deny", false },
        { [Allow, DenyShown], CallEffect.Deny, "deny-shown", true },
        { [OtherTool, DenyShown], CallEffect.Deny, "deny-shown", true },
        { [Allow, DenySome], CallEffect.Deny, "deny-some", true },
        { [OtherTool, DenySome], CallEffect.Deny, "deny-some", false },
        { [Allow, Deny, DenyShown], CallEffect.Deny, "deny", false },
        { [Allow, Deny, DenySome], CallEffect.Deny, "deny", false },
        { [Allow, DenyShown, DenySome], CallEffect.Deny, "deny-shown", true },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Target_IsVisibleWhenSomeArgumentsCouldPass(string[] rules, CallEffect effect, string rule, bool visible)
    {
        var engine = Engine(rules);

        var decided = engine.Decide(Call("tools/call", "query"), """{"sql":"drop"}""");
        var listed = engine.ViewOf(Call("tools/list")).Shows(Chaperone.Policy.Deciding.Operations.CallTool, "query");

        Assert.Equal((effect, rule, visible), (decided.Decision.Effect, decided.Decision.Rule, decided.Visible));
        Assert.Equal(visible, listed);
    }

    [Fact]
    public void View_OfHiddenServer_ShowsNothing()
    {
        var engine = Engine(DenyShown, "{ name: x, match: { role: admin, tool: '*' }, effect: allow }");

        Assert.False(engine.ViewOf(Call("tools/list")).Shows(Chaperone.Policy.Deciding.Operations.CallTool, "query"));
        Assert.False(engine.ViewOf(Call("tools/list", server: "nowhere")).Shows(Chaperone.Policy.Deciding.Operations.CallTool, "query"));
    }
}
