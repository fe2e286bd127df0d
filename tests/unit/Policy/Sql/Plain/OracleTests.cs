using Chaperone.Policy.Sql;
using Chaperone.Policy.Sql.Plain;

namespace Chaperone.Policy.Tests.Sql.Plain;

/// <summary>Oracle: ROWNUM, CONNECT BY, outer joins of the old form, packages of JSON and XML, blocks.</summary>
public sealed class OracleTests
{
    private readonly PlainSqlReader _reader = new(SqlDialect.Oracle);

    [Theory]
    [InlineData("SELECT * FROM patients WHERE ROWNUM <= 10 AND a = 5", "Select * from patients where (~(ROWNUM, 10) & (a = 5)) limit 10")]
    [InlineData("SELECT * FROM patients WHERE ROWNUM < 10 OR a = 5", "Select * from patients where (~(ROWNUM, 10) | (a = 5))")]
    [InlineData("SELECT * FROM patients WHERE 10 >= ROWNUM ORDER BY x FETCH FIRST 5 ROWS ONLY", "Select * from patients where ~(10, ROWNUM) then(x) limit 5")]
    [InlineData("SELECT * FROM patients WHERE \"ROWNUM\" <= 10", "Select * from patients where ~(ROWNUM, 10)")]
    [InlineData("SELECT * FROM patients p WHERE p.rownum <= 10", "Select * from patients p where ~(p.rownum, 10)")]
    [InlineData("SELECT * FROM (SELECT * FROM patients ORDER BY id) WHERE ROWNUM <= 10", "Select * from {* from patients then(id)} where ~(ROWNUM, 10) limit 10")]
    [InlineData("SELECT count(*) FROM p FETCH FIRST 10 PERCENT ROWS ONLY", "Select count(*) from p limit")]
    [InlineData("SELECT * FROM p OFFSET 5 ROWS FETCH NEXT 10 ROWS WITH TIES", "Select * from p limit")]
    [InlineData("SELECT LEVEL, SYS_CONNECT_BY_PATH(name, '/'), PRIOR name, CONNECT_BY_ROOT id FROM p WHERE mrn = 5 START WITH id = 1 CONNECT BY PRIOR id = parent", "Select LEVEL, SYS_CONNECT_BY_PATH(name, '/'), ~(name), ~(id) from p where ~((mrn = 5)) then((id = 1), (~(id) = parent))")]
    [InlineData("SELECT LISTAGG(name, ',' ON OVERFLOW TRUNCATE '...' WITH COUNT) WITHIN GROUP (ORDER BY name) FROM p", "Select LISTAGG(name, ',')(name) from p")]
    [InlineData("SELECT XMLAGG(XMLELEMENT(\"x\", name) ORDER BY id) FROM p", "Select XMLAGG(XMLELEMENT(x, name))(id) from p")]
    [InlineData("SELECT XMLELEMENT(NAME \"x\", name), XMLFOREST(a AS \"b\", c) FROM p", "Select XMLELEMENT(x, name), XMLFOREST(a, c) from p")]
    [InlineData("SELECT JSON_ARRAYAGG(JSON_OBJECT(KEY 'a' VALUE name, 'b' : c ABSENT ON NULL) ORDER BY id NULL ON NULL RETURNING CLOB) FROM p", "Select JSON_ARRAYAGG(JSON_OBJECT('a', name, 'b', c))(id) from p")]
    [InlineData("SELECT JSON_VALUE(doc, '$.a' RETURNING NUMBER DEFAULT 0 ON ERROR) FROM p", "Select JSON_VALUE(doc, '$.a')(0) from p")]
    [InlineData("SELECT q'[it's]', nq'{x}', q'!a'b!', N'x' FROM dual", "Select 'it's', 'x', 'a'b', 'x' from dual")]
    [InlineData("SELECT /*+ FULL(p) */ * FROM p", "Select * from p")]
    [InlineData("SELECT * FROM a, b WHERE a.id = b.id(+) AND a.id = 5", "Select * from a, b where ((a.id = ~(b.id)) & (a.id = 5))")]
    [InlineData("SELECT * FROM patients@link x, TABLE(f(1)) t, TABLE(SELECT a FROM b) s", "Select * from link.patients x, f:f(1) t, f:table(Packed{a from b}) s")]
    [InlineData("SELECT * FROM p AS OF TIMESTAMP (SYSTIMESTAMP - INTERVAL '1' HOUR) x SAMPLE (5) WHERE x.id = :1", "Select * from p x where (x.id = ?)")]
    [InlineData("SELECT a FROM p MINUS SELECT b FROM q", "Select {a from p} + {b from q}")]
    [InlineData("BEGIN EXECUTE IMMEDIATE 'x'; END;", "Do!")]
    [InlineData("DECLARE x NUMBER; BEGIN NULL; END;", "Do!")]
    [InlineData("MERGE INTO t d USING (SELECT * FROM s) s ON (d.id = s.id) WHEN MATCHED THEN UPDATE SET d.a = s.a WHERE s.x = 1 DELETE WHERE d.y = 2 WHEN NOT MATCHED THEN INSERT (id, a) VALUES (s.id, s.a)", "Merge Merge t d(a, id, a) values(s.a, (s.x = 1), (d.y = 2), s.id, s.a) from {* from s} s where (d.id = s.id)")]
    [InlineData("UPDATE t SET (a, b) = (SELECT x, y FROM z) WHERE id = 5 RETURNING a INTO :x", "Update Update t(a, b) values(Value{x, y from z}) where (id = 5) returning(a)")]
    [InlineData("DELETE t WHERE id = 5", "Delete Delete t where (id = 5)")]
    [InlineData("INSERT ALL INTO a VALUES (1) INTO b VALUES (2) SELECT * FROM p", "Insert!")]
    [InlineData("CREATE SYNONYM x FOR patients; CREATE PUBLIC SYNONYM y FOR s.p; ALTER TABLE p EXCHANGE PARTITION a WITH TABLE q", "Ddl+ tables(x, patients); Ddl+ tables(y, s.p); Ddl+ tables(p, q)")]
    [InlineData("CREATE GLOBAL TEMPORARY TABLE x ON COMMIT PRESERVE ROWS AS SELECT * FROM p; CREATE MATERIALIZED VIEW v AS SELECT * FROM p; ALTER SESSION SET CURRENT_SCHEMA = x", "Insert names x tables(x) * from p; Ddl names v tables(v) * from p; Set+")]
    [InlineData("SELECT MAX(a) KEEP (DENSE_RANK LAST ORDER BY b) OVER (PARTITION BY c), FIRST_VALUE(a IGNORE NULLS) OVER (ORDER BY b), NTH_VALUE(a, 2) FROM LAST OVER (ORDER BY b) FROM p GROUP BY GROUPING SETS ((a, b), ROLLUP (c, d), ())", "Select MAX(a)(b, c) over, FIRST_VALUE(a)(b) over, NTH_VALUE(a, 2)(b) over from p group a, b, c, d")]
    [InlineData("SELECT a FROM last", "Select a from last")]
    [InlineData("SELECT f(a) FROM first WHERE 1 = 1", "Select f(a) from first where (1 = 1)")]
    [InlineData("SELECT * FROM p WHERE mrn = ANY (1, 2, 3) AND x = CAST(MULTISET(SELECT a FROM b) AS t)", "Select * from p where ((mrn in 1, 2, 3) & (x = Packed{a from b}::t))")]
    [InlineData("SELECT CURSOR(SELECT name FROM p) FROM dual", "Select CURSOR(Packed{name from p}) from dual")]
    [InlineData("SELECT EXTRACT(YEAR FROM d), TRIM(BOTH 'x' FROM y), SUBSTR(a, 1, 2), TO_CHAR(SYSDATE, 'YYYY') FROM dual", "Select EXTRACT(YEAR, d), TRIM('x', y), SUBSTR(a, 1, 2), TO_CHAR(SYSDATE(), 'YYYY') from dual")]
    [InlineData("EXPLAIN PLAN SET STATEMENT_ID = 'x' INTO t FOR SELECT * FROM p", "Explain")]
    [InlineData("SELECT * FROM p WHERE mrn = 'x' FOR UPDATE OF p.a NOWAIT", "Select * from p where (mrn = 'x')")]
    [InlineData("SELECT t.x.y.z, f(x).y FROM t", "Select t.x.y.z, ~(f(x)) from t")]
    [InlineData("SELECT DISTINCT name FROM p WHERE name IN (SELECT n FROM q WHERE ROWNUM = 1)", "Select distinct name from p where name Member{n from q where (ROWNUM = 1) limit 1}")]
    [InlineData("GRANT SELECT, INSERT ON s.p TO u; REVOKE DBA FROM u; COMMENT ON COLUMN s.p.a IS 'x'; COMMENT ON TABLE p IS 'y'", "Grant tables(s.p); Grant; Ddl tables(s.p); Ddl tables(p)")]
    [InlineData("LOCK TABLE p IN EXCLUSIVE MODE; RENAME p TO q; TRUNCATE TABLE p; DROP TABLE p PURGE", "Other tables(p); Ddl+ tables(p, q); Truncate tables(p); Ddl tables(p)")]
    [InlineData("SELECT * FROM p WHERE ROWNUM BETWEEN 1 AND 10 AND (ROWNUM < 5)", "Select * from p where (~(ROWNUM, 1, 10) & ~(ROWNUM, 5)) limit 4")]
    [InlineData("CREATE OR REPLACE FUNCTION f RETURN NUMBER IS BEGIN RETURN 1; END;", "Ddl!")]
    [InlineData("SELECT COUNT(*) OVER () FROM p, LATERAL (SELECT 1 FROM q WHERE q.a = p.a) x CROSS APPLY (SELECT 2 FROM r) y OUTER APPLY f(p.a) z", "Select COUNT(*) over from p, [[lateral {1 from q where (q.a = p.a)} x Inner lateral {2 from r} y] Left f:f(p.a) z]")]
    [InlineData("SELECT d.name, COUNT(*) FROM visits v JOIN dept d ON d.id = v.dept WHERE v.day >= TRUNC(SYSDATE) - 7 GROUP BY d.name ORDER BY 2 DESC", "Select d.name, COUNT(*) from [visits v Inner dept d on (d.id = v.dept)] where ~(v.day, ~(TRUNC(SYSDATE()), 7)) group d.name then(2)")]
    [InlineData("SELECT owner, table_name FROM all_tables WHERE owner = USER AND ROWNUM <= 100", "Select owner, table_name from all_tables where ((owner = USER) & ~(ROWNUM, 100)) limit 100")]
    public void Read_Statement_HasItsTree(string text, string tree) => Assert.Equal(tree, TreeText.Of(_reader.Read(text)));

    [Theory]
    [InlineData("SELECT * FROM p MODEL DIMENSION BY (a) MEASURES (b) RULES ()")]
    [InlineData("SELECT * FROM p MATCH_RECOGNIZE (x)")]
    [InlineData("SELECT * FROM t; /")]
    [InlineData("SELECT 1from dual")]
    [InlineData("SELECT * FROM p PIVOT (MAX(a) FOR b IN (1, 2))")]
    [InlineData("SELECT f@link(1) FROM dual")]
    public void Read_WhatCannotBeMapped_IsUnreadable(string text) => Assert.NotNull(_reader.Read(text).Problem);
}
