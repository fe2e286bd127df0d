using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Tests.Sql.TSql;

/// <summary>A tree in one line, with all that it holds.</summary>
internal static class TreeText
{
    public static string Of(Script script) =>
        script.Problem is null ? string.Join("; ", script.Statements.Select(Of)) : "unreadable";

    public static string Of(Statement statement)
    {
        string?[] parts =
        [
            statement.Kind.ToString().ToLowerInvariant(),
            statement.IsOpaque ? "opaque" : null,
            statement.IsRenaming ? "renaming" : null,
            statement.Handle is null ? null : $"handle {statement.Handle}",
            statement.Names is null ? null : $"names {statement.Names}",
            statement.Query is null ? null : Of(statement.Query),
            statement.Write is null ? null : Of(statement.Write),
            List("tables", statement.Tables.Select(t => t.ToString())),
            List("whole", statement.WholeTables.Select(t => t.ToString())),
            List("expressions", statement.Expressions.Select(Of)),
            statement.Inner.Length == 0 ? null : $"{{ {string.Join("; ", statement.Inner.Select(Of))} }}",
        ];
        return Join(parts);
    }

    public static string Of(Query query)
    {
        string?[] parts =
        [
            .. query.With.Select(Of),
            query.Sides is { } sides ? $"({Of(sides.Left)} | {Of(sides.Right)})" : null,
            List(query.IsDistinct ? "distinct" : "out", query.Outputs.Select(Of)),
            query.ValueRows is { } rows ? $"rows {rows}" : null,
            List("from", query.From.Select(Of)),
            query.Where is null ? null : $"where {Of(query.Where)}",
            query.IsGrouped ? $"group({string.Join(", ", query.GroupBy.Select(Of))})" : null,
            List("others", query.Others.Select(Of)),
            query.HasLimit ? $"limit {query.Limit?.ToString() ?? "open"}" : null,
            List("limits", query.LimitParts.Select(Of)),
            query.IsPacked ? "packed" : null,
            query.Into is null ? null : $"into {query.Into}",
        ];
        return $"[{Join(parts)}]";
    }

    private static string Of(CommonTable table) =>
        $"with{(table.IsRecursive ? " recursive" : null)} {table.Name}{Columns(table.Columns)} {(table.Query is null ? Of(table.Write!) : Of(table.Query))}";

    private static string Of(Write write)
    {
        string?[] parts =
        [
            .. write.With.Select(Of),
            $"{write.Kind.ToString().ToLowerInvariant()} {write.Target}{(write.Alias is null ? null : " as " + write.Alias)}{Columns(write.Columns)}",
            write.Source is null ? null : Of(write.Source),
            List("values", write.Values.Select(Of)),
            List("from", write.From.Select(Of)),
            write.Where is null ? null : $"where {Of(write.Where)}",
            List("returning", write.Returning.Select(Of)),
            write.ReturningInto is null ? null : $"into {write.ReturningInto}",
            write.Limit is null ? null : $"limit {write.Limit}",
        ];
        return $"<{Join(parts)}>";
    }

    private static string Of(Output output) =>
        output.Name is null || output.Name == (output.Value as Expression.Column)?.Last ? Of(output.Value) : $"{Of(output.Value)} as {output.Name}";

    private static string Of(FromItem item)
    {
        var text = item switch
        {
            FromItem.Table t => (t.IsLocal ? "local " : null) + t.Name,
            FromItem.Derived d => (d.IsLateral ? "lateral " : null) + Of(d.Query),
            FromItem.Functions f => $"functions({string.Join(", ", f.Calls.Select(Of))})",
            FromItem.Join j => $"({Of(j.Left)} {j.Kind.ToString().ToLowerInvariant()} {Of(j.Right)}{(j.On is null ? null : " on " + Of(j.On))})",
            _ => throw new InvalidOperationException(),
        };
        return text + (item.Alias is null ? null : " as " + item.Alias) + Columns(item.Columns);
    }

    private static string Of(Expression expression) => expression switch
    {
        Expression.Column c => string.Join('.', c.Name),
        Expression.Star s => s.Relation is null ? "*" : s.Relation + ".*",
        Expression.Constant c => c.Text is null ? "NULL" : c.IsNumber ? c.Text : $"'{c.Text}'",
        Expression.Parameter => "?",
        Expression.Call c => $"{string.Join('.', c.Name)}({All(c.Arguments)}){(c.IsWindow ? " over" : null)}{(c.Clauses.Length == 0 ? null : $"({All(c.Clauses)})")}",
        Expression.And a => $"and({All(a.Terms)})",
        Expression.Or o => $"or({All(o.Terms)})",
        Expression.Equal e => $"{Of(e.Left)}={Of(e.Right)}",
        Expression.In i => $"in({Of(i.Value)}: {All(i.Items)})",
        Expression.Row r => $"row({All(r.Items)})",
        Expression.Cast c => $"cast({Of(c.Value)}: {c.Type})",
        Expression.Nested n => $"{n.Use.ToString().ToLowerInvariant()}({(n.Value is null ? null : Of(n.Value) + ": ")}{Of(n.Query)})",
        Expression.Within w => $"other({All(w.Items)})",
        Expression.Other o => $"other({All(o.Items)})",
        _ => throw new InvalidOperationException(),
    };

    private static string All(Expression[] expressions) => string.Join(", ", expressions.Select(Of));

    private static string? Columns(string[] columns) => columns.Length == 0 ? null : $"({string.Join(", ", columns)})";

    private static string? List(string name, IEnumerable<string> items) =>
        string.Join(", ", items) is { Length: > 0 } list ? $"{name} {list}" : null;

    private static string Join(string?[] parts) => string.Join(' ', parts.Where(p => p is not null));
}
