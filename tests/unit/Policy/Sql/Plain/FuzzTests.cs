using System.Diagnostics;
using System.Text;
using Chaperone.Policy.Sql;
using Chaperone.Policy.Sql.Plain;

namespace Chaperone.Policy.Tests.Sql.Plain;

/// <summary>Whatever is read, nothing is thrown, nothing hangs, and what cannot be read leaves no statement behind.</summary>
public sealed class FuzzTests
{
    private static readonly string[] Pieces =
    [
        "SELECT", "FROM", "WHERE", "GROUP BY", "ORDER BY", "LIMIT", "UNION ALL", "JOIN", "LEFT", "ON", "USING", "AND", "OR", "NOT", "IN", "EXISTS", "BETWEEN", "LIKE", "IS", "NULL",
        "CASE", "WHEN", "THEN", "END", "AS", "WITH", "RECURSIVE", "VALUES", "TABLE", "INSERT INTO", "UPDATE", "SET", "DELETE", "MERGE", "CREATE TABLE", "CREATE VIEW", "ALTER TABLE",
        "DROP", "GRANT", "CALL", "EXPLAIN", "ANALYZE", "CAST(", "INTERVAL", "OVER", "FILTER (WHERE", "WITHIN GROUP (", "ROWNUM", "TOP", "FETCH FIRST", "ROWS ONLY", "CONNECT BY", "START WITH",
        "a", "t", "t.a", "*", "t.*", "1", "0", ".5", "1e3", "'x'", "\"x\"", "`x`", "[x]", "[", "]", "(", ")", ",", ";", ".", "=", "<", ">=", "<=>", ":=", "::", "||", "&&", "->", "=>", "+", "-", "--",
        "/*", "*/", "/*!", "/*!50000", "#", "//", "\\", "'", "\"", "`", "$$", "$1", "?", ":p", "@v", "@@v", "%s", "{", "}", "q'[", "]'", "r'", "\"\"\"", "N'x'", "\n", "\0", "\u00a0", "é", "\ud800", "~", "!",
    ];

    private static readonly SqlDialect[] Dialects =
        [SqlDialect.MySql, SqlDialect.Oracle, SqlDialect.Sqlite, SqlDialect.Snowflake, SqlDialect.BigQuery, SqlDialect.Other];

    [Fact]
    public void Read_RandomMixOfPieces_NeverThrows()
    {
        var seed = 20261127u;
        var watch = Stopwatch.StartNew();
        for (var round = 0; round < 6000; round++)
        {
            var text = new StringBuilder(round % 3 == 0 ? "SELECT a FROM t WHERE " : string.Empty);
            for (var i = Next(ref seed, 40); i >= 0; i--)
            {
                text.Append(Pieces[Next(ref seed, Pieces.Length)]).Append(Next(ref seed, 5) == 0 ? string.Empty : " ");
            }

            foreach (var dialect in Dialects)
            {
                var script = new PlainSqlReader(dialect).Read(text.ToString());

                Assert.True(script.Problem is null || script.Statements.Length == 0);
            }
        }

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(60));
    }

    /// <summary>A statement that is cut anywhere has no part of it read as something else than its beginning.</summary>
    [Fact]
    public void Read_StatementCutAnywhere_NeverThrows()
    {
        const string Text = "WITH c (n) AS (SELECT 1) SELECT a.b, f(DISTINCT x ORDER BY y) OVER (PARTITION BY z) AS \"q\" FROM t AS x LEFT JOIN (SELECT 'a''b' FROM u) v ON x.id = v.id "
            + "WHERE x.mrn IN ('a', 'b') AND NOT EXISTS (SELECT 1 FROM w) /* c */ GROUP BY a HAVING count(*) > 1 ORDER BY 1 DESC LIMIT 5 -- end";
        foreach (var dialect in Dialects)
        {
            Assert.Null(new PlainSqlReader(dialect).Read(Text).Problem);
            for (var length = 0; length < Text.Length; length++)
            {
                var script = new PlainSqlReader(dialect).Read(Text[..length]);

                Assert.True(script.Problem is null || script.Statements.Length == 0);
            }
        }
    }

    /// <summary>A small generator of its own, so that every run reads the same texts.</summary>
    internal static int Next(ref uint seed, int count)
    {
        seed ^= seed << 13;
        seed ^= seed >> 17;
        seed ^= seed << 5;
        return (int)(seed % (uint)count);
    }
}
