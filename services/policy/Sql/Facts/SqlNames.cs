using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql.Facts;

/// <summary>All that a statement names, however deep it stands. Common tables are no tables, but what they take is.</summary>
internal sealed class SqlNames
{
    private readonly List<string> _common = [];
    private readonly Dictionary<string, int> _commonCounts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Tables and views.</summary>
    public List<TableName> Tables { get; } = [];

    /// <summary>Columns: their last names, lower case.</summary>
    public HashSet<string> Columns { get; } = new(StringComparer.Ordinal);

    /// <summary>Functions: their full names, lower case.</summary>
    public HashSet<string> Functions { get; } = new(StringComparer.Ordinal);

    /// <summary>The statements that it is made of, by kind.</summary>
    public HashSet<StatementKind> Kinds { get; } = [];

    /// <summary>True when columns come out that it does not name: <c>*</c>, a whole row, new names by alias.</summary>
    public bool HasStar { get; private set; }

    /// <summary>True when a WITH holds a statement that writes.</summary>
    public bool WritesInWith { get; private set; }

    /// <summary>True when rows of a table are read or written without WHERE.</summary>
    public bool LacksWhere { get; private set; }

    /// <summary>True when a query that hands rows out has no LIMIT, TOP or FETCH.</summary>
    public bool LacksLimit { get; private set; }

    /// <summary>True when what it runs cannot be known.</summary>
    public bool IsOpaque { get; private set; }

    /// <summary>Looks through a statement.</summary>
    public static SqlNames Of(Statement statement)
    {
        var names = new SqlNames();
        names.Take(statement);
        return names;
    }

    /// <summary>Looks through a query of WITH.</summary>
    public static SqlNames Of(CommonTable common)
    {
        var names = new SqlNames();
        names.Take(common);
        return names;
    }

    private void Take(Statement statement)
    {
        Kinds.Add(statement.Kind);
        IsOpaque |= statement.IsOpaque;
        Tables.AddRange(statement.Tables);
        Tables.AddRange(statement.WholeTables);
        HasStar |= statement.WholeTables.Length > 0;
        TakeAll(statement.Expressions);
        foreach (var inner in statement.Inner)
        {
            Take(inner);
        }

        if (statement.Query is { } query)
        {
            LacksLimit |= !query.HasLimit;
            Take(query);
        }

        if (statement.Write is { } write)
        {
            Take(write);
        }
    }

    private void Take(Write write)
    {
        Kinds.Add(write.Kind);
        var known = _common.Count;
        TakeCommon(write.With);
        Tables.Add(write.Target);
        if (write.ReturningInto is { } into)
        {
            Tables.Add(into);
        }

        Columns.UnionWith(write.Columns.Select(c => c.ToLowerInvariant()));
        HasStar |= write.Kind == StatementKind.Insert && write.Columns.Length == 0;
        LacksWhere |= write.Where is null && write.Kind is StatementKind.Update or StatementKind.Delete;
        if (write.Source is { } source)
        {
            Take(source);
        }

        TakeAll(write.From);
        TakeAll([.. write.Values, .. write.Returning.Select(r => r.Value)]);
        if (write.Where is { } where)
        {
            TakeAll([where]);
        }

        Forget(known);
    }

    private void TakeCommon(CommonTable[] tables)
    {
        // Recursive ones may name each other; others only those before them.
        foreach (var table in tables.Where(t => t.IsRecursive))
        {
            Know(table.Name);
        }

        foreach (var table in tables)
        {
            Take(table);
            Know(table.Name);
        }
    }

    private void Know(string name)
    {
        _common.Add(name);
        _commonCounts[name] = _commonCounts.GetValueOrDefault(name) + 1;
    }

    private void Forget(int from)
    {
        for (var i = _common.Count - 1; i >= from; i--)
        {
            _commonCounts[_common[i]]--;
        }

        _common.RemoveRange(from, _common.Count - from);
    }

    private void Take(CommonTable table)
    {
        if (table.Query is { } query)
        {
            Take(query);
        }

        if (table.Write is { } write)
        {
            WritesInWith = true;
            Take(write);
        }
    }

    private void Take(Query query)
    {
        var known = _common.Count;
        TakeCommon(query.With);
        if (query.Sides is { } sides)
        {
            Take(sides.Left);
            Take(sides.Right);
        }

        if (query.Into is { } into)
        {
            Tables.Add(into);
        }

        var tables = Tables.Count;
        TakeAll(query.From);
        LacksWhere |= query.Where is null && Tables.Count > tables;
        TakeAll([.. query.Outputs.Select(o => o.Value), .. query.GroupBy, .. query.Others, .. query.LimitParts]);
        if (query.Where is { } where)
        {
            TakeAll([where]);
        }

        HasStar |= query.Outputs.Any(o => o.Value is Expression.Column { Relation: null } row && query.From.Any(f => IsNamed(f, row.Last)));
        Forget(known);
    }

    private static bool IsNamed(FromItem item, string name) => item is FromItem.Join join
        ? IsNamed(join.Left, name) || IsNamed(join.Right, name)
        : string.Equals(item.Alias ?? (item as FromItem.Table)?.Name.Last, name, StringComparison.OrdinalIgnoreCase);

    private void TakeAll(FromItem[] items)
    {
        foreach (var item in items)
        {
            Take(item);
        }
    }

    private void Take(FromItem item)
    {
        HasStar |= item.Columns.Length > 0;
        switch (item)
        {
            case FromItem.Table table when table.Name.Parts.Length > 1 || _commonCounts.GetValueOrDefault(table.Name.Last) == 0:
                Tables.Add(table.Name);
                break;
            case FromItem.Derived derived:
                Take(derived.Query);
                break;
            case FromItem.Functions functions:
                TakeAll(functions.Calls);
                break;
            case FromItem.Join join:
                Take(join.Left);
                Take(join.Right);
                Columns.UnionWith(join.Using.Select(c => c.ToLowerInvariant()));
                if (join.On is { } on)
                {
                    TakeAll([on]);
                }

                break;
        }
    }

    private void TakeAll(Expression[] expressions)
    {
        foreach (var expression in Bounds.Walk.All(expressions))
        {
            switch (expression)
            {
                case Expression.Column column:
                    Columns.Add(column.Last.ToLowerInvariant());
                    break;
                case Expression.Star:
                    HasStar = true;
                    break;
                case Expression.Call call:
                    Functions.Add(string.Join('.', call.Name).ToLowerInvariant());
                    break;
                case Expression.Nested nested:
                    Take(nested.Query);
                    break;
            }
        }
    }
}
