using System.Runtime.InteropServices;
using Chaperone.Contracts;
using Chaperone.Masking.Places;
using Chaperone.Masking.Words;

namespace Chaperone.Masking;

/// <summary>Counts findings by type, and notes where and why each was made; never what it was.</summary>
internal sealed class FindingTally
{
    private const int MostPlaces = 64;

    private static readonly int Types = Enum.GetValues<Identifier>().Length;

    private static readonly string[] RuleNames = [.. Enum.GetValues<MaskRule>().Select(r => r.ToString().ToLowerInvariant())];

    private readonly int[] _counts = new int[Types];

    private readonly Dictionary<long, (int Count, float Score)> _groups = [];

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

    /// <summary>Counts <paramref name="count"/> findings again, the <paramref name="first"/> and following, as those of <see cref="Token"/>.</summary>
    public void RepeatHere(int first, int count)
    {
        for (var i = first; i < first + count; i++)
        {
            _counts[(int)_order[i].Identifier]++;
            _order.Add(_order[i] with { Token = Token });
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
        var groups = _groups;
        groups.Clear();
        foreach (ref readonly var finding in _order.Items)
        {
            Merge(groups, KeyOf(Paths.Graft(paths.Find(finding.Token, PathBook.Root), finding.Below), finding.Identifier, finding.Rule), 1, finding.Score);
        }

        if (groups.Count > MostPlaces)
        {
            var elsewhere = Paths.Below(PathBook.Root, FieldNames.Hidden);
            foreach (var (key, value) in groups.OrderByDescending(g => g.Value.Count).Skip(MostPlaces).ToArray())
            {
                groups.Remove(key);
                Merge(groups, KeyOf(elsewhere, (Identifier)(byte)(key >> 8), (MaskRule)(byte)key), value.Count, value.Score);
            }
        }

        var places = new MaskPlace[groups.Count];
        var count = 0;
        foreach (var (key, value) in groups)
        {
            places[count++] = new MaskPlace
            {
                Path = Paths.Write((int)(key >> 16)),
                Type = ((Identifier)(byte)(key >> 8)).Name(),
                Rule = RuleNames[(byte)key],
                Count = value.Count,
                Confidence = (int)MathF.Round(value.Score * 100),
            };
        }

        Sort(places);
        return places;
    }

    // There are few of them, and those alike stay in their order.
    private static void Sort(MaskPlace[] places)
    {
        for (var i = 1; i < places.Length; i++)
        {
            var place = places[i];
            var at = i;
            for (; at > 0 && Compare(places[at - 1], place) > 0; at--)
            {
                places[at] = places[at - 1];
            }

            places[at] = place;
        }
    }

    private static int Compare(MaskPlace a, MaskPlace b) =>
        string.CompareOrdinal(a.Path, b.Path) is var path and not 0 ? path
            : string.CompareOrdinal(a.Type, b.Type) is var type and not 0 ? type
            : string.CompareOrdinal(a.Rule, b.Rule);

    private static long KeyOf(int path, Identifier identifier, MaskRule rule) => ((long)path << 16) | (uint)((byte)identifier << 8) | (byte)rule;

    private static void Merge(Dictionary<long, (int Count, float Score)> groups, long key, int count, float score)
    {
        ref var group = ref CollectionsMarshal.GetValueRefOrAddDefault(groups, key, out var known);
        group = (group.Count + count, Math.Min(known ? group.Score : 1f, score));
    }

    // Token: where it stands in the JSON text; Below: where in the text that this value is.
    private readonly record struct Finding(Identifier Identifier, MaskRule Rule, float Score, int Token, int Below);
}
