using Chaperone.Contracts;
using static Chaperone.Policy.Tests.PolicyText;

namespace Chaperone.Policy.Tests.Deciding;

public sealed class PrecedenceTests
{
    private const string AllowAll = "{ name: allow-all, match: { method: '*' }, effect: allow }";
    private const string ApproveDelete = "{ name: approve-delete, match: { tool: delete_* }, effect: approve, approval: { role: admin, approvals: 2, expires: 1h30m } }";

    [Fact]
    public void NoRule_AnyCall_DeniedAndHidden()
    {
        var decided = Engine().Decide(Call("tools/call", "query"));

        Assert.Equal(CallEffect.Deny, decided.Decision.Effect);
        Assert.Equal("default-deny", decided.Decision.Rule);
        Assert.Equal("safe-harbor", decided.Decision.Masking);
        Assert.False(decided.Visible);
        Assert.Null(decided.Approval);
        Assert.Matches("^[0-9a-f]{64}$", decided.Decision.PolicyDigest);
    }

    [Theory]
    [InlineData("get_patient", CallEffect.Allow, "allow-all", true)]
    [InlineData("delete_patient", CallEffect.Hold, "approve-delete", true)]
    [InlineData("delete_all", CallEffect.Deny, "never-delete-all", false)]
    public void MostRestrictive_Wins(string tool, CallEffect effect, string rule, bool visible)
    {
        var engine = Engine(AllowAll, ApproveDelete, "{ name: never-delete-all, match: { tool: delete_all }, effect: deny }");

        var decided = engine.Decide(Call("tools/call", tool));

        Assert.Equal((effect, rule, visible), (decided.Decision.Effect, decided.Decision.Rule, decided.Visible));
    }

    /// <summary>Property: an approval room that does not know seats, or a needed reason, gets a request that nobody can approve.</summary>
    [Theory]
    [InlineData("roles: { admin: 1, nurse: 2 }", 3, 2)]
    [InlineData("role: admin, approvals: 2, reason: required", 2, 1)]
    public void Hold_BeyondOneRole_SaysWhoInSeatsOnly(string terms, int people, int seats)
    {
        var needed = Engine($"{{ name: a, match: {{ tool: x }}, effect: approve, approval: {{ {terms} }} }}").Decide(Call("tools/call", "x")).Approval!;

        Assert.Empty(needed.Groups);
        Assert.Equal((people, seats), (needed.Approvals, needed.Seats.Length));
        Assert.Equal(needed.Approvals, needed.Seats.Sum(s => s.Approvals));
        Assert.Equal(["admins", "root-group"], needed.Seats[0].Groups);
    }

    [Fact]
    public void Hold_WithAllTerms_SaysThem()
    {
        var needed = Engine("{ name: a, match: { tool: x }, effect: approve, approval: { role: nurse, grant: 30m, remind: 2m, escalate: { after: 5m, to: [admin, nurse] } } }")
            .Decide(Call("tools/call", "x")).Approval!;

        Assert.Equal((TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(2)), (needed.GrantUpTo, needed.RemindEvery));
        Assert.Equal((TimeSpan.FromMinutes(5), "admin, nurse"), (needed.Escalation!.After, needed.Escalation.Role));
        Assert.Equal(["admins", "root-group", "nurses"], needed.Escalation.Groups);
        Assert.Equal(["nurses"], needed.Groups);
    }

