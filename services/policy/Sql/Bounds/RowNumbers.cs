using System.Collections.Frozen;
using Chaperone.Policy.Sql.Known;
using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql.Bounds;

/// <summary>Finds the outputs of a query that number its rows: <c>row_number() OVER (ORDER BY ...)</c>, by which people take the first few.</summary>
internal static class RowNumbers
{
    private const int MostOutputs = 200;

    /// <summary>Their names, lower case. No other window may stand beside them: it could put many rows in each.</summary>
    public static FrozenSet<string> Of(Query query, Expression[] shown, IReadOnlyList<Source> sources, Binder binder, SqlDialect dialect)
    {
        var calls = Walk.All(shown).OfType<Expression.Call>();
        if (query.IsPacked || calls.Any(c => Walk.IsPacking(c) || SqlFunctions.IsMany(c.Last) || (c.IsWindow && !IsOne(c))))
        {
            return [];
        }

        var through = sources is [{ Numbers.Count: > 0 } only] && !query.IsGrouped ? only : null;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var output in query.Outputs.Take(MostOutputs))
        {
            if (output.Value is Expression.Call call && IsOne(call))
            {
                names.Add((output.Name ?? "row_number").ToLowerInvariant());
            }
            else if (through is not null && output.Value is Expression.Star)
            {
                names.UnionWith(through.Numbers);
            }
            else if (through is not null && output.KnownName is { } known && binder.Resolve(output.Value) is { } column && through.Numbers.Contains(column.Column))
            {
                names.Add(known.ToLowerInvariant());
            }
        }

        names.RemoveWhere(n => !IsOwn(n, query, dialect));
        return names.ToFrozenSet(StringComparer.Ordinal);
    }

    private static bool IsOne(Expression.Call call) => call is { IsWindow: true, IsPartitioned: false, Last: "row_number", Arguments: [], Name.Length: 1 };

    /// <summary>Beside a star, SQLite takes the first of two columns of one name for it.</summary>
    private static bool IsOwn(string name, Query query, SqlDialect dialect) => dialect is not (SqlDialect.Sqlite or SqlDialect.Other)
        || !query.Outputs.Any(o => o.Value is Expression.Star) || name is "rn" or "rnum" or "rownum" or "row_num" or "row_number";
}
