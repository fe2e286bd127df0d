using System.Diagnostics;
using System.Text;
using Chaperone.Policy.Sql;
using Chaperone.Policy.Sql.Plain;
using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Tests.Sql.Plain;

/// <summary>Texts made to be slow or deep: each ends soon, on a small stack, with a tree that is no deeper than what walks over it can take.</summary>
public sealed class WorstCaseTests
{
    private const int StackSize = 1024 * 1024;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private static readonly SqlDialect[] Dialects =
        [SqlDialect.MySql, SqlDialect.Oracle, SqlDialect.Sqlite, SqlDialect.Snowflake, SqlDialect.BigQuery, SqlDialect.Other];

    [Theory]
    [InlineData("SELECT ", "(", "1")]
    [InlineData("SELECT ", "(SELECT ", "1")]
    [InlineData("SELECT * FROM ", "(", "t")]
    [InlineData("SELECT * FROM ", "(SELECT * FROM ", "t")]
    [InlineData("", "(", "SELECT 1")]
    [InlineData("SELECT 1 WHERE ", "f(", "1")]
    [InlineData("SELECT 1 WHERE ", "NOT ", "a")]
    [InlineData("SELECT ", "CASE WHEN ", "1")]
    [InlineData("SELECT ", "CAST(", "1")]
    [InlineData("SELECT ", "- ", "1")]
    [InlineData("SELECT ", "INTERVAL - ", "1 DAY")]
    [InlineData("SELECT a", "::int", "")]
    [InlineData("SELECT a", " AT TIME ZONE b", "")]
    [InlineData("SELECT a", "[1]", "")]
    [InlineData("SELECT ", "[", "1")]
    [InlineData("SELECT a", ".b", "")]
    [InlineData("SELECT f(a)", ".b", "")]
    [InlineData("SELECT a", ":b", "")]
    [InlineData("SELECT a WHERE a", " = a", "")]
    [InlineData("SELECT a WHERE a", " IS NULL", "")]
    [InlineData("SELECT a WHERE a", " COLLATE NOCASE", "")]
    [InlineData("SELECT a WHERE a = 1", " OR a = 1", "")]
    [InlineData("SELECT a WHERE a = 1", " AND a = 1", "")]
    [InlineData("SELECT a WHERE a = 1", " || a", "")]
    [InlineData("SELECT a", ", a", " FROM t")]
    [InlineData("SELECT a", " + a", " FROM t")]
    [InlineData("SELECT a FROM t WHERE a IN (1", ", 1", ")")]
    [InlineData("SELECT a FROM t", " JOIN t", "")]
    [InlineData("SELECT a FROM t", ", t", "")]
    [InlineData("SELECT a FROM (t", ", t", ")")]
    [InlineData("SELECT a", " UNION SELECT a", "")]
    [InlineData("SELECT 1", "; SELECT 1", "")]
    [InlineData("SELECT a FROM t", " HAVING a", "")]
    [InlineData("SELECT @a", " := @a", "")]
    [InlineData("SELECT ", "@a := (SELECT ", "1")]
    [InlineData("SELECT a FROM t GROUP BY ", "ROLLUP (", "a")]
    [InlineData("SELECT a ORDER BY a", ", a", "")]
    [InlineData("WITH a AS (SELECT 1)", ", a AS (SELECT 1)", " SELECT 1")]
    [InlineData("", "WITH a AS (", "SELECT 1")]
    [InlineData("", "EXPLAIN ", "SELECT 1")]
    [InlineData("INSERT INTO t VALUES (1)", ", (1)", "")]
    [InlineData("INSERT INTO t VALUES (1)", " ON CONFLICT DO NOTHING", "")]
    [InlineData("UPDATE t SET a = 1", ", a = 1", "")]
    [InlineData("SELECT 'a'", " 'a'", "")]
    [InlineData("SELECT 1", " /* a */", "")]
    [InlineData("SELECT 1", " /*", "")]
    [InlineData("SELECT 1 ", "/*!50000 ", "1")]
    [InlineData("SELECT '", "\\'", "'")]
    [InlineData("SELECT '", "''", "'")]
    [InlineData("SELECT ", "q'", "")]
    [InlineData("SELECT ", "$$", "")]
    [InlineData("SELECT CAST(a AS ", "ARRAY<", "INT64")]
    [InlineData("CREATE TABLE t ", "(", "")]
    [InlineData("CREATE ", "OR ", "")]
    [InlineData("SELECT * FROM t AT ", "(", "")]
    public void Read_TextMadeToBeSlowOrDeep_EndsSoon(string head, string repeated, string tail)
    {
        var count = (SqlText.MaxLength - head.Length - tail.Length) / repeated.Length;
        var closing = repeated.Contains('(', StringComparison.Ordinal) ? count / 2 : 0;
        var open = new StringBuilder(head).Insert(head.Length, repeated, count - closing).Append(tail).ToString();
        var balanced = closing == 0 ? open : new StringBuilder(head).Insert(head.Length, repeated, closing).Append(tail).Append(')', closing).ToString();

        foreach (var dialect in Dialects)
        {
            var watch = Stopwatch.StartNew();
            Assert.True(Depth(OnSmallStack(dialect, open)) < 5000);
            Assert.True(Depth(OnSmallStack(dialect, balanced[..Math.Min(balanced.Length, SqlText.MaxLength)])) < 5000);
            Assert.InRange(watch.Elapsed, TimeSpan.Zero, Limit);
        }
    }

    [Fact]
    public void Read_OneCharacterTooMany_IsUnreadable()
    {
        var reader = new PlainSqlReader(SqlDialect.MySql);
        var text = "SELECT 1".PadRight(SqlText.MaxLength);

        Assert.Null(reader.Read(text).Problem);
        Assert.NotNull(reader.Read(text + " ").Problem);
    }

    [Fact]
    public void Read_ThousandsOfTerms_AreAllThere()
    {
        var script = new PlainSqlReader(SqlDialect.MySql).Read("SELECT a FROM t WHERE a = 1" + string.Concat(Enumerable.Repeat(" OR a = 2", 9999)));

        Assert.Equal(10_000, Assert.IsType<Expression.Or>(script.Statements[0].Query!.Where).Terms.Length);
    }

    private static Script OnSmallStack(SqlDialect dialect, string text)
    {
        Script? script = null;
        var thread = new Thread(() => script = new PlainSqlReader(dialect).Read(text), StackSize);
        thread.Start();
        Assert.True(thread.Join(TimeSpan.FromSeconds(60)));
        return script!;
    }

    private static int Depth(Script script) => script.Statements.Select(s => s.Query is null ? 0 : TreeDepth.Of(s.Query)).DefaultIfEmpty().Max();
}
