using Chaperone.Contracts;
using Chaperone.Masking.Places;
using Chaperone.Masking.Words;

namespace Chaperone.Masking;

/// <summary>Counts findings by type, and notes where and why each was made; never what it was.</summary>
internal sealed class FindingTally
{
    private const int MostPlaces = 64;

    private static readonly int Types = Enum.GetValues<Identifier>().Length;

    private readonly int[] _counts = new int[Types];

    private PooledList<Finding> _order = new();
    private PooledList<Finding> _before = new();

    /// <summary>How many findings there are.</summary>
    public int Count => _order.Count;

    /// <summary>The value of the JSON text that is being read.</summary>
    public int Token { get; set; }

    /// <summary>Where findings stand.</summary>
    public PathBook Paths { get; } = new();

    public void Add(Identifier identifier, MaskRule rule, float score)
    {
        _counts[(int)identifier]++;
        _order.Add(new Finding(identifier, rule, score, Token, PathBook.Root));
    }

    /// <summary>Counts <paramref name="count"/> findings again that were the <paramref name="first"/> and following before the last <see cref="Clear"/>.</summary>
    public void Repeat(int first, int count)
    {
        for (var i = first; i < first + count; i++)
        {
            _counts[(int)_before[i].Identifier]++;
            _order.Add(_before[i]);
        }
    }

    /// <summary>Says that the findings from <paramref name="first"/> on stand in values of a JSON text inside the value <paramref name="outer"/> of another.</summary>
    public void Enclose(int first, int outer, TokenPaths paths)
    {
        for (var i = first; i < _order.Count; i++)
        {
            ref var finding = ref _order.Items[i];
            finding = finding with { Token = outer, Below = Paths.Graft(paths.Find(finding.Token, Paths.Below(PathBook.Root, PathBook.Inside)), finding.Below) };
        }

        Token = outer;
    }

    /// <summary>Says that the findings from <paramref name="first"/> on stand in the column or field <paramref name="name"/> of a text.</summary>
    public void Enclose(int first, string name)
    {
        for (var i = first; i < _order.Count; i++)
        {
            ref var finding = ref _order.Items[i];
            finding = finding with { Below = Paths.Graft(Paths.Below(Paths.Below(PathBook.Root, PathBook.Inside), name), finding.Below) };
        }
    }

    /// <summary>Begins again, for another walk.</summary>
    public void Clear()
    {
        Array.Clear(_counts);
        (_order, _before) = (_before, _order);
        _order.Clear();
    }

    /// <summary>Forgets all, to be used for another message.</summary>
    public void Reset()
    {
        Clear();
        _before.Clear();
        Paths.Clear();
    }

    /// <summary>Total of all types.</summary>
    public int Total => _counts.Sum();

    public MaskFinding[] ToFindings()
    {
        var findings = new MaskFinding[_counts.Length - _counts.AsSpan().Count(0)];
        var next = 0;
        for (var i = 0; i < _counts.Length; i++)
        {
            if (_counts[i] > 0)
            {
                findings[next++] = new MaskFinding { Type = ((Identifier)i).Name(), Count = _counts[i] };
            }
        }

        Array.Sort(findings, static (a, b) => string.CompareOrdinal(a.Type, b.Type));
        return findings;
    }

    /// <summary>The findings by place, type and rule. Where there are too many places, those beyond the most usual are one.</summary>
    public MaskPlace[] ToPlaces(TokenPaths paths)
    {
        var groups = new Dictionary<(Identifier Identifier, MaskRule Rule, int Path), (int Count, float Score)>();
        foreach (ref readonly var finding in _order.Items)
        {
            Merge(groups, (finding.Identifier, finding.Rule, Paths.Graft(paths.Find(finding.Token, PathBook.Root), finding.Below)), 1, finding.Score);
        }

        if (groups.Count > MostPlaces)
        {
            var elsewhere = Paths.Below(PathBook.Root, FieldNames.Hidden);
            foreach (var (key, value) in groups.OrderByDescending(g => g.Value.Count).Skip(MostPlaces).ToArray())
            {
                groups.Remove(key);
                Merge(groups, key with { Path = elsewhere }, value.Count, value.Score);
            }
        }

        return
        [
            .. groups.Select(g => new MaskPlace
            {
                Path = Paths.Write(g.Key.Path),
                Type = g.Key.Identifier.Name(),
                Rule = g.Key.Rule.ToString().ToLowerInvariant(),
                Count = g.Value.Count,
                Confidence = (int)MathF.Round(g.Value.Score * 100),
            }).OrderBy(p => p.Path, StringComparer.Ordinal).ThenBy(p => p.Type, StringComparer.Ordinal).ThenBy(p => p.Rule, StringComparer.Ordinal),
        ];
    }

    private static void Merge(Dictionary<(Identifier Identifier, MaskRule Rule, int Path), (int Count, float Score)> groups, (Identifier Identifier, MaskRule Rule, int Path) key, int count, float score)
    {
        var (before, least) = groups.GetValueOrDefault(key, (0, 1f));
        groups[key] = (before + count, Math.Min(least, score));
    }

    // Token: where it stands in the JSON text; Below: where in the text that this value is.
    private readonly record struct Finding(Identifier Identifier, MaskRule Rule, float Score, int Token, int Below);
}
