using Chaperone.Contracts;
using Chaperone.Masking.Words;

namespace Chaperone.Masking;

/// <summary>Counts findings by type.</summary>
internal sealed class FindingTally
{
    private static readonly int Types = Enum.GetValues<Identifier>().Length;

    private readonly int[] _counts = new int[Types];

    private PooledList<Identifier> _order = new();
    private PooledList<Identifier> _before = new();

    /// <summary>How many findings there are.</summary>
    public int Count => _order.Count;

    public void Add(Identifier identifier)
    {
        _counts[(int)identifier]++;
        _order.Add(identifier);
    }

    /// <summary>Counts <paramref name="count"/> findings again that were the <paramref name="first"/> and following before the last <see cref="Clear"/>.</summary>
    public void Repeat(int first, int count)
    {
        for (var i = first; i < first + count; i++)
        {
            Add(_before[i]);
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
}
