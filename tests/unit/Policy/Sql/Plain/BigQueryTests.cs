using Chaperone.Policy.Sql;
using Chaperone.Policy.Sql.Plain;

namespace Chaperone.Policy.Tests.Sql.Plain;

/// <summary>BigQuery: names in one pair of backticks, arrays and structs, exports, scripts.</summary>
public sealed class BigQueryTests
{
    private readonly PlainSqlReader _reader = new(SqlDialect.BigQuery);

    [Theory]
    [InlineData("SELECT * EXCEPT (a), b FROM `proj-x.ds.patients` AS p WHERE p.mrn = \"A5\"", "Select *, b from proj-x.ds.patients p where (p.mrn = 'A5')")]
    [InlineData("SELECT * REPLACE (ssn AS id) FROM proj-x.ds.patients FOR SYSTEM_TIME AS OF TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 1 HOUR)", "Select *, ssn id from proj-x.ds.patients")]
    [InlineData("SELECT ARRAY(SELECT AS STRUCT name FROM p), STRUCT(a AS b, c), ARRAY<STRUCT<a INT64, b ARRAY<STRING>>>[(1, ['x'])], [1, 2, 3][OFFSET(0)]", "Select Packed{name from p}, STRUCT(a, c), ~(<1, ~('x')>), ~(~(1, 2, 3), OFFSET(0))")]
    [InlineData("SELECT x, off FROM t, UNNEST(t.arr) AS x WITH OFFSET AS off WHERE x IN UNNEST([1, 2]) AND y IN UNNEST(@p)", "Select x, off from t, [f:UNNEST(t.arr) x Inner f:unnest() off] where ((x in 1, 2) & ~(y, ?))")]
    [InlineData("SELECT r'a\\'b', \"\"\"it's \"x\" \"\"\", '''y''', b\"z\", rb'q', 'a\\'b', @p FROM t # c", "Select 'a'b', 'it's \"x\" ', 'y', 'z', 'q', 'a'b', ? from t")]
    [InlineData("SELECT ARRAY_AGG(x IGNORE NULLS ORDER BY y DESC LIMIT 5), STRING_AGG(DISTINCT a, ', '), ANY_VALUE(a HAVING MAX b), SAFE_CAST(a AS NUMERIC), a.b.c, DATE_DIFF(a, b, DAY) FROM t GROUP BY ROLLUP (a, b)", "Select ARRAY_AGG(x)(y, 5), STRING_AGG(a, ', '), ANY_VALUE(a)(b), a::numeric, a.b.c, DATE_DIFF(a, b, DAY) from t group a, b")]
    [InlineData("EXPORT DATA OPTIONS (uri = 'gs://x') AS SELECT * FROM p", "Copy * from p")]
    [InlineData("DECLARE x INT64 DEFAULT 5; SELECT * FROM p", "Do!")]
    [InlineData("CREATE OR REPLACE TABLE d.x PARTITION BY DATE(a) OPTIONS (x = 1) AS SELECT * FROM p; CREATE MODEL m OPTIONS () AS SELECT * FROM p", "Insert names d.x tables(d.x) * from p; Ddl!")]
    [InlineData("SELECT a, b, FROM t TABLESAMPLE SYSTEM (10 PERCENT) WHERE DATE(a) = DATE \"2020-01-01\" LIMIT 10", "Select a, b from t where (DATE(a) = '2020-01-01') limit 10")]
    [InlineData("DELETE FROM t WHERE true; UPDATE t SET a = 1 FROM s WHERE t.id = s.id; INSERT t (a) VALUES (1); TRUNCATE TABLE d.t", "Delete Delete t where 'true'; Update Update t(a) values(1) from s where (t.id = s.id); Insert Insert t(a) source {values 1 1}; Truncate tables(d.t)")]
    [InlineData("SELECT COUNT(*) FROM d.INFORMATION_SCHEMA.TABLES", "Select COUNT(*) from d.INFORMATION_SCHEMA.TABLES")]
    [InlineData("SELECT * FROM ds.f(1), `p`.d.`t` x, UNNEST(['a']) y", "Select * from f:ds.f(1), p.d.t x, f:UNNEST(~('a')) y")]
    [InlineData("MERGE d.t USING s ON FALSE WHEN NOT MATCHED BY SOURCE THEN DELETE WHEN NOT MATCHED THEN INSERT ROW", "Merge Merge d.t from s where 'false'")]
    [InlineData("SELECT CAST(a AS STRING FORMAT 'YYYY'), TIMESTAMP '2020-01-01 00:00:00+00', x.y[0].z, IF(a, b, c), INTERVAL 5 DAY", "Select ~(a, 'YYYY')::string, '2020-01-01 00:00:00+00', ~(~(x.y, 0)), IF(a, b, c), ~(5)")]
    [InlineData("BEGIN TRANSACTION; COMMIT TRANSACTION; ASSERT (SELECT 1) = 1", "Transaction; Transaction; Other!")]
    [InlineData("LOAD DATA INTO d.t FROM FILES (format = 'CSV'); CREATE SNAPSHOT TABLE x CLONE p", "Copy tables(d.t); Ddl!")]
    [InlineData("IF x THEN SELECT 1; END IF", "Do!")]
    [InlineData("SELECT name, COUNT(*) AS n FROM `p.d.t` WHERE d BETWEEN DATE '2020-01-01' AND DATE '2020-12-31' GROUP BY name ORDER BY n DESC LIMIT 10", "Select name, COUNT(*) n from p.d.t where ~(d, '2020-01-01', '2020-12-31') group name then(n) limit 10")]
    [InlineData("SELECT FORMAT_DATE('%Y', d), COUNTIF(a > 1), APPROX_QUANTILES(a, 4)[OFFSET(2)] FROM t GROUP BY 1", "Select FORMAT_DATE('%Y', d), COUNTIF(~(a, 1)), ~(APPROX_QUANTILES(a, 4), OFFSET(2)) from t group 1")]
    public void Read_Statement_HasItsTree(string text, string tree) => Assert.Equal(tree, TreeText.Of(_reader.Read(text)));

    [Theory]
    [InlineData("FROM t |> WHERE x = 1")]
    [InlineData("SELECT * FROM `ds.pat*` WHERE _TABLE_SUFFIX = 'ients'")]
    public void Read_WhatCannotBeMapped_IsUnreadable(string text) => Assert.NotNull(_reader.Read(text).Problem);
}
