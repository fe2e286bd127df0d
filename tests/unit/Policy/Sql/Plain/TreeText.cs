using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Tests.Sql.Plain;

/// <summary>
/// Writes a tree on one line: <c>~(...)</c> is anything that bounds nothing, <c>&lt;...&gt;</c> a row, <c>!</c> marks what is
/// packed or opaque.
/// </summary>
internal static class TreeText
{
    public static string Of(Script script) => script.Problem is { } problem ? $"unreadable {problem}" : string.Join("; ", script.Statements.Select(Of));

    public static string Of(Statement statement) => string.Concat(
        $"{statement.Kind}{(statement.IsOpaque ? "!" : null)}{(statement.IsRenaming ? "+" : null)}",
        statement.Handle is { } handle ? $" handle {handle}" : null,
        statement.Names is { } name ? $" names {name}" : null,
        List(" tables", statement.Tables.Select(t => t.ToString())),
        List(" whole", statement.WholeTables.Select(t => t.ToString())),
        List(" of", statement.Expressions.Select(Of)),
        statement.Query is { } query ? $" {Of(query)}" : null,
        statement.Write is { } write ? $" {Of(write)}" : null,
        List(" inner", statement.Inner.Select(Of)));

    public static string Of(Query query) => query.Sides is { } sides
        ? With(query.With) + $"{{{Of(sides.Left)}}} + {{{Of(sides.Right)}}}{End(query)}"
        : string.Concat(
            With(query.With),
            query.ValueRows is { } rows ? $"values {rows} " : null,
            query.IsDistinct ? "distinct " : null,
            query.IsPacked ? "packed! " : null,
            string.Join(", ", query.Outputs.Select(Of)),
            query.Into is { } into ? $" into {into}" : null,
            query.From.Length > 0 ? $" from {string.Join(", ", query.From.Select(Of))}" : null,
            query.Where is { } where ? $" where {Of(where)}" : null,
            query.IsGrouped ? $" group {string.Join(", ", query.GroupBy.Select(Of))}" : null,
            End(query));

    public static string Of(Expression value) => value switch
    {
        Expression.Column column => string.Join('.', column.Name),
        Expression.Star star => star.Relation is { } relation ? $"{relation}.*" : "*",
        Expression.Constant { Text: null } => "null",
        Expression.Constant constant => constant.IsNumber ? constant.Text! : $"'{constant.Text}'",
        Expression.Parameter => "?",
        Expression.Call call => $"{string.Join('.', call.Name)}({Join(call.Arguments)}){List(string.Empty, call.Clauses.Select(Of))}{(call.IsWindow ? " over" : null)}",
        Expression.And and => $"({string.Join(" & ", and.Terms.Select(Of))})",
        Expression.Or or => $"({string.Join(" | ", or.Terms.Select(Of))})",
        Expression.Equal equal => $"({Of(equal.Left)} = {Of(equal.Right)})",
        Expression.In member => $"({Of(member.Value)} in {Join(member.Items)})",
        Expression.Row row => $"<{Join(row.Items)}>",
        Expression.Cast cast => $"{Of(cast.Value)}::{cast.Type}",
        Expression.Nested nested => $"{(nested.Value is { } tested ? Of(tested) + " " : null)}{nested.Use}{{{Of(nested.Query)}}}",
        Expression.Within within => $"~({Join(within.Items)})",
        Expression.Other other => $"~({Join(other.Items)})",
        _ => throw new NotSupportedException(value.GetType().Name),
    };

    private static string With(CommonTable[] tables) =>
        string.Concat(tables.Select(t => $"with {t.Name}{(t.Columns.Length > 0 ? $"({string.Join(", ", t.Columns)})" : null)}{(t.IsRecursive ? " again" : null)} {{{Of(t.Query!)}}} "));

    private static string Of(Output output) => output.Name is { } name ? $"{Of(output.Value)} {name}" : Of(output.Value);

    private static string End(Query query) => string.Concat(
        List(" then", query.Others.Select(Of)),
        query.Limit is { } limit ? $" limit {limit}" : query.HasLimit ? " limit" : null,
        List(string.Empty, query.LimitParts.Select(Of)),
        query.IsPacked && query.Sides is not null ? " packed!" : null);

    private static string Of(Write write) => string.Concat(
        With(write.With),
        $"{write.Kind} {write.Target}{(write.Alias is { } alias ? $" {alias}" : null)}",
        List(string.Empty, write.Columns),
        List(" values", write.Values.Select(Of)),
        write.Source is { } source ? $" source {{{Of(source)}}}" : null,
        write.From.Length > 0 ? $" from {string.Join(", ", write.From.Select(Of))}" : null,
        write.Where is { } where ? $" where {Of(where)}" : null,
        write.Limit is { } limit ? $" limit {limit}" : null,
        List(" returning", write.Returning.Select(Of)));

    private static string Of(FromItem item)
    {
        var text = item switch
        {
            FromItem.Table table => table.Name.ToString(),
            FromItem.Derived derived => $"{(derived.IsLateral ? "lateral " : null)}{{{Of(derived.Query)}}}",
            FromItem.Functions functions => $"f:{Join(functions.Calls)}",
            FromItem.Join join => $"[{Of(join.Left)} {join.Kind}{(join.IsNatural ? " natural" : null)} {Of(join.Right)}{(join.On is { } on ? $" on {Of(on)}" : null)}{List(" using", join.Using)}]",
            _ => throw new NotSupportedException(item.GetType().Name),
        };
        return $"{text}{(item.Alias is { } alias ? $" {alias}" : null)}{List(string.Empty, item.Columns)}";
    }

    private static string Join(Expression[] items) => string.Join(", ", items.Select(Of));

    private static string? List(string head, IEnumerable<string> items) => items.Any() ? $"{head}({string.Join(", ", items)})" : null;
}
