using Chaperone.Masking.Keys;

namespace Chaperone.Masking.Columns;

/// <summary>What the cells of one column look like, counted.</summary>
internal sealed class ColumnVote
{
    private const int LeastRows = 2;
    private const int LeastSingleNames = 3;
    private const int LeastNumbers = 3;

    private static readonly KeyRule Name = Voted(Identifier.Name);
    private static readonly KeyRule Town = Voted(Identifier.City);
    private static readonly KeyRule Date = Voted(Identifier.Date);
    private static readonly KeyRule Phone = Voted(Identifier.Phone);
    private static readonly KeyRule Ssn = Voted(Identifier.Ssn);
    private static readonly KeyRule Number = Voted(Identifier.Id);

    private readonly int[] _counts = new int[(int)CellKind.Mail + 1];
    private readonly List<ulong> _numbers = [];
    private int _numberLength;
    private bool _unlike;
    private int _cells;

    /// <summary>What the column is; null where its cells do not agree. Settled by <see cref="Settle"/>.</summary>
    public KeyRule? Rule { get; private set; }

    /// <summary>Its cells name people, or are what only people have.</summary>
    public bool TellsOfPeople => ReferenceEquals(Rule, Name) || ReferenceEquals(Rule, Ssn) || ReferenceEquals(Rule, Phone) || Agreed(CellKind.Mail);

    /// <summary>Its cells say each row's sex.</summary>
    public bool TellsSex => Count(CellKind.Sex) >= LeastRows && Count(CellKind.Sex) == _cells;

    /// <summary>Its cells are days.</summary>
    public bool TellsDays => ReferenceEquals(Rule, Date);

    /// <summary>Forgets all, to be used for another column.</summary>
    public void Clear()
    {
        Array.Clear(_counts);
        _numbers.Clear();
        (_numberLength, _unlike, _cells, Rule) = (0, false, 0, null);
    }

    /// <summary>Counts a cell.</summary>
    public void Add(ReadOnlySpan<char> cell, CellKind kind)
    {
        _counts[(int)kind]++;
        _cells += kind == CellKind.Nothing ? 0 : 1;
        if (kind == CellKind.Number)
        {
            _unlike |= _numberLength > 0 && _numberLength != cell.Length;
            _numberLength = cell.Length;
            var hash = (ulong)string.GetHashCode(cell, StringComparison.Ordinal);
            _unlike |= _numbers.Contains(hash);
            _numbers.Add(hash);
        }
    }

    /// <summary>Decides; numbers, and words that few people are called, identify someone only where the rows are about people.</summary>
    public void Settle(bool people)
    {
        var (full, single, unknown, towns) = (Count(CellKind.FullName), Count(CellKind.Name), Count(CellKind.Unknown), Count(CellKind.Town));
        var names = full + single;
        if (_cells < LeastRows)
        {
            Rule = null;
        }
        else if (names >= LeastRows && names >= towns && (full > 0 || names >= LeastSingleNames) && names * 5 >= _cells * (full > 0 ? 2 : 3) && Most(names + unknown + towns))
        {
            Rule = Name;
        }
        else if (people && names > 0 && names >= towns && names + unknown >= LeastRows && Most(names + unknown))
        {
            Rule = Name;
        }
        else if (towns >= LeastRows && towns * 5 >= _cells * 2 && Most(towns + names + unknown))
        {
            Rule = Town;
        }
        else
        {
            Rule = Agreed(CellKind.Date) ? Date
                : Agreed(CellKind.Phone) ? Phone
                : Agreed(CellKind.Ssn) ? Ssn
                : people && !_unlike && Count(CellKind.Number) >= LeastNumbers && Agreed(CellKind.Number) ? Number
                : null;
        }
    }

    private bool Agreed(CellKind kind) => Count(kind) >= LeastRows && Most(Count(kind));

    // Three of four.
    private bool Most(int count) => count * 4 >= _cells * 3;

    private int Count(CellKind kind) => _counts[(int)kind];

    private static KeyRule Voted(Identifier identifier) => new(KeyUse.Mask, identifier) { IsVoted = true };
}
