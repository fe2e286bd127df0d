using Chaperone.Policy.Sql.Known;
using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql.Bounds;

/// <summary>
/// Whether a query may give other rows for each row of the queries around it. In doubt it may: a column without a relation, in
/// a condition, can be one of an outer table.
/// </summary>
internal sealed class Correlation
{
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Expression.Column> _columns = [];
    private readonly List<Expression.Column> _tests = [];
    private bool _isVolatile;

    private readonly HashSet<string> _inside = new(StringComparer.OrdinalIgnoreCase);
    private readonly Func<TableName, PhiTable?> _find;

    private Correlation(Func<TableName, PhiTable?> find) => _find = find;

    /// <summary>Whether <paramref name="query"/> may; <paramref name="find"/> tells the keys of tables, which are theirs for certain.</summary>
    public static bool IsIn(Query query, Func<TableName, PhiTable?> find)
    {
        var look = new Correlation(find);
        look.Take(query);
        return look._isVolatile
            || look._columns.Any(c => c.Relation is { } relation && !look._names.Contains(relation))
            || look._tests.Any(c => c.Relation is null && !look._inside.Contains(c.Last));
    }

    private void Take(Query query)
    {
        foreach (var common in query.With)
        {
            _isVolatile |= common.Query is null;
            if (common.Query is { } inner)
            {
                Take(inner);
            }
        }

        if (query.Sides is { } sides)
        {
            Take(sides.Left);
            Take(sides.Right);
        }

        foreach (var item in query.From)
        {
            Take(item);
        }

        foreach (var output in query.Outputs)
        {
            // Without a source of its own, every column is another's.
            Take(output.Value, query.From.Length == 0 ? _tests : _columns);
        }

        foreach (var expression in query.Others.Concat(query.GroupBy))
        {
            Take(expression, _columns);
        }

        foreach (var expression in query.LimitParts)
        {
            Take(expression, _tests);
        }

        if (query.Where is { } where)
        {
            Take(where, _tests);
        }
    }

    private void Take(FromItem item)
    {
        if (item.Alias is { } alias)
        {
            _names.Add(alias);
        }

        switch (item)
        {
            case FromItem.Table table:
                _names.Add(table.Name.Last);
                if (table.Columns.Length == 0)
                {
                    _inside.UnionWith(_find(table.Name)?.Keys ?? []);
                }

                break;
            case FromItem.Derived derived:
                Take(derived.Query);
                break;
            case FromItem.Functions functions:
                foreach (var call in functions.Calls)
                {
                    Take(call, _tests);
                }

                break;
            case FromItem.Join join:
                Take(join.Left);
                Take(join.Right);
                if (join.On is { } on)
                {
                    Take(on, _tests);
                }

                break;
        }
    }

    private void Take(Expression expression, List<Expression.Column> columns)
    {
        switch (expression)
        {
            case Expression.Column column:
                columns.Add(column);
                _columns.Add(column);
                break;
            case Expression.Call call:
                _isVolatile |= SqlFunctions.IsVolatile(call.Last);
                break;
            case Expression.Nested nested:
                Take(nested.Query);
                break;
        }

        foreach (var part in expression.Parts)
        {
            Take(part, columns);
        }
    }
}
