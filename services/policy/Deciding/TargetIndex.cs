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
    public void Visit(string? target, ref Tally tally)
    {
        foreach (var rule in _untargeted)
        {
            tally.Consider(rule);
        }

        if (target is null)
        {
            return;
        }

        if (_byName.TryGetValue(target, out var named))
        {
            foreach (var rule in named)
            {
                tally.Consider(rule);
            }
        }

        for (var i = 0; i < _byPrefix.Count && _byPrefix.GetKeyAtIndex(i) <= target.Length; i++)
        {
            var prefixes = _byPrefix.GetValueAtIndex(i).GetAlternateLookup<ReadOnlySpan<char>>();
            if (prefixes.TryGetValue(target.AsSpan(0, _byPrefix.GetKeyAtIndex(i)), out var globs))
            {
                VisitGlobs(globs, target, ref tally);
            }
        }
    }

    private static void VisitGlobs(List<(NamePattern Pattern, IndexedRule Rule)> globs, string target, ref Tally tally)
    {
        foreach (var (pattern, rule) in globs)
        {
            if (pattern.Matches(target))
            {
                tally.Consider(rule);
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
