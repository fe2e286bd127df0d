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

        return (rule.Match.Sql is not { } sql || (content.Sql is { } facts && sql.Holds(facts, wary)))
            && (rule.Match.Shell is not { } shell || (content.Shell is { } script && shell.Holds(script, wary)));
    }
}
