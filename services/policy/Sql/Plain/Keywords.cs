using System.Collections.Frozen;

namespace Chaperone.Policy.Sql.Plain;

/// <summary>Words that cannot be names everywhere. A word too many here makes a text unreadable, one too few could hide a clause.</summary>
internal static class Keywords
{
    /// <summary>Words with which no operand starts.</summary>
    public static readonly FrozenSet<string> NoOperands = Set(
        "SELECT FROM WHERE GROUP HAVING ORDER UNION EXCEPT INTERSECT MINUS JOIN ON AND OR XOR NOT IN LIKE BETWEEN IS AS BY INTO WHEN THEN ELSE "
        + "WITH LIMIT DISTINCT ALL QUALIFY CREATE SOME USING STRAIGHT_JOIN CONNECT MODEL RETURNING");

    /// <summary>Words that name nothing without AS before them.</summary>
    public static readonly FrozenSet<string> NoAliases = Set(
        "SELECT FROM WHERE GROUP HAVING ORDER UNION EXCEPT INTERSECT MINUS JOIN ON AND OR XOR NOT IN LIKE BETWEEN IS AS BY INTO WHEN THEN ELSE END "
        + "WITH LIMIT DISTINCT ALL ANY SOME QUALIFY USING STRAIGHT_JOIN CONNECT MODEL RETURNING LEFT RIGHT INNER CROSS FULL NATURAL OUTER FETCH OFFSET "
        + "WINDOW FOR LOCK SET VALUES START MATCH_RECOGNIZE PIVOT UNPIVOT TABLESAMPLE SAMPLE USE IGNORE FORCE PARTITION SUBPARTITION AT BEFORE "
        + "CHANGES PROCEDURE ASOF ANTI SEMI POSITIONAL GLOBAL LATERAL APPLY INDEXED VERSIONS ILIKE RLIKE REGEXP GLOB SIMILAR COLLATE DIV "
        + "ESCAPE ISNULL NOTNULL OVER FILTER WITHIN RESPECT REPLACE EXCLUDE ILIKE RENAME SEPARATOR FINAL PREWHERE MATCH_CONDITION SETTINGS FORMAT "
        + "CASE LOG REJECT OPTION TOP SOUNDS MEMBER OVERLAPS UNNEST TABLE WHEN DO DUPLICATE CLUSTER DISTRIBUTE SORT VIEW ARRAY SKIP");

    private static readonly FrozenSet<string> Clocks = Set("CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP");

    private static readonly FrozenSet<string> BareFunctions = Set("CURRENT_USER LOCALTIME LOCALTIMESTAMP UTC_DATE UTC_TIME UTC_TIMESTAMP SYSDATE SYSTIMESTAMP");

    /// <summary>Units after INTERVAL.</summary>
    public static readonly FrozenSet<string> Units = Set(
        "MICROSECOND MILLISECOND SECOND MINUTE HOUR DAY WEEK MONTH QUARTER YEAR SECOND_MICROSECOND MINUTE_MICROSECOND MINUTE_SECOND HOUR_MICROSECOND "
        + "HOUR_SECOND HOUR_MINUTE DAY_MICROSECOND DAY_SECOND DAY_MINUTE DAY_HOUR YEAR_MONTH SECONDS MINUTES HOURS DAYS WEEKS MONTHS YEARS");

    /// <summary>Types that stand before a string to make a literal.</summary>
    public static readonly FrozenSet<string> LiteralTypes = Set("DATE TIME TIMESTAMP DATETIME NUMERIC DECIMAL BIGNUMERIC BIGDECIMAL JSON TIMESTAMPTZ TIMESTAMP_NTZ");

    /// <summary>True for a function that is called without parentheses.</summary>
    public static bool IsBareFunction(string key, SqlDialect dialect) => Clocks.Contains(key)
        || (BareFunctions.Contains(key) && dialect != SqlDialect.Sqlite && (dialect == SqlDialect.Oracle || !key.StartsWith("SYS", StringComparison.Ordinal)));

    /// <summary>True for a token that names something without AS.</summary>
    public static bool IsAlias(Token token) =>
        token.Kind is TokenKind.Quoted or TokenKind.Doubtful || (token.Kind == TokenKind.Word && !NoAliases.Contains(token.Key));

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