    /// <summary>Property: a second rule that asks never makes the first one's approval easier, in whatever order they stand.</summary>
    [Theory]
    [InlineData("role: admin, approvals: 2, grant: 30m", "role: nurse, reason: required", 2, true, null)]
    [InlineData("role: admin, approvals: 2, grant: 30m", "role: nurse, grant: 10m", 2, false, 10)]
    [InlineData("role: admin, approvals: 2", "role: nurse, grant: 10m", 2, false, null)]
    [InlineData("role: admin, approvals: 2", "roles: { admin: 1, nurse: 1 }", 2, false, null)]
    public void Hold_ByTwoRules_TakesTheStricterOfEach(string one, string other, int people, bool reason, int? grant)
    {
        string Rule(string name, string terms) => $"{{ name: {name}, match: {{ tool: x }}, effect: approve, approval: {{ {terms} }} }}";
        foreach (var rules in new[] { new[] { Rule("a", one), Rule("b", other) }, [Rule("b", other), Rule("a", one)] })
        {
            var needed = Engine(rules).Decide(Call("tools/call", "x")).Approval!;

            Assert.Equal((people, reason), (needed.Approvals, needed.ReasonRequired));
            Assert.Equal(grant is { } minutes ? TimeSpan.FromMinutes(minutes) : null, needed.GrantUpTo);
        }
    }

    [Fact]
    public void Hold_NamesWhoApproves()
    {
        var decided = Engine(ApproveDelete).Decide(Call("tools/call", "delete_patient"));

        Assert.Equal("admin", decided.Approval!.Role);
        Assert.Equal(["admins", "root-group"], decided.Approval.Groups);
        Assert.Equal(2, decided.Approval.Approvals);
        Assert.Equal(TimeSpan.FromMinutes(90), decided.Approval.ExpiresAfter);
        Assert.Equal("Rule approve-delete asks for approval by admin.", decided.Decision.Reason);
    }

    [Theory]
    [InlineData("{ role: admin, approvals: 3, expires: 1h }", "b")]
    [InlineData("{ role: admin, approvals: 2, expires: 20m }", "b")]
    [InlineData("{ role: admin, approvals: 2, expires: 1h30m }", "approve-delete")]
    [InlineData("{ role: admin, approvals: 1, expires: 10s }", "approve-delete")]
    public void SeveralApprovals_MostDemandingWins(string other, string winner)
    {
        var engine = Engine(ApproveDelete, "{ name: b, match: { tool: delete_patient }, effect: approve, approval: " + other + " }");

        Assert.Equal(winner, engine.Decide(Call("tools/call", "delete_patient")).Decision.Rule);
    }

    [Theory]
    [InlineData("none", "review", "review")]
    [InlineData("linked", "review", "linked")]
    [InlineData("linked", "safe-harbor", "safe-harbor")]
    [InlineData("linked", "session", "session")]
    [InlineData("session", "safe-harbor", "safe-harbor")]
    [InlineData("safe-harbor", "house-style", "house-style")]
    [InlineData("none", null, "safe-harbor")]
    [InlineData("none", "none", "none")]
    public void Masking_StrictestOfMatchingRules(string one, string? other, string expected)
    {
        var engine = Engine(
            "{ name: a, match: { tool: query }, effect: allow, masking: " + one + " }",
            "{ name: b, match: { tool: 'q*' }, effect: allow" + (other is null ? string.Empty : ", masking: " + other) + " }",
            "{ name: c, match: { tool: other }, effect: allow, masking: zebra }");

        Assert.Equal(expected, engine.Decide(Call("tools/call", "query")).Decision.Masking);
    }

    /// <summary>Attack: a role gathers rules to see more than any of them alone would show.</summary>
    [Theory]
    [InlineData("{ profile: review, exempt: [name, date] }", "{ profile: linked, exempt: [mrn, name] }", "linked", "name")]
    [InlineData("{ profile: review, exempt: [name] }", "review", "review", "")]
    [InlineData("{ profile: review, exempt: [name] }", null, "safe-harbor", "")]
    [InlineData("{ profile: safe-harbor, exempt: [name, date, name] }", "{ profile: safe-harbor, exempt: [date, name] }", "safe-harbor", "date name")]
    public void Exempt_OnlyWhatEveryMatchingRuleExempts(string one, string? other, string profile, string exempt)
    {
        var engine = Engine(
            "{ name: a, match: { tool: query }, effect: allow, masking: " + one + " }",
            "{ name: b, match: { tool: 'q*' }, effect: allow" + (other is null ? string.Empty : ", masking: " + other) + " }");

        var decision = engine.Decide(Call("tools/call", "query")).Decision;

        Assert.Equal((profile, exempt), (decision.Masking, string.Join(' ', decision.Exempt)));
    }

