namespace Chaperone.Recorder.Numbering;

/// <summary>The numbers seen of one process life of an edge: the highest, and the holes below it with the time each was noticed. Not for concurrent use.</summary>
internal sealed class EdgeNumbers
{
    private readonly List<Hole> _holes = [];

    internal sealed record Hole(long From, long To, DateTimeOffset NoticedAt);

    public long Highest { get; private set; }

    public IReadOnlyList<Hole> Holes => _holes;

    public static EdgeNumbers Restore(long highest, IEnumerable<Hole> holes)
    {
        var numbers = new EdgeNumbers { Highest = highest };
        numbers._holes.AddRange(holes);
        return numbers;
    }

    /// <summary>A record of this number arrived, in order, late, or again.</summary>
    public void Arrived(long number, DateTimeOffset now)
    {
        Reach(number, now);
        Fill(number, number);
    }

    /// <summary>All numbers up to <paramref name="number"/> were given out.</summary>
    public void Reach(long number, DateTimeOffset now)
    {
        if (number > Highest)
        {
            _holes.Add(new Hole(Highest + 1, number, now));
            Highest = number;
        }
    }

    /// <summary>These numbers are no longer missed: they arrived, or their gap is recorded.</summary>
    public void Fill(long from, long to)
    {
        for (var i = _holes.Count - 1; i >= 0; i--)
        {
            var hole = _holes[i];
            if (hole.To < from || hole.From > to)
            {
                continue;
            }

            _holes.RemoveAt(i);
            if (hole.To > to)
            {
                _holes.Insert(i, hole with { From = to + 1 });
            }

            if (hole.From < from)
            {
                _holes.Insert(i, hole with { To = from - 1 });
            }
        }
    }
}
