using Chaperone.Policy.Documents;
using Chaperone.Policy.Patterns;

namespace Chaperone.Policy.Deciding;

/// <summary>
/// The rules that restrict, found by names that only look like those they speak about: <c>Delete_Patient</c>, a Cyrillic
/// letter, <c>file:///a/../b</c>. A name that is not folded into another costs nothing.
/// </summary>
internal sealed class AlikeIndex
{
    // Rules whose patterns folding leaves alone are found by every exact name as well.
    private TargetIndex? _plain;
    private TargetIndex? _odd;

    /// <summary>Adds a rule for <paramref name="targets"/>, if it restricts.</summary>
    public void Add(IndexedRule rule, NamePattern[] targets)
    {
        if (rule.Rule.Effect == RuleEffect.Allow)
        {
            return;
        }

        foreach (var target in targets)
        {
            var folded = Folding.Fold(target.Text);
            var index = folded == target.Text ? _plain ??= new TargetIndex() : _odd ??= new TargetIndex();
            index.Add(rule, [new NamePattern(folded)]);
        }
    }

    /// <summary>Lets <paramref name="tally"/> consider every rule that may mean <paramref name="target"/>.</summary>
    public void Visit(string target, ref Tally tally)
    {
        if (_plain is null && _odd is null)
        {
            return;
        }

        var folded = Folding.Fold(target);
        _odd?.Visit(folded, target, ref tally);
        if (!ReferenceEquals(folded, target) && folded != target)
        {
            _plain?.Visit(folded, target, ref tally);
        }

        if (WaryName.Resolved(folded) is { } resolved)
        {
            _odd?.Visit(resolved, target, ref tally);
            _plain?.Visit(resolved, target, ref tally);
        }
    }
}
