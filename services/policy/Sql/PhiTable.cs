using System.Collections.Frozen;
using Chaperone.Policy.Sql.Bounds;

namespace Chaperone.Policy.Sql;

/// <summary>A table, or a view, that holds PHI.</summary>
internal sealed record PhiTable(TablePattern Name)
{
    /// <summary>Columns of which one value names one person's rows, lower case.</summary>
    public required FrozenSet<string> Keys { get; init; }

    /// <summary>Columns by which rows may be counted, lower case, beside those whose names say so.</summary>
    public FrozenSet<string> Categories { get; init; } = FrozenSet<string>.Empty;

    /// <summary>What a column says of a person, by what the file says of it and by its name.</summary>
    public ColumnNature NatureOf(string column) => Keys.Contains(column) ? ColumnNature.Person
        : Categories.Contains(column) || ColumnWords.IsCategory(column) ? ColumnNature.Category
        : ColumnWords.IsPersonal(column) ? ColumnNature.Person : ColumnNature.Unknown;

    /// <summary>Most rows that one statement may take without being a bulk read, 0 to 1,000,000.</summary>
    public required int Rows { get; init; }
}