    [Theory]
    [InlineData("{ profile: linked, exempt: [names] }", "policy.yaml:5:", "rules[0].masking.exempt", "is no class of identifiers: names")]
    [InlineData("{ profile: linked, exempt: [secret] }", "policy.yaml:5:", "rules[0].masking.exempt", "is no class of identifiers: secret")]
    [InlineData("{ profile: linked, exempts: [name] }", "policy.yaml:5:", "rules[0].masking.exempts", "is no known key")]
    [InlineData("{ exempt: [name] }", "policy.yaml:5:", "rules[0].masking.profile", "is missing")]
    [InlineData("{ profile: Linked }", "policy.yaml:5:", "rules[0].masking.profile", "is no name of a masking profile")]
    public void Masking_Wrong_IsReportedWithItsPlace(string masking, string place, string key, string problem)
    {
        var reading = Read(Head + "  - { name: a, match: { tool: query }, effect: allow, masking: " + masking + " }\n");

        Assert.Contains(reading.Problems, p => p.ToString().StartsWith(place, StringComparison.Ordinal) && p.Key == key && p.Problem == problem && p.Column > 1);
        Assert.Null(reading.Document);
    }

    [Fact]
    public void Masking_DefaultOfFile_Applies()
    {
        var engine = new Chaperone.Policy.Deciding.PolicyEngine(Document("defaults: { masking: review }\n" + Head + "  - { name: a, match: { tool: query }, effect: allow }\n"));

        Assert.Equal("review", engine.Decide(Call("tools/call", "query")).Decision.Masking);
        Assert.Equal("safe-harbor", engine.Decide(Call("tools/call", "no")).Decision.Masking);
    }

    [Theory]
    [InlineData("nurses", CallEffect.Allow)]
    [InlineData("root-group", CallEffect.Allow)]
    [InlineData("Nurses", CallEffect.Deny)]
    [InlineData("visitors", CallEffect.Deny)]
    public void Roles_OneOfThemByExactGroup(string group, CallEffect effect)
    {
        var engine = Engine("{ name: a, match: { roles: [nurse, admin], tool: query }, effect: allow }");

        Assert.Equal(effect, engine.Decide(Call("tools/call", "query", groups: group)).Decision.Effect);
    }

    [Fact]
    public void Server_Unknown_DeniedAndHidden()
    {
        var decided = Engine(AllowAll).Decide(Call("tools/call", "query", server: "nowhere"));

        Assert.Equal((CallEffect.Deny, false), (decided.Decision.Effect, decided.Visible));
    }

    [Theory]
    [InlineData("clinic", CallEffect.Allow)]
    [InlineData("lab", CallEffect.Deny)]
    public void Server_OnlyTheNamedOne(string server, CallEffect effect) =>
        Assert.Equal(effect, Engine("{ name: a, match: { server: 'cl*', tool: query }, effect: allow }").Decide(Call("tools/call", "query", server)).Decision.Effect);

    [Fact]
    public void Tool_OtherCase_IsAnotherTool() =>
        Assert.Equal(CallEffect.Deny, Engine("{ name: a, match: { tool: query }, effect: allow }").Decide(Call("tools/call", "Query")).Decision.Effect);

    [Fact]
    public void Reason_FromRule_ReachesCaller()
    {
        var engine = Engine(AllowAll, "{ name: no, match: { tool: query }, effect: deny, visible: true, reason: Ask the desk. }");

        Assert.Equal("Ask the desk.", engine.Decide(Call("tools/call", "query")).Decision.Reason);
    }
}
