using Chaperone.Masking.Keys;

namespace Chaperone.Masking.Columns;

/// <summary>Votes of the columns of one list, each by its path without the numbers of rows. Not thread-safe.</summary>
internal sealed class ColumnVotes(CellReader reader)
{
    /// <summary>Rows beyond these have no vote: their number would only cost time.</summary>
    public const int MostRows = 64;

    private const int MostIdle = 64;

    /// <summary>Path of the list itself.</summary>
    public const ulong Root = 14695981039346656037;

    private readonly Dictionary<ulong, ColumnVote> _columns = [];
    private readonly Stack<ColumnVote> _idle = [];

    /// <summary>The rows are about people.</summary>
    public bool People { get; set; }

    /// <summary>Some column has agreed.</summary>
    public bool Any { get; private set; }

    /// <summary>The path of a part of <paramref name="column"/>: the hash of a key, or the number of a cell in its row.</summary>
    public static ulong Below(ulong column, ulong part) => (column ^ (part + 1)) * 0x9E3779B97F4A7C15 ^ (column >> 29);

    /// <summary>Forgets all, to be used for another list.</summary>
    public void Clear()
    {
        foreach (var vote in _columns.Values)
        {
            if (_idle.Count < MostIdle)
            {
                vote.Clear();
                _idle.Push(vote);
            }
        }

        _columns.Clear();
        People = false;
        Any = false;
    }

    /// <summary>Counts a cell.</summary>
    public void Add(ulong column, ReadOnlySpan<char> cell)
    {
        if (!_columns.TryGetValue(column, out var vote))
        {
            _columns[column] = vote = _idle.TryPop(out var idle) ? idle : new ColumnVote();
        }

        vote.Add(cell, reader.Read(cell));
    }

    /// <summary>Called once when all cells are counted.</summary>
    public void Settle()
    {
        var (sex, days) = (false, false);
        foreach (var vote in _columns.Values)
        {
            vote.Settle(people: false);
            People |= vote.TellsOfPeople;
            sex |= vote.TellsSex;
            days |= vote.TellsDays;
        }

        // Sex and a day in each row: of birth, of a stay.
        People |= sex && days;

        foreach (var vote in _columns.Values)
        {
            if (People && vote.Rule is null)
            {
                vote.Settle(people: true);
            }

            Any |= vote.Rule is not null;
        }
    }

    /// <summary>What the cells of <paramref name="column"/> agree on; null if on nothing.</summary>
    public KeyRule? RuleOf(ulong column) => Any && _columns.TryGetValue(column, out var vote) ? vote.Rule : null;
}
