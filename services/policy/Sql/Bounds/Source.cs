using System.Collections.Frozen;
using Chaperone.Policy.Sql.Known;
using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql.Bounds;

/// <summary>One source of rows in FROM, as the query sees it.</summary>
internal sealed class Source
{
    /// <summary>The name it goes by, lower case; null where it has none.</summary>
    public required string? Name { get; init; }

    /// <summary>What it hands out when nothing binds it.</summary>
    public required Reach Reach { get; set; }

    /// <summary>Columns, lower case, of which one value bounds all PHI in it.</summary>
    public FrozenSet<string> Keys { get; set; } = FrozenSet<string>.Empty;

    /// <summary>Columns, lower case, that number its rows from 1 on.</summary>
    public FrozenSet<string> Numbers { get; init; } = FrozenSet<string>.Empty;

    /// <summary>All of its columns, lower case, and what each says; null where they are not known.</summary>
    public IReadOnlyDictionary<string, ColumnNature>? Columns { get; set; }

    /// <summary>Set for a table with PHI under its own column names.</summary>
    public PhiTable? Table { get; init; }

    /// <summary>Set for a table of statistics.</summary>
    public SqlStatistics? Statistics { get; init; }

    /// <summary>A query that runs for each row of what stands before; null elsewhere.</summary>
    public Query? Lateral { get; init; }

    /// <summary>True when PHI can come out of it.</summary>
    public bool HasPhi => Reach.Phi > 0;

    /// <summary>What <paramref name="column"/> says of a person.</summary>
    public ColumnNature NatureOf(string column)
    {
        if (!HasPhi)
        {
            return ColumnNature.Category;
        }

        var name = column.ToLowerInvariant();
        if (Columns is not null)
        {
            return Columns.GetValueOrDefault(name, ColumnNature.Person);
        }

        return Keys.Contains(name) ? ColumnNature.Person
            : Table?.Categories.Contains(name) == true || ColumnWords.IsCategory(column) ? ColumnNature.Category
            : ColumnWords.IsPersonal(column) ? ColumnNature.Person : ColumnNature.Unknown;
    }
}
