using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql.Bounds;

/// <summary>Walks over the expressions of one query, not into the queries nested in them.</summary>
internal static class Walk
{
    /// <summary><paramref name="expression"/> and all it is made of.</summary>
    public static IEnumerable<Expression> All(Expression expression)
    {
        var stack = new Stack<Expression>();
        stack.Push(expression);
        while (stack.TryPop(out var top))
        {
            yield return top;
            foreach (var part in top.Parts)
            {
                stack.Push(part);
            }
        }
    }

    /// <summary>All that all of <paramref name="expressions"/> are made of.</summary>
    public static IEnumerable<Expression> All(IEnumerable<Expression> expressions) => expressions.SelectMany(All);

    /// <summary>The calls that work over many rows: aggregates without OVER.</summary>
    public static bool IsAggregate(Expression expression) => expression is Expression.Call { IsWindow: false } call
        && (Known.SqlFunctions.IsPacking(call.Last) || Known.SqlFunctions.IsCount(call.Last) || IsNumber(call) || IsValue(call));

    /// <summary>Whether a call, window or not, puts many rows into one value.</summary>
    public static bool IsPacking(Expression expression) => expression is Expression.Call call
        && (Known.SqlFunctions.IsPacking(call.Last) || (call.Last is "percentile_disc" or "percentile_cont" && call.Arguments is not [Expression.Constant or Expression.Parameter, ..]));

    /// <summary>Whether a window hands out the value of another row.</summary>
    public static bool IsOfAnotherRow(Expression expression) => expression is Expression.Call { IsWindow: true, Last: "lag" or "lead" or "first_value" or "last_value" or "nth_value" or "min" or "max" or "any_value" };

    /// <summary>Whether an aggregate hands out one of its values.</summary>
    public static bool IsValue(Expression.Call call) => Known.SqlFunctions.IsValue(call.Last) && (call.Arguments.Length < 2 || call.Last is not ("min" or "max"));

    private static bool IsNumber(Expression.Call call) => Known.SqlFunctions.IsNumber(call.Last)
        && (call.Last is not ("rank" or "dense_rank" or "percent_rank" or "cume_dist") || call.Clauses.Length > 0);
}
