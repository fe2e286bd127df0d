using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql.Bounds;

/// <summary>
/// Keys between two whole numbers, and numbers of rows up to one: how many values they can have. Only a key of whole numbers
/// can be compared with them, but where the database makes numbers of texts.
/// </summary>
internal static class KeyRanges
{
    /// <summary>The columns that all conditions together hold between two numbers, and how many numbers those are.</summary>
    public static IEnumerable<((int Source, string Column) Column, long Count)> Of(
        IReadOnlyList<Condition> conditions,
        IReadOnlyList<Source> sources,
        Func<Expression, (int Source, string Column)?> resolve,
        SqlDialect dialect)
    {
        Dictionary<(int Source, string Column), (long? Low, long? High)>? ends = null;
        foreach (var condition in conditions)
        {
            if (condition.Term is Expression.Within within && resolve(within.Value) is { } column && condition.HoldsFor(column.Source))
            {
                ends ??= [];
                var (low, high) = ends.GetValueOrDefault(column);
                ends[column] = (Greater(low, within.Low), Less(high, within.High));
            }
        }

        foreach (var (column, (low, high)) in ends ?? [])
        {
            var isNumber = sources[column.Source].Numbers.Contains(column.Column);
            if (high is { } to && (isNumber ? Math.Max(low ?? 1, 1) : low) is { } from && (isNumber || (sources[column.Source].Keys.Contains(column.Column) && IsWhole(from, to, dialect))))
            {
                yield return (column, Math.Max(0, to - from + 1));
            }
        }
    }

    /// <summary>
    /// SQLite compares a number with a text as a text, and <c>'1000'</c> stands before <c>'20'</c>; to MySQL, every text that
    /// begins with a letter is 0.
    /// </summary>
    private static bool IsWhole(long from, long to, SqlDialect dialect) => dialect switch
    {
        SqlDialect.Sqlite or SqlDialect.Other => false,
        SqlDialect.MySql => from > 0 || to < 0,
        _ => true,
    };

    private static long? Greater(long? one, long? other) => one is null || other > one ? other ?? one : one;

    private static long? Less(long? one, long? other) => one is null || other < one ? other ?? one : one;
}
