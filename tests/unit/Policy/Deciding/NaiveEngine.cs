using Chaperone.Contracts;
using Chaperone.Policy.Circumstances;
using Chaperone.Policy.Deciding;
using Chaperone.Policy.Documents;
using Chaperone.Policy.Patterns;

namespace Chaperone.Policy.Tests.Deciding;

/// <summary>Decides by walking over all rules, as the documentation tells it: what the index must agree with.</summary>
internal static class NaiveEngine
{
    public static (CallEffect Effect, bool Visible, string Masking) Decide(PolicyDocument policy, CallFacts call, byte[] bytes)
    {
        const string Strictest = "safe-harbor ";
        if (!policy.Servers.ContainsKey(call.Server))
        {
            return (CallEffect.Deny, false, Strictest);
        }

        var scene = new Scene(call, call.ReceivedAt, null);
        var ofMyRoles = policy.Rules.Where(r => IsFor(r, policy, call)).ToList();
        var mine = ofMyRoles.Where(r => r.Match.Circumstances.All(c => c.Holds(scene, r.Effect != RuleEffect.Allow))).ToList();
        var shut = mine.Where(r => r.Effect == RuleEffect.Deny && r.IsWholeServer).ToList();
        if (shut.Count > 0)
        {
            return (CallEffect.Deny, shut.TrueForAll(r => r.Visible), Strictest);
        }

        // How strictly a message without a rule of its own is masked does not depend on the hour.
        var grants = ofMyRoles.Where(r => r.Effect != RuleEffect.Deny && r.Operations.Any(o => o.Kind == OperationKind.Guarded)).ToList();
        if (!grants.Exists(mine.Contains))
        {
            return (CallEffect.Deny, false, Strictest);
        }

        using var message = CallMessage.TryRead(bytes)!;
        var operation = message.Confirm(Operations.Find(call.Method, call.Direction)!, call)!;
        var about = mine.Where(r => r.Operations.Contains(operation) && NamesTarget(r, operation, call.Target)).ToList();
        var hits = about.Where(r => r.Match.Arguments.All(a => a.Holds(message.Arguments, r.Effect != RuleEffect.Allow))).ToList();
        var visible = !about.Exists(r => r.Hides) && (about.Exists(r => r.Effect != RuleEffect.Deny) || about.Exists(r => r is { Effect: RuleEffect.Deny, Visible: true }));
        if (hits.Exists(r => r.Effect == RuleEffect.Deny))
        {
            return (CallEffect.Deny, visible, Strictest);
        }

        if (operation.Kind == OperationKind.Lifecycle)
        {
            return (CallEffect.Allow, true, Say(grants));
        }

        if (hits.Count == 0 || (operation.Kind == OperationKind.ServerRequest && hits.Exists(r => r.Effect == RuleEffect.Approve)))
        {
            return (CallEffect.Deny, visible, Strictest);
        }

        var masking = Say(hits);
        return (hits.Exists(r => r.Effect == RuleEffect.Approve) ? CallEffect.Hold : CallEffect.Allow, true, masking);
    }

    // The strictest profile, and the classes that every rule exempts.
    private static string Say(List<PolicyRule> rules) =>
        $"{rules.Select(r => r.Masking.Profile).Aggregate(MaskingProfile.Stricter)} {string.Join(' ', rules[0].Masking.Exempt.Where(e => rules.TrueForAll(r => r.Masking.Exempt.Contains(e))))}";

    private static bool IsFor(PolicyRule rule, PolicyDocument policy, CallFacts call) =>
        (rule.Match.Servers.Length == 0 || rule.Match.Servers.Any(s => s.Matches(call.Server)))
        && (rule.Match.Roles.Length == 0 || rule.Match.Roles.Any(r => policy.Roles[r].Groups.Intersect(call.Principal.Groups).Any()));

    private static bool NamesTarget(PolicyRule rule, Operation operation, string? target)
    {
        var patterns = operation.Target switch
        {
            TargetKind.Tool => rule.Match.Tools,
            TargetKind.Prompt => rule.Match.Prompts,
            TargetKind.Resource => rule.Match.Resources,
            _ => [],
        };
        return patterns.Length == 0 || patterns.Any(p => rule.Effect == RuleEffect.Allow ? p.Matches(target!) : WaryName.Matches(p, target!));
    }
}
