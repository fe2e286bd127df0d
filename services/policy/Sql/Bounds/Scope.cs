namespace Chaperone.Policy.Sql.Bounds;

/// <summary>What a query may name beside its own sources: common tables, and the rows of the queries around it.</summary>
internal sealed class Scope(Scope? parent)
{
    private readonly Dictionary<string, Known> _tables = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The scope around it.</summary>
    public Scope? Parent => parent;

    /// <summary>Sources of the query whose scope it is, once they are known.</summary>
    public Binder? Rows { get; set; }

    /// <summary>Adds a common table.</summary>
    public void Add(string name, Known table) => _tables[name] = table;

    /// <summary>The common table of that name; null when there is none.</summary>
    public Known? Find(string name) => _tables.GetValueOrDefault(name) ?? parent?.Find(name);

    /// <summary>How a column of an outer query is bound; null when <paramref name="relation"/> names none of its sources.</summary>
    public Bound? FindOuter(string relation, string column)
    {
        for (var scope = parent; scope is not null; scope = scope.Parent)
        {
            if (scope.Rows is { } rows && rows.IndexOf(relation) is { } source)
            {
                return rows.BoundOf(source, column) is { IsFixed: true } bound ? bound : new Bound(1, false, scope);
            }
        }

        return null;
    }

    /// <summary>A common table: what it hands out, and whether it has been used.</summary>
    internal sealed class Known(QueryReach reach)
    {
        /// <summary>What it hands out.</summary>
        public QueryReach Reach { get; } = reach;

        /// <summary>True once a query has taken rows from it.</summary>
        public bool IsUsed { get; set; }
    }
}
