using Chaperone.Policy.Sql;
using Chaperone.Policy.Sql.Plain;

namespace Chaperone.Policy.Tests.Sql.Plain;

/// <summary>Snowflake: stages, paths, names in strings, clones and swaps.</summary>
public sealed class SnowflakeTests
{
    private readonly PlainSqlReader _reader = new(SqlDialect.Snowflake);

    [Theory]
    [InlineData("SELECT TOP 5 * EXCLUDE (a, b) RENAME (ssn AS x) FROM db.s.patients AT (OFFSET => -60) p", "Select *, ssn x from db.s.patients p limit 5")]
    [InlineData("SELECT src:a.b[0]::string, $1, t.$2 FROM @~/stage/x.csv.gz (FILE_FORMAT => 'x') t", "Select ~(~(~(src)), 0)::string, $1, t.$2 from f:@stage() t")]
    [InlineData("SELECT * FROM t, LATERAL FLATTEN(input => t.v, outer => true) f, TABLE(GENERATOR(ROWCOUNT => 5)) g", "Select * from t, f:FLATTEN(t.v, 'true') f, f:GENERATOR(5) g")]
    [InlineData("SELECT * FROM TABLE('patients'), IDENTIFIER('db.patients') x", "Select * from patients, db.patients x")]
    [InlineData("SELECT * FROM TABLE(RESULT_SCAN(LAST_QUERY_ID()))", "Select * from f:RESULT_SCAN(LAST_QUERY_ID())")]
    [InlineData("SELECT a FROM t QUALIFY ROW_NUMBER() OVER (PARTITION BY a ORDER BY b) = 1 LIMIT 5", "Select a from t then((ROW_NUMBER()(a, b) over = 1)) limit 5")]
    [InlineData("SELECT $$it's$$, 'a\\'b', {'a': 1, 'b': x} FROM t // comment", "Select 'it's', 'a'b', ~(1, x) from t")]
    [InlineData("SELECT * FROM t WHERE a ILIKE ANY ('x', 'y') AND b = TRY_CAST(c AS INT) AND d::varchar(10) = 'x' AND e LIKE 'x'", "Select * from t where (~(a, <'x', 'y'>) & (b = c::int) & (d::varchar(10) = 'x') & ~(e, 'x'))")]
    [InlineData("COPY INTO @stage/x FROM patients FILE_FORMAT = (TYPE = CSV); COPY INTO 's3://x' FROM (SELECT * FROM p); COPY INTO t FROM @stage", "Copy whole(patients); Copy * from p; Copy tables(t)")]
    [InlineData("CREATE TABLE x CLONE patients; CREATE OR REPLACE TRANSIENT TABLE y LIKE p; ALTER TABLE a SWAP WITH b; UNDROP TABLE z", "Ddl+ tables(x, patients); Ddl tables(y, p); Ddl+ tables(a, b); Ddl tables(z)")]
    [InlineData("GET @stage 'file:///x'; PUT 'file://x' @~; LIST @stage; SHOW TABLES IN SCHEMA x; DESC TABLE p; USE WAREHOUSE w; SET x = 5; SET (a, b) = (1, 2)", "Copy!; Copy!; Show; Show; Show; Set; Set of(5); Set of(<1, 2>)")]
    [InlineData("EXECUTE IMMEDIATE $$BEGIN RETURN 1; END$$; CALL f(1)", "Call!; Call! of(f(1))")]
    [InlineData("SELECT ARRAY_AGG(name) WITHIN GROUP (ORDER BY id), OBJECT_AGG(a, b), LISTAGG(DISTINCT x, ',') FROM p GROUP BY ALL", "Select ARRAY_AGG(name)(id), OBJECT_AGG(a, b), LISTAGG(x, ',') from p group ARRAY_AGG(name)(id), OBJECT_AGG(a, b), LISTAGG(x, ',')")]
    [InlineData("INSERT OVERWRITE INTO t SELECT * FROM p; MERGE INTO t USING s ON t.a = s.a WHEN MATCHED AND s.b = 1 THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (1)", "Insert Insert t source {* from p}; Merge Merge t values((s.b = 1), 1) from s where (t.a = s.a)")]
    [InlineData("SELECT * FROM VALUES (1, 2), (3, 4) AS v (a, b)", "Select * from {values 2 ~(1, 3), ~(2, 4)} v(a, b)")]
    [InlineData("SELECT * FROM p TABLESAMPLE BERNOULLI (10) WHERE mrn = $x", "Select * from p where (mrn = ?)")]
    [InlineData("SELECT * FROM p FETCH 5", "Select * from p limit 5")]
    [InlineData("SELECT DATEADD(day, -1, CURRENT_DATE), DATE_TRUNC('month', d)::date AS m FROM t", "Select DATEADD(day, -1, CURRENT_DATE()), DATE_TRUNC('month', d)::date m from t")]
    [InlineData("SELECT t.$1, t.$2:a FROM @stage/x t", "Select t.$1, ~(t.$2) from f:@stage() t")]
    [InlineData("SELECT IDENTIFIER('ssn') FROM p", "Select ssn from p")]
    [InlineData("UNSET x; SHOW GRANTS; DESCRIBE VIEW v; BEGIN; COMMIT; ROLLBACK", "Set; Show; Show; Transaction; Transaction; Transaction")]
    [InlineData("CREATE STREAM s ON TABLE patients", "Ddl!")]
    [InlineData("DELETE FROM t USING s WHERE t.a = s.a", "Delete Delete t from s where (t.a = s.a)")]
    [InlineData("SELECT x -> 1 FROM t", "Select ~(x, 1) from t")]
    [InlineData("SHOW TABLES ->> SELECT * FROM $1", "Show!")]
    [InlineData("SELECT YEAR(d), COUNT_IF(a = 1), a::number(10, 2), MEDIAN(b) FROM t WHERE d >= DATEADD('month', -3, CURRENT_DATE()) GROUP BY 1 ORDER BY 1", "Select YEAR(d), COUNT_IF((a = 1)), a::number(10,2), MEDIAN(b) from t where ~(d, DATEADD('month', -3, CURRENT_DATE())) group 1 then(1)")]
    public void Read_Statement_HasItsTree(string text, string tree) => Assert.Equal(tree, TreeText.Of(_reader.Read(text)));

    [Theory]
    [InlineData("SELECT * FROM IDENTIFIER($x)")]
    [InlineData("GET @stage file:///x; SELECT * FROM patients")]
    [InlineData("SELECT * FROM a ASOF JOIN b MATCH_CONDITION (a.x >= b.x)")]
    [InlineData("SELECT a FROM p UNION ALL BY NAME SELECT b FROM q")]
    public void Read_WhatCannotBeMapped_IsUnreadable(string text) => Assert.NotNull(_reader.Read(text).Problem);
}
