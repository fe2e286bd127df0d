using Chaperone.Policy.Sql.TSql;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Chaperone.Policy.Tests.Sql.TSql;

/// <summary>Whatever table and function the parser sees, by its own visitor, the tree names.</summary>
public sealed class TSqlNothingLostTests
{
    [Theory]
    [InlineData("SELECT f1(a) FROM t1 WHERE x IN (SELECT f2(b) FROM t2 JOIN t3 ON f3(t2.c) = t3.c) GROUP BY f4(d) HAVING f5(e) > 1 ORDER BY f6(f)")]
    [InlineData("SELECT SUM(f1(a)) OVER (PARTITION BY f2(b) ORDER BY f3(c)) FROM t1 CROSS APPLY (SELECT TOP (f4(1)) * FROM t2) x")]
    [InlineData("WITH c AS (SELECT * FROM t1), d AS (SELECT f1(x) y FROM c, t2) SELECT (SELECT f2(z) FROM t3) FROM d UNION SELECT y FROM t4 EXCEPT SELECT y FROM t5")]
    [InlineData("SELECT CASE f1(a) WHEN f2(b) THEN f3(c) ELSE (SELECT x FROM t1) END, IIF(f4(a) = 1, f5(b), f6(c)), COALESCE(f7(a), NULLIF(f8(b), 1)) FROM t2")]
    [InlineData("SELECT CAST(f1(a) AS int), CONVERT(int, f2(b), f3(c)), LEFT(f4(d), f5(e)), f6(x) AT TIME ZONE f7(y), -f8(z), f9(a) COLLATE Latin1_General_BIN FROM t1")]
    [InlineData("SELECT * FROM t1 WHERE f1(a) LIKE f2(b) ESCAPE f3(c) OR f4(d) BETWEEN f5(e) AND f6(f) OR NOT f7(g) IS NULL OR f8(h) IS NOT DISTINCT FROM f9(i)")]
    [InlineData("SELECT * FROM t1 PIVOT (MAX(a) FOR b IN ([x])) p, (SELECT * FROM t2 UNPIVOT (v FOR k IN (a, b)) u) q, OPENJSON(f1((SELECT x FROM t3))) j")]
    [InlineData("MERGE t1 USING (SELECT * FROM t2) s ON f1(s.a) = f2(t1.a) WHEN MATCHED AND f3(1) = 1 THEN UPDATE SET a = f4((SELECT x FROM t3)) WHEN NOT MATCHED THEN INSERT (a) VALUES (f5(1)) OUTPUT f6(inserted.a) INTO t4;")]
    [InlineData("UPDATE x SET a = f1(b) OUTPUT f2(deleted.a) FROM t1 x JOIN t2 ON f3(1) = 1 WHERE x.a = (SELECT MAX(y) FROM t3)")]
    [InlineData("DELETE TOP (f1(1)) FROM t1 WHERE EXISTS (SELECT * FROM t2 WHERE f2(a) = ANY (SELECT b FROM t3))")]
    [InlineData("IF f1(1) = (SELECT a FROM t1) BEGIN WHILE EXISTS (SELECT * FROM t2) INSERT t3 SELECT f2(x) FROM t4 END ELSE PRINT f3(1)")]
    [InlineData("DECLARE @a int = f1(1); SET @a = (SELECT f2(b) FROM t1); DECLARE c CURSOR FOR SELECT * FROM t2; EXEC p; RETURN f3(1)")]
    [InlineData("CREATE PROC p AS SELECT f1(a) FROM t1; INSERT t2 VALUES (f2(1), (SELECT b FROM t3))")]
    [InlineData("CREATE VIEW v AS SELECT f1(a) b FROM t1 JOIN (t2 CROSS JOIN t3) ON f2(1) = 1")]
    [InlineData("CREATE FUNCTION f() RETURNS @r TABLE (a int DEFAULT (f1(1))) AS BEGIN INSERT @r SELECT f2(a) FROM t1; RETURN END")]
    [InlineData("CREATE TABLE t (a int DEFAULT (f1(1)) CHECK (f2(a) > 1), b AS (f3(a)), CONSTRAINT c CHECK (f4(b) = 1)); CREATE INDEX i ON t (a) WHERE a > 1")]
    [InlineData("SELECT STRING_AGG(f1(a), ',') WITHIN GROUP (ORDER BY f2(b)), JSON_OBJECT('k': f3(c)), @x.value('a', 'int'), (SELECT x FROM t1 FOR XML PATH(''), TYPE).value('.', 'int') FROM t2")]
    [InlineData("SELECT a FROM t1 ORDER BY f1(a) OFFSET f2(1) ROWS FETCH NEXT f3(1) ROWS ONLY")]
    [InlineData("SELECT SUM(a) OVER w FROM t1 WINDOW w AS (PARTITION BY f1(b) ORDER BY f2(c))")]
    public void Tree_NamesEveryTableAndFunction(string sql)
    {
        var fragment = new TSql180Parser(true).Parse(new StringReader(sql), out var errors);
        Assert.Empty(errors);
        var names = new Names();
        fragment.Accept(names);

        var tree = TSqlQueryTests.Read(sql);

        Assert.NotEmpty(names.Found);
        Assert.All(names.Found, name => Assert.Contains(name, tree, StringComparison.Ordinal));
    }

    [Fact]
    public void Walk_SeesWhatTheParsersVisitorSees()
    {
        var fragment = new TSql180Parser(true).Parse(new StringReader("WITH c AS (SELECT f(a) x FROM t) SELECT CASE WHEN x = 1 THEN (SELECT 2) END FROM c JOIN d ON 1 = 1"), out _);
        var counted = new Counter();
        fragment.Accept(counted);

        var walked = TSqlFragments.All(fragment).FindAll(TSqlFragments.Matters);

        Assert.Equal(counted.Matter.ToHashSet(), walked.ToHashSet());
    }

    private sealed class Names : TSqlFragmentVisitor
    {
        public List<string> Found { get; } = [];

        public override void Visit(NamedTableReference node) => Found.Add(node.SchemaObject.BaseIdentifier.Value);

        public override void Visit(FunctionCall node) => Found.Add(node.FunctionName.Value + "(");
    }

    private sealed class Counter : TSqlFragmentVisitor
    {
        public List<TSqlFragment> Matter { get; } = [];

        public override void Visit(TSqlFragment fragment)
        {
            if (TSqlFragments.Matters(fragment))
            {
                Matter.Add(fragment);
            }
        }
    }
}
