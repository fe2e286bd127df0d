using System.Runtime.InteropServices;

namespace Chaperone.Masking.Words;

/// <summary>Gathers what detectors find. Reused; not thread-safe.</summary>
internal sealed class TextSpans
{
    private const float Usual = 0.9f;
    private const int MostCompared = 1 << 14;

    private readonly List<TextSpan> _spans = [];
    private long[] _keys = [];
    private TextSpan[] _ordered = [];
    private readonly List<(int Start, int End)> _shields = [];

    public int Count => _spans.Count;

    /// <summary>What the next finds are made by.</summary>
    public MaskRule Rule { get; set; }

    public TextSpan this[int index] => _spans[index];

    public void Clear()
    {
        _spans.Clear();
        _shields.Clear();
    }

    /// <summary>Says that what stands from <paramref name="start"/> to <paramref name="end"/> is public: no name or place is found in it, whatever its words look like.</summary>
    public void Shield(int start, int end) => _shields.Add((start, end));

    public void Add(int start, int end, Identifier identifier, float score = Usual)
    {
        if (end > start)
        {
            _spans.Add(new TextSpan(start, end, identifier, score, Rule));
        }
    }

    /// <summary>Forgets the finds of classes that stay; before <see cref="Settle"/>, which may join them with others.</summary>
    public void Remove(IdentifierSet exempt)
    {
        if (exempt.IsEmpty)
        {
            return;
        }

        var kept = 0;
        foreach (var span in CollectionsMarshal.AsSpan(_spans))
        {
            if (!exempt.Has(span.Identifier))
            {
                _spans[kept++] = span;
            }
        }

        Cut(kept);
    }

    /// <summary>Forgets what lies inside a range; finds that reach out of it stay.</summary>
    public void RemoveInside(int start, int end) => _spans.RemoveAll(span => span.Start >= start && span.End <= end);

    /// <summary>True where a span found so far covers <paramref name="position"/>.</summary>
    public bool Covers(int position)
    {
        foreach (var span in _spans)
        {
            if (position >= span.Start && position < span.End)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True where each span from number <paramref name="first"/> on lies inside one before it; false too where there are too many to tell.</summary>
    public bool CoverFrom(int first)
    {
        var spans = CollectionsMarshal.AsSpan(_spans);
        if ((long)first * (spans.Length - first) > MostCompared)
        {
            return false;
        }

        foreach (ref readonly var span in spans[first..])
        {
            var inside = false;
            foreach (ref readonly var other in spans[..first])
            {
                if (other.Start <= span.Start && other.End >= span.End)
                {
                    inside = true;
                    break;
                }
            }

            if (!inside)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Drops the names and places inside shields.</summary>
    public void DropShielded()
    {
        foreach (var (start, end) in _shields)
        {
            _spans.RemoveAll(s => s.Start >= start && s.End <= end && s.Identifier is Identifier.Name or Identifier.City or Identifier.Location or Identifier.Address);
        }
    }

    /// <summary>Drops names and places of technical words alone that are no surer than <paramref name="score"/>.</summary>
    public void DropTechnical(TextScan scan, float score)
    {
        // Without a closure: this runs for every text.
        var kept = 0;
        foreach (var span in CollectionsMarshal.AsSpan(_spans))
        {
            if (span.Score > score || span.Identifier is not (Identifier.Name or Identifier.City or Identifier.Location) || !TechnicalWords.Fill(scan, span.Start, span.End))
            {
                _spans[kept++] = span;
            }
        }

        Cut(kept);
    }

    /// <summary>Orders the spans and joins those that overlap: the union is masked, the longest gives the type, an earlier one where they are equally long; one of the operator's model only where there is no other.</summary>
    public void Settle()
    {
        if (_spans.Count < 2)
        {
            return;
        }

        var ordered = Ordered();
        _spans.Clear();
        var current = ordered[0];
        var longest = current.Length;
        foreach (var span in ordered[1..])
        {
            if (span.Start >= current.End)
            {
                _spans.Add(current);
                current = span;
                longest = span.Length;
                continue;
            }

            var take = current.Rule == MaskRule.Deep ? span.Rule != MaskRule.Deep || span.Length > longest : span.Rule != MaskRule.Deep && span.Length > longest;
            var (identifier, rule) = take ? (span.Identifier, span.Rule) : (current.Identifier, current.Rule);
            longest = take ? span.Length : longest;
            current = new TextSpan(current.Start, Math.Max(current.End, span.End), identifier, Math.Max(current.Score, span.Score), rule);
        }

        _spans.Add(current);
    }

    private void Cut(int kept) => _spans.RemoveRange(kept, _spans.Count - kept);

    // By their start, and those with the same start in the order in which they were found.
    private ReadOnlySpan<TextSpan> Ordered()
    {
        var count = _spans.Count;
        if (_keys.Length < count)
        {
            _keys = new long[count * 2];
            _ordered = new TextSpan[count * 2];
        }

        for (var i = 0; i < count; i++)
        {
            _keys[i] = ((long)_spans[i].Start << 32) | (uint)i;
            _ordered[i] = _spans[i];
        }

        Array.Sort(_keys, _ordered, 0, count);
        return _ordered.AsSpan(0, count);
    }
}
