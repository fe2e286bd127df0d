using Chaperone.Policy.Circumstances;
using Chaperone.Policy.Documents;

namespace Chaperone.Policy.Deciding;

/// <summary>The rules of one server, or those of every server.</summary>
internal sealed class ServerRules
{
    private const int AnyRole = -1;

    private readonly TargetIndex?[] _byOperation = new TargetIndex?[Operations.All.Count];
    private readonly AlikeIndex?[] _alike = new AlikeIndex?[Operations.All.Count];
    private readonly List<IndexedRule> _wholeDenies = [];

    // Who may do anything here, by role, with the strictest masking of what they may do.
    private readonly Dictionary<int, MaskingTerms> _grants = [];

    // Whether they may do it anywhere and at any time; the others have to be looked at, one rule after the other.
    private readonly HashSet<int> _always = [];
    private readonly Dictionary<int, List<IndexedRule>> _sometimes = [];

    public void Add(IndexedRule indexed)
    {
        var rule = indexed.Rule;
        foreach (var operation in rule.Operations)
        {
            var targets = operation.Target switch
            {
                TargetKind.Tool => rule.Match.Tools,
                TargetKind.Prompt => rule.Match.Prompts,
                TargetKind.Resource => rule.Match.Resources,
                _ => [],
            };
            (_byOperation[operation.Index] ??= new TargetIndex()).Add(indexed, targets);
            (_alike[operation.Index] ??= new AlikeIndex()).Add(indexed, targets);
        }

        if (rule.Effect == RuleEffect.Deny)
        {
            if (rule.IsWholeServer)
            {
                _wholeDenies.Add(indexed);
            }
        }
        else if (rule.Operations.Any(o => o.Kind == OperationKind.Guarded))
        {
            IEnumerable<int> roles = indexed.Roles.Count == 0 ? [AnyRole] : indexed.Roles;
            foreach (var role in roles)
            {
                AddGrant(role, indexed);
                _grants[role] = _grants.TryGetValue(role, out var masking) ? MaskingTerms.Stricter(masking, rule.Masking) : rule.Masking;
            }
        }
    }

    /// <summary>Lets <paramref name="tally"/> consider every rule that speaks about <paramref name="operation"/> on <paramref name="target"/>.</summary>
    public void Visit(Operation operation, string? target, ref Tally tally)
    {
        _byOperation[operation.Index]?.Visit(target, ref tally);
        if (target is not null)
        {
            _alike[operation.Index]?.Visit(target, ref tally);
        }
    }

    /// <summary>Lets <paramref name="tally"/> consider the rules that deny the whole server.</summary>
    public void VisitWholeDenies(ref Tally tally)
    {
        foreach (var rule in _wholeDenies)
        {
            tally.Consider(rule);
        }
    }

    /// <summary>Whether the caller may do anything here.</summary>
    public bool Grants(ReadOnlySpan<ulong> roles, Scene scene)
    {
        foreach (var role in _always)
        {
            if (role == AnyRole || RoleTable.Has(roles, role))
            {
                return true;
            }
        }

        foreach (var (role, rules) in _sometimes)
        {
            if ((role == AnyRole || RoleTable.Has(roles, role)) && rules.Exists(r => r.SuitsCaller(scene)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The strictest of <paramref name="masking"/> and that of all the caller may do here; null when both say nothing.</summary>
    public MaskingTerms? GrantedMasking(ReadOnlySpan<ulong> roles, MaskingTerms? masking)
    {
        foreach (var (role, profile) in _grants)
        {
            if (role == AnyRole || RoleTable.Has(roles, role))
            {
                masking = masking is null ? profile : MaskingTerms.Stricter(masking, profile);
            }
        }

        return masking;
    }

    private void AddGrant(int role, IndexedRule indexed)
    {
        if (indexed.Rule.Match.Circumstances.Length == 0)
        {
            _always.Add(role);
            return;
        }

        if (!_sometimes.TryGetValue(role, out var rules))
        {
            _sometimes.Add(role, rules = []);
        }

        rules.Add(indexed);
    }
}
