using Chaperone.Policy.Sql.Known;
using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql.Bounds;

/// <summary>What expressions over grouped rows say of the people in them.</summary>
internal sealed class Naming(IReadOnlyList<Source> sources, Binder binder, Query query)
{
    private static readonly string[] DateCalls = ["date_trunc", "extract", "date_part", "datepart", "datename", "timestamp_trunc", "datetime_trunc", "datetrunc", "trunc", "date_bucket", "to_char", "strftime", "date_format", "format_date", "datediff", "datediff_big", "date_diff", "timestampdiff", "timestamp_diff", "datetime_diff"];

    private static readonly string[] CoarseFormats = ["%Y", "%Y-%m", "YYYY", "YYYY-MM", "IYYY-IW", "%m", "%w", "%W", "MM", "YYYY-Q", "Q", "%Y-%W", "YEAR", "MONTH"];

    /// <summary>Whether an expression can hand out what names a person.</summary>
    public bool IsIn(Expression expression) => NatureOf(expression) != ColumnNature.Category;

    /// <summary>What <paramref name="expression"/> says at most.</summary>
    public ColumnNature NatureOf(Expression expression) => NatureOf(expression, 0);

    /// <summary>
    /// Whether one value holds what names many people: packed rows, unless they are only wards and the like, or a number such as
    /// a sum of shifted account numbers.
    /// </summary>
    public bool IsPackingPeople(Expression expression) => expression is Expression.Call call
        && ((Walk.IsPacking(call) && Most(call.Parts, 1) >= (call.Last == "percentile_cont" ? ColumnNature.Person : ColumnNature.Unknown))
            || (!call.IsWindow && SqlFunctions.IsNumber(call.Last) && Most(call.Parts, 1) == ColumnNature.Person));

    private ColumnNature NatureOf(Expression expression, int depth) => expression switch
    {
        Expression.Constant or Expression.Parameter => ColumnNature.Category,
        Expression.Equal or Expression.In or Expression.Test or Expression.Within or Expression.And or Expression.Or => ColumnNature.Category,
        Expression.Star => sources.Any(s => s.HasPhi) ? ColumnNature.Person : ColumnNature.Category,
        Expression.Column column => NatureOf(column, depth),
        Expression.Call call => NatureOf(call, depth),
        Expression.Nested nested => NatureOf(nested, depth),
        Expression.Other { Items: [Expression.Call call, ..] } other when MailDomain.IsElement(other, call, IsMail) => ColumnNature.Category,
        _ => Most(expression.Parts, depth),
    };

    private ColumnNature Most(IEnumerable<Expression> parts, int depth) => parts.Select(p => NatureOf(p, depth)).DefaultIfEmpty(ColumnNature.Category).Max();

    /// <summary>A nested query is bounded by itself, but for the columns of this one that it hands out.</summary>
    private ColumnNature NatureOf(Expression.Nested nested, int depth) => Most(
        Walk.All(nested.Query.Outputs.Select(o => o.Value)).OfType<Expression.Column>()
            .Where(c => nested.Query.From.Length == 0 || (c.Relation is { } relation && binder.IndexOf(relation) is not null)),
        depth + 1);

    private ColumnNature NatureOf(Expression.Call call, int depth)
    {
        if (!call.IsWindow && (SqlFunctions.IsCount(call.Last) || SqlFunctions.IsCoarse(call.Last) || IsCoarseDate(call) || IsInMonths(call) || MailDomain.Is(call, IsMail)))
        {
            return ColumnNature.Category;
        }

        // The sum of a few amounts names nobody.
        var nature = Most(call.Parts, depth);
        return nature == ColumnNature.Unknown && (SqlFunctions.IsNumber(call.Last) || call.Last == "percentile_cont") ? ColumnNature.Category : nature;
    }

    /// <summary>Whether an expression is a column of addresses, under its own name in its own table.</summary>
    private bool IsMail(Expression expression) => expression switch
    {
        Expression.Call { Last: "lower" or "upper" or "trim", IsWindow: false, Arguments: [var inner] } => IsMail(inner),
        Expression.Column column => ColumnWords.IsMail(column.Last) && binder.Resolve(column) is { } found && sources[found.Source].Table is { } table && !table.Keys.Contains(found.Column),
        _ => false,
    };

    /// <summary>Whole months, or more, between two days.</summary>
    private static bool IsInMonths(Expression.Call call) => call is { Last: "floor" or "trunc" or "round" or "ceil", Arguments: [var whole] } && whole switch
    {
        Expression.Call { Last: "months_between" } => true,
        Expression.Other { Sign: "/", Items: [Expression.Call { Last: "months_between" }, Expression.Constant { IsNumber: true, Text: { } text }] } => long.TryParse(text, out var months) && months > 0,
        _ => false,
    };

    private static bool IsCoarseDate(Expression.Call call) => DateCalls.Contains(call.Last)
        && call.Parts.Any(p => (p is Expression.Constant { IsNumber: false, Text: { } text } && (SqlFunctions.IsCoarsePart(text) || CoarseFormats.Contains(text.Trim())))
            || (p is Expression.Column { Name: [var word] } && SqlFunctions.IsCoarsePart(word)));

    private ColumnNature NatureOf(Expression.Column column, int depth)
    {
        // The name may be that of an output, as GROUP BY allows; were there a column of that name, the output would follow from it.
        if (column.Relation is null && depth == 0 && query.Outputs.FirstOrDefault(o => o.Name is { } name && name.Equals(column.Last, StringComparison.OrdinalIgnoreCase)) is { } output
            && output.Value != column)
        {
            return NatureOf(output.Value, depth + 1);
        }

        if (column.Relation is null && binder.IndexOf(column.Last) is { } row && sources[row].HasPhi && sources[row].Columns?.ContainsKey(column.Last.ToLowerInvariant()) != true)
        {
            return ColumnNature.Person;
        }

        if (column.Relation is { } relation)
        {
            return binder.IndexOf(relation) is { } index ? sources[index].NatureOf(column.Last) : ColumnNature.Person;
        }

        return binder.Resolve(column) is { } found
            ? sources[found.Source].NatureOf(column.Last)
            : sources.Where(s => s.HasPhi).Select(s => s.NatureOf(column.Last)).DefaultIfEmpty(ColumnNature.Category).Max();
    }
}
