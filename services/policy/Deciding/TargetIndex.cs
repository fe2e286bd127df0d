using Chaperone.Policy.Patterns;

namespace Chaperone.Policy.Deciding;

/// <summary>The rules of one operation on one server, found by the target's name: its cost grows with the rules that may match, not with all.</summary>
internal sealed class TargetIndex
{
    private readonly List<IndexedRule> _untargeted = [];
    private readonly Dictionary<string, List<IndexedRule>> _byName = new(StringComparer.Ordinal);

    // Globs by what every match of theirs starts with; one entry for each length of such a beginning.
    private readonly SortedList<int, Dictionary<string, List<(NamePattern Pattern, IndexedRule Rule)>>> _byPrefix = [];

    /// <summary>Adds a rule for <paramref name="targets"/>; none means every target.</summary>
    public void Add(IndexedRule rule, NamePattern[] targets)
    {
        if (targets.Length == 0)
        {
            _untargeted.Add(rule);
        }

        foreach (var target in targets)
        {
            if (target.IsLiteral)
            {
                Under(_byName, target.Text).Add(rule);
                continue;
            }

            if (!_byPrefix.TryGetValue(target.Prefix.Length, out var prefixes))
            {
                _byPrefix.Add(target.Prefix.Length, prefixes = new(StringComparer.Ordinal));
            }

            Under(prefixes, target.Prefix).Add((target, rule));
        }
    }

    /// <summary>Lets <paramref name="tally"/> consider every rule that speaks about <paramref name="target"/>.</summary>
    public void Visit(string? target, ref Tally tally) => Visit(target, null, ref tally);

    /// <summary>As <see cref="Visit(string, ref Tally)"/>, where <paramref name="target"/> is a form of <paramref name="alike"/>, the name in the call.</summary>
    public void Visit(string? target, string? alike, ref Tally tally)
    {
        VisitAll(_untargeted, alike, ref tally);
        if (target is null)
        {
            return;
        }

        if (_byName.TryGetValue(target, out var named))
        {
            VisitAll(named, alike, ref tally);
        }

        for (var i = 0; i < _byPrefix.Count && _byPrefix.GetKeyAtIndex(i) <= target.Length; i++)
        {
            var prefixes = _byPrefix.GetValueAtIndex(i).GetAlternateLookup<ReadOnlySpan<char>>();
            if (prefixes.TryGetValue(target.AsSpan(0, _byPrefix.GetKeyAtIndex(i)), out var globs))
            {
                VisitGlobs(globs, target, alike, ref tally);
            }
        }
    }

    private static void VisitAll(List<IndexedRule> rules, string? alike, ref Tally tally)
    {
        foreach (var rule in rules)
        {
            tally.Consider(rule, alike);
        }
    }

    private static void VisitGlobs(List<(NamePattern Pattern, IndexedRule Rule)> globs, string target, string? alike, ref Tally tally)
    {
        foreach (var (pattern, rule) in globs)
        {
            if (pattern.Matches(target))
            {
                tally.Consider(rule, alike);
            }
        }
    }

    private static List<T> Under<T>(Dictionary<string, List<T>> lists, string key)
    {
        if (!lists.TryGetValue(key, out var list))
        {
            lists.Add(key, list = []);
        }

        return list;
    }
}
