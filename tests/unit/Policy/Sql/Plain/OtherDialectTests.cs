using Chaperone.Policy.Sql;
using Chaperone.Policy.Sql.Plain;

namespace Chaperone.Policy.Tests.Sql.Plain;

/// <summary>Any other dialect: what two servers could read in two ways is read in neither.</summary>
public sealed class OtherDialectTests
{
    private readonly PlainSqlReader _reader = new(SqlDialect.Other);

    [Theory]
    [InlineData("SELECT TOP 10 * FROM p WHERE \"id\" = 5 AND x = 'a' || 'b'", "Select * from p where ~(((id = 5) & (x = 'a')), 'b') limit 10")]
    [InlineData("SELECT * INTO x FROM p; SELECT TOP (5) PERCENT * FROM p", "Insert * into x from p; Select * from p limit")]
    [InlineData("SELECT 1 -- x", "Select 1")]
    [InlineData("SELECT * FROM p WHERE mrn = $1 AND a IS NOT DISTINCT FROM 5 FOR READ ONLY", "Select * from p where ((mrn = ?) & (a = 5))")]
    [InlineData("SELECT \"Name\" FROM \"S\".\"P\" WHERE \"id\" = 'ID' OR P.\"id\" = 'ID'", "Select Name from S.P where (~(id, 'ID') | (P.id = 'ID'))")]
    [InlineData("SELECT * FROM a NATURAL JOIN b LIMIT 5", "Select * from [a Inner natural b] limit 5")]
    [InlineData("UNLOAD ('select * from p') TO 's3://x'", "Copy!")]
    [InlineData("EXPLAIN ANALYZE SELECT * FROM p", "Select inner(Select * from p)")]
    [InlineData("SELECT * FROM p WHERE mrn = 0 OR mrn = 'x'", "Select * from p where (~(mrn, 0) | (mrn = 'x'))")]
    [InlineData("SELECT DISTINCT ON (a) a, b FROM t WHERE t.c ILIKE 'x' FETCH FIRST ROW ONLY", "Select distinct a, b from t where ~(t.c, 'x') then(a) limit 1")]
    [InlineData("COPY p TO 'x'; MERGE INTO t USING s ON (t.a = s.a) WHEN MATCHED THEN DO NOTHING; EXEC xp_cmdshell 'x'; DO $1", "Copy!; Merge Merge t from s where (t.a = s.a); Call!; Do!")]
    [InlineData("SELECT dept, COUNT(*) AS n FROM visits WHERE day >= CURRENT_DATE - INTERVAL '7' DAY GROUP BY dept HAVING COUNT(*) > 5 ORDER BY n DESC LIMIT 10", "Select dept, COUNT(*) n from visits where ~(day, ~(CURRENT_DATE(), ~('7'))) group dept then(~(COUNT(*), 5), n) limit 10")]
    [InlineData("SELECT DATE_TRUNC('month', day) m, AVG(x) FILTER (WHERE x > 0), RANK() OVER (ORDER BY AVG(x)) FROM visits GROUP BY 1", "Select DATE_TRUNC('month', day) m, AVG(x)(~(x, 0)), RANK()(AVG(x)) over from visits group 1")]
    public void Read_Statement_HasItsTree(string text, string tree) => Assert.Equal(tree, TreeText.Of(_reader.Read(text)));

    [Theory]
    [InlineData("SELECT 'a\\'b' FROM t")]
    [InlineData("SELECT 1 --x")]
    [InlineData("SELECT [a'b] FROM t")]
    [InlineData("SELECT /* a /* b */ 1")]
    [InlineData("SELECT a # b")]
    [InlineData("SELECT e'a', E'\n' FROM t")]
    [InlineData("SELECT a[1], ARRAY[1, 2], x::int[] FROM t WITH (NOLOCK) PIVOT (max(a) FOR b IN (1))")]
    [InlineData("SELECT * FROM p LEFT SEMI JOIN q ON p.a = q.a")]
    [InlineData("SELECT U&'d\\0061t' FROM t")]
    [InlineData("SELECT $$a$$")]
    [InlineData("EXPLAIN (ANALYZE) SELECT * FROM p")]
    public void Read_WhatCannotBeMapped_IsUnreadable(string text) => Assert.NotNull(_reader.Read(text).Problem);
}
