using Chaperone.Contracts;
using Chaperone.Policy.Deciding;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using static Chaperone.Policy.Tests.PolicyText;

namespace Chaperone.Policy.Tests.Deciding;

/// <summary>What must hold of every policy and every call.</summary>
public sealed class PolicyProperties
{
    private const int Times = 120;

    [Property(MaxTest = Times)]
    public Property Index_AgreesWithWalkingOverAllRules() => Prop.ForAll(
        Arb.From(from rules in RandomPolicy.Rules from asked in RandomPolicy.Asked.ListOf(8) select (rules, asked)),
        sample =>
        {
            var document = Document(RandomPolicy.Yaml(sample.rules));
            var engine = new PolicyEngine(document);
            return sample.asked.All(a =>
            {
                var decided = engine.Decide(a.Call, a.Message);
                return (decided.Decision.Effect, decided.Visible, $"{decided.Decision.Masking} {string.Join(' ', decided.Decision.Exempt)}") == NaiveEngine.Decide(document, a.Call, a.Message);
            });
        });

    [Property(MaxTest = Times)]
    public Property RuleOrder_NeverMatters() => Prop.ForAll(
        Arb.From(
            from rules in RandomPolicy.Rules
            from shuffled in Gen.Shuffle(rules.Select((rule, i) => $"  - {{ name: r{i}, {rule} }}\n").ToArray())
            from asked in RandomPolicy.Asked.ListOf(8)
            select (rules, shuffled, asked)),
        sample =>
        {
            var one = new PolicyEngine(Document(RandomPolicy.Yaml(sample.rules)));
            var other = new PolicyEngine(Document(Head + (sample.shuffled.Length == 0 ? "  []\n" : string.Concat(sample.shuffled))));
            return sample.asked.All(a => Same(one.Decide(a.Call, a.Message), other.Decide(a.Call, a.Message)));
        });

    [Property(MaxTest = Times)]
    public Property AnotherDeny_NeverPermitsMore() => Prop.ForAll(
        Arb.From(
            from rules in RandomPolicy.Rules
            from deny in RandomPolicy.Rule("deny").Where(RandomPolicy.IsReadable)
            from asked in RandomPolicy.Asked.ListOf(8)
            select (rules, deny, asked)),
        sample =>
        {
            var before = new PolicyEngine(Document(RandomPolicy.Yaml(sample.rules)));
            var after = new PolicyEngine(Document(RandomPolicy.Yaml([.. sample.rules, sample.deny])));
            return sample.asked.All(a => after.Decide(a.Call, a.Message).Decision.Effect <= before.Decide(a.Call, a.Message).Decision.Effect);
        });

    [Property(MaxTest = Times)]
    public Property WithoutGrant_NothingPasses() => Prop.ForAll(
        Arb.From(
            from denies in RandomPolicy.Rule("deny").Where(RandomPolicy.IsReadable).ListOf(6)
            from asked in RandomPolicy.Asked
            select (denies, asked)),
        sample => new PolicyEngine(Document(RandomPolicy.Yaml(sample.denies))).Decide(sample.asked.Call, sample.asked.Message).Decision.Effect == CallEffect.Deny);

    /// <summary>List filtering and calls must not disagree: what a list shows is what some call could reach, or be told of.</summary>
    [Property(MaxTest = Times)]
    public Property Lists_ShowWhatCallsFindVisible() => Prop.ForAll(
        Arb.From(from rules in RandomPolicy.Rules from asked in RandomPolicy.Asked select (rules, asked)),
        sample =>
        {
            var engine = new PolicyEngine(Document(RandomPolicy.Yaml(sample.rules)));
            var call = sample.asked.Call;
            return call.Method != "tools/call"
                || engine.ViewOf(call).Shows(Operations.CallTool, call.Target!) == engine.Decide(call, sample.asked.Message).Visible
                || engine.Decide(Call("ping", server: call.Server, groups: call.Principal.Groups)).Decision.Effect == CallEffect.Deny;
        });

    private static bool Same(CallDecided one, CallDecided other) =>
        one.Visible == other.Visible
        && one.Decision with { PolicyDigest = string.Empty, Exempt = [] } == other.Decision with { PolicyDigest = string.Empty, Exempt = [] }
        && one.Decision.Exempt.SequenceEqual(other.Decision.Exempt)
        && one.Approval?.Role == other.Approval?.Role
        && one.Approval?.Approvals == other.Approval?.Approvals;
}
