using Chaperone.Policy.Circumstances;
using Chaperone.Policy.Documents;

namespace Chaperone.Policy.Deciding;

/// <summary>A rule as the index holds it, roles as numbers.</summary>
internal sealed class IndexedRule(PolicyRule rule, RoleTable table)
{
    private readonly int[] _roles = [.. rule.Match.Roles.Select(table.NumberOf)];

    public PolicyRule Rule => rule;

    /// <summary>Numbers of the roles of which one is needed; none means any caller.</summary>
    public IReadOnlyList<int> Roles => _roles;

    /// <summary>True when argument patterns decide.</summary>
    public bool IsConditional => rule.Match.IsConditional;

    /// <summary>Whether it speaks about a target of exactly this name.</summary>
    public bool Names(string target) => rule.Match.Tools.Concat(rule.Match.Prompts).Concat(rule.Match.Resources).Any(p => p.Matches(target));

    public bool IsFor(ReadOnlySpan<ulong> roles)
    {
        foreach (var role in _roles)
        {
            if (RoleTable.Has(roles, role))
            {
                return true;
            }
        }

        return _roles.Length == 0;
    }

    /// <summary>Whether who calls, from where, when, and what the tool says of itself are as the rule asks.</summary>
    public bool Suits(Scene scene) =>
        (rule.Match.Circumstances.Length == 0 || SuitsCaller(scene)) && (rule.Match.Hints is not { } hints || hints.Fit(scene.Traits));

    /// <summary>As <see cref="Suits"/>, whatever the tool.</summary>
    public bool SuitsCaller(Scene scene)
    {
        foreach (var circumstance in rule.Match.Circumstances)
        {
            if (!circumstance.Holds(scene, wary: rule.Effect != RuleEffect.Allow))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether what the call carries is as the rule asks.</summary>
    public bool Accepts(CallContent content)
    {
        var wary = rule.Effect != RuleEffect.Allow;
        foreach (var condition in rule.Match.Arguments)
        {
            if (!condition.Holds(content.Arguments, wary))
            {
                return false;
            }
        }

        foreach (var counter in rule.Match.Counters)
        {
            if (!content.Counts.IsOver(counter, wary))
            {
                return false;
            }
        }

        return (rule.Match.Sql is not { } sql || (content.Sql is { } facts && sql.Holds(facts, wary)))
            && (rule.Match.Shell is not { } shell || (content.Shell is { } script && shell.Holds(script, wary)));
    }
}
