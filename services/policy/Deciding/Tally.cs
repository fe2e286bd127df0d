using Chaperone.Policy.Circumstances;
using Chaperone.Policy.Documents;

namespace Chaperone.Policy.Deciding;

/// <summary>
/// What the rules considered so far say of one caller and target. The order in which they are considered, and considering
/// one twice, changes nothing: among equals the name decides. Without the content of a call, rules that ask for it are passed over.
/// </summary>
internal ref struct Tally(ReadOnlySpan<ulong> roles, Scene scene, CallContent? content)
{
    private readonly ReadOnlySpan<ulong> _roles = roles;
    private PolicyRule? _hiding;
    private PolicyRule? _denying;
    private PolicyRule? _asking;
    private List<ProofTerms>? _proofs;
    private bool _shown;
    private bool _grantable;
    private bool _reasonRequired;
    private TimeSpan? _grant;

    /// <summary>The refusing rule: one that hides before one that does not, and that before one that another token would satisfy; null when none refuses.</summary>
    public readonly PolicyRule? Deny => _hiding ?? _denying ?? _asking;

    /// <summary>What the caller's token would have to show; null where no token would help.</summary>
    public readonly IReadOnlyList<ProofTerms>? Proofs => _hiding is null && _denying is null ? _proofs : null;

    /// <summary>The most demanding rule that asks for approval; null when none does.</summary>
    public PolicyRule? Approve { get; private set; }

    /// <summary>Its terms, no easier than those of any other rule that asks: a yes needs a reason if any says so, and holds for further calls only as long as all let it.</summary>
    public ApprovalTerms? Terms => Approve is null ? null : Approve.Approval! with { ReasonRequired = _reasonRequired, Grant = _grant };

    /// <summary>The allowing rule; null when none allows.</summary>
    public PolicyRule? Allow { get; private set; }

    /// <summary>The strictest masking of all rules that approve or allow; null when none does.</summary>
    public MaskingTerms? Masking { get; private set; }

    /// <summary>What limits the rules that approve or allow; null where nothing does.</summary>
    public List<LimitTerms>? Limits { get; private set; }

    /// <summary>Whether the caller may know of the target: some arguments could pass, or a deny shows itself, and no rule hides it.</summary>
    public readonly bool Visible => _hiding is null && (_grantable || _shown);

    /// <summary>True when a rule would permit the target with other arguments.</summary>
    public readonly bool Grantable => _grantable;

    /// <summary>
    /// Takes one rule that speaks about the target into account; with <paramref name="alike"/>, one that speaks about what that
    /// name looks like. Nobody is asked to approve a name that the rule does not speak about: it is refused.
    /// </summary>
    public void Consider(IndexedRule indexed, string? alike = null)
    {
        if (!indexed.IsFor(_roles) || !indexed.Suits(scene))
        {
            return;
        }

        var rule = indexed.Rule;
        var effect = alike is null || indexed.Names(alike) ? rule.Effect : RuleEffect.Deny;
        _grantable |= effect != RuleEffect.Deny;
        if (indexed.IsConditional && (content is null || !indexed.Accepts(content)))
        {
            return;
        }

        if (rule.Limits is { } limits && (Limits is null || !Limits.Contains(limits)))
        {
            (Limits ??= []).Add(limits);
        }

        switch (effect)
        {
            case RuleEffect.Allow:
                Allow = First(Allow, rule);
                Masking = Masking is null ? rule.Masking : MaskingTerms.Stricter(Masking, rule.Masking);
                break;
            case RuleEffect.Approve:
                _grant = Approve is null ? rule.Approval!.Grant : Shorter(_grant, rule.Approval!.Grant);
                _reasonRequired |= rule.Approval!.ReasonRequired;
                Approve = MoreDemanding(Approve, rule);
                Masking = Masking is null ? rule.Masking : MaskingTerms.Stricter(Masking, rule.Masking);
                break;
            default:
                Refuse(rule);
                break;
        }
    }

    private void Refuse(PolicyRule rule)
    {
        if (rule.Hides)
        {
            _hiding = First(_hiding, rule);
            return;
        }

        if (rule.Unless is { } proof)
        {
            (_proofs ??= []).Add(proof);
            _asking = First(_asking, rule);
        }
        else
        {
            _denying = First(_denying, rule);
        }

        _shown |= rule.Visible;
    }

    private static PolicyRule First(PolicyRule? one, PolicyRule other) =>
        one is null || string.CompareOrdinal(other.Name, one.Name) < 0 ? other : one;

    private static PolicyRule MoreDemanding(PolicyRule? one, PolicyRule other)
    {
        if (one is null)
        {
            return other;
        }

        var (a, b) = (one.Approval!, other.Approval!);
        var order = a.People != b.People ? b.People - a.People
            : a.Seats.Count != b.Seats.Count ? b.Seats.Count - a.Seats.Count
            : a.Expires.CompareTo(b.Expires);
        return order == 0 ? First(one, other) : order < 0 ? one : other;
    }

    private static TimeSpan? Shorter(TimeSpan? one, TimeSpan? other) => one is null || other is null ? null : one < other ? one : other;
}
