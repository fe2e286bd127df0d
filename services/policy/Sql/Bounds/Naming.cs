using Chaperone.Policy.Sql.Known;
using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql.Bounds;

/// <summary>Whether an expression over grouped rows can hand out what names a person.</summary>
internal sealed class Naming(IReadOnlyList<Source> sources, Binder binder, Query query)
{
    private static readonly string[] DateCalls = ["date_trunc", "extract", "date_part", "datepart", "datename", "timestamp_trunc", "datetime_trunc", "datetrunc", "trunc", "date_bucket", "to_char", "strftime"];

    /// <summary>Whether it can.</summary>
    public bool IsIn(Expression expression) => IsIn(expression, 0);

    private bool IsIn(Expression expression, int depth) => expression switch
    {
        Expression.Constant or Expression.Parameter or Expression.Nested => false,
        Expression.Equal or Expression.In or Expression.Test or Expression.And or Expression.Or => false,
        Expression.Star => sources.Any(s => s.HasPhi),
        Expression.Column column => IsNaming(column, depth),
        Expression.Call call => IsNaming(call, depth),
        _ => expression.Parts.Any(p => IsIn(p, depth)),
    };

    private bool IsNaming(Expression.Call call, int depth)
    {
        if (call.IsWindow || SqlFunctions.IsPacking(call.Last))
        {
            return call.Parts.Any(p => IsIn(p, depth));
        }

        if (SqlFunctions.IsCount(call.Last) || SqlFunctions.IsCoarse(call.Last) || IsCoarseDate(call))
        {
            return false;
        }

        // The sum of a few amounts names nobody; that of one account number does.
        return SqlFunctions.IsNumber(call.Last) || call.Last == "percentile_cont"
            ? Walk.All(call).Any(IsPersonal)
            : call.Parts.Any(p => IsIn(p, depth));
    }

    private bool IsPersonal(Expression expression) => expression is Expression.Column column
        && (column.Relation is { } relation
            ? binder.IndexOf(relation) is not { } index || sources[index].IsPersonal(column.Last)
            : sources.Any(s => s.IsPersonal(column.Last)) || binder.IndexOf(column.Last) is not null);

    private static bool IsCoarseDate(Expression.Call call) => DateCalls.Contains(call.Last)
        && call.Parts.Any(p => p is Expression.Constant { IsNumber: false, Text: { } text } && IsCoarse(text)
            || (p is Expression.Column { Name: [var word] } && SqlFunctions.IsCoarsePart(word)));

    private static bool IsCoarse(string text) => SqlFunctions.IsCoarsePart(text) || text.Trim() is "%Y" or "%Y-%m" or "YYYY" or "YYYY-MM" or "IYYY-IW" or "%m" or "%w" or "%W" or "MM" or "YYYY-Q" or "Q" or "%Y-%W";

    private bool IsNaming(Expression.Column column, int depth)
    {
        // The name may be that of an output, as GROUP BY allows; a column of that name, if there is one, counts too.
        if (column.Relation is null && depth == 0 && query.Outputs.FirstOrDefault(o => o.Name is { } name && name.Equals(column.Last, StringComparison.OrdinalIgnoreCase)) is { } output
            && output.Value != column && IsIn(output.Value, depth + 1))
        {
            return true;
        }

        if (column.Relation is null && binder.IndexOf(column.Last) is { } row && sources[row].HasPhi)
        {
            return true;
        }

        if (column.Relation is { } relation)
        {
            return binder.IndexOf(relation) is not { } index || !sources[index].IsCategory(column.Last);
        }

        return binder.Resolve(column) is { } found ? !sources[found.Source].IsCategory(column.Last) : sources.Any(s => s.HasPhi && !s.IsCategory(column.Last));
    }
}
