using Chaperone.Policy.Sql.TSql;

namespace Chaperone.Policy.Tests.Sql.TSql;

public sealed class TSqlQueryTests
{
    [Theory]
    [InlineData("SELECT * FROM dbo.patients p WHERE p.mrn = '7' AND (ward = 3 OR name LIKE 'a%')", "[out * from dbo.patients as p where and(p.mrn='7', or(ward=3, other(name, 'a%')))]")]
    [InlineData("SELECT 1 WHERE 1 = 1 OR 2 = 2 AND 3 = 3", "[out 1 where or(1=1, and(2=2, 3=3))]")]
    [InlineData("SELECT 1 FROM t WHERE a IS NOT DISTINCT FROM 5 AND b IS DISTINCT FROM 6 AND NOT c = 7 AND d IS NULL AND e BETWEEN 1 AND 2", "[out 1 from t where and(a=5, other(b, 6), other(c=7), other(d), other(e, 1, 2))]")]
    [InlineData("SELECT 1 FROM t WHERE a IN (1, -2, N'x', @p, NULL) AND b NOT IN (1)", "[out 1 from t where and(in(a: 1, -2, 'x', ?, NULL), other(b, 1))]")]
    [InlineData("SELECT 1 FROM t WHERE a IN (SELECT d FROM e) AND b NOT IN (SELECT f FROM g) AND EXISTS (SELECT 1 FROM z)", "[out 1 from t where and(member(a: [out d from e]), compared(b: [out f from g]), exists([out 1 from z]))]")]
    [InlineData("SELECT 1 FROM t WHERE f = ANY (SELECT 1) AND g = SOME (SELECT 2) AND h > ALL (SELECT 3) AND i <> ANY (SELECT 4)", "[out 1 from t where and(member(f: [out 1]), member(g: [out 2]), compared(h: [out 3]), compared(i: [out 4]))]")]
    [InlineData("SELECT * FROM t WHERE (id) = ((5)) AND a = (SELECT b FROM c)", "[out * from t where and(id=5, a=value([out b from c]))]")]
    [InlineData("SELECT * FROM t WHERE mrn = '7' COLLATE Latin1_General_CI_AI AND ssn COLLATE Latin1_General_BIN = '8'", "[out * from t where and(mrn=other('7'), other(ssn)='8')]")]
    [InlineData("SELECT * FROM t WHERE CONTAINS(name, 'x') AND FREETEXT(*, 'y') AND REGEXP_LIKE(a, 'x')", "[out * from t where and(contains(name, 'x'), freetext(*, 'y'), regexp_like(a, 'x'))]")]
    public void Condition_IsRead(string sql, string tree) => Assert.Equal("select " + tree, Read(sql));

    [Theory]
    [InlineData("SELECT name AS 'x', y = ssn, z, p.* FROM p", "[out name as x, ssn as y, z, p.* from p]")]
    [InlineData("SELECT a + b - c, -a, -5, +5, -(5), ~a FROM t", "[out other(a, b, c), other(a), -5, 5, -5, other(a) from t]")]
    [InlineData("SELECT 'it''s', N'x', 0xAB, 1.5, 1e3, {d '2020-01-01'}, @@VERSION", "[out 'it's', 'x', '0xAB', 1.5, 1e3, '2020-01-01', @@VERSION()]")]
    [InlineData("SELECT CAST(a AS varchar(1)), CONVERT(NVARCHAR(MAX), b, 120), TRY_CAST(c AS dbo.T), TRY_CONVERT(decimal(10,2), d), CAST(e AS xml)", "[out cast(a: varchar(1)), cast(b: nvarchar(max)), cast(c: dbo.t), cast(d: decimal(10,2)), cast(e: xml)]")]
    [InlineData("SELECT CONVERT(int, a, (SELECT 1 FROM b)), PARSE(f AS date USING 'en')", "[out other(cast(a: int), value([out 1 from b])), cast(f: date)]")]
    [InlineData("SELECT CASE a WHEN 1 THEN b ELSE c END, IIF(a = 1, b, c), COALESCE(a, b), NULLIF(a, b), CASE WHEN a = 1 THEN 2 END FROM t", "[out other(a, 1, b, c), other(a=1, b, c), coalesce(a, b), nullif(a, b), other(a=1, 2) from t]")]
    [InlineData("SELECT NEXT VALUE FOR dbo.s, CURRENT_TIMESTAMP, CURRENT_USER, {fn NOW()}, LEFT(a, 1), RIGHT(b, 2), a AT TIME ZONE 'UTC'", "[out next_value_for(), current_timestamp(), current_user(), NOW(), left(a, 1), right(b, 2), timezone(a, 'UTC')]")]
    [InlineData("SELECT ROW_NUMBER() OVER (PARTITION BY a ORDER BY (SELECT 1 FROM b)) FROM t", "[out ROW_NUMBER() over(a, value([out 1 from b])) from t]")]
    [InlineData("SELECT SUM(x) OVER w FROM t WINDOW w AS (PARTITION BY y)", "[out SUM(x) over from t others y]")]
    [InlineData("SELECT STRING_AGG(name, ',') WITHIN GROUP (ORDER BY id) FROM patients", "[out STRING_AGG(name, ',')(id) from patients]")]
    [InlineData("SELECT JSON_OBJECT('a': name), JSON_ARRAYAGG(name ORDER BY id), JSON_OBJECTAGG(a: b) FROM t", "[out JSON_OBJECT(other('a', name)), JSON_ARRAYAGG(name)(id), JSON_OBJECTAGG(other(a, b)) from t]")]
    [InlineData("SELECT a.value('(/x)[1]', 'int'), t.a.query('x'), @x.value('y', 'int'), dbo.f(1) FROM t", "[out a.value('(/x)[1]', 'int')(a), t.a.query('x')(t.a), value(?, 'y', 'int'), dbo.f(1) from t]")]
    [InlineData("SELECT COUNT(*), COUNT(DISTINCT name) FROM patients GROUP BY ROLLUP(ward), GROUPING SETS((a, b), ()) HAVING COUNT(*) > (SELECT 1)", "[out COUNT(*), COUNT(name) from patients group(ward, a, b) others other(COUNT(*), value([out 1]))]")]
    [InlineData("SELECT DISTINCT name FROM patients ORDER BY (SELECT name FROM x)", "[distinct name from patients others value([out name from x])]")]
    [InlineData("SELECT $IDENTITY FROM t", "[out $identity from t]")]
    public void Output_IsRead(string sql, string tree) => Assert.Equal("select " + tree, Read(sql));

    [Theory]
    [InlineData("SELECT TOP 10 name FROM t", "[out name from t limit 10]")]
    [InlineData("SELECT TOP (10) PERCENT name FROM t", "[out name from t limit open limits 10]")]
    [InlineData("SELECT TOP (10) WITH TIES name FROM t ORDER BY name", "[out name from t others name limit open limits 10]")]
    [InlineData("SELECT TOP (@n) name FROM t", "[out name from t limit open limits ?]")]
    [InlineData("SELECT TOP (5 + 5) name FROM t", "[out name from t limit open limits other(5, 5)]")]
    [InlineData("SELECT TOP (SELECT MAX(x) FROM y) name FROM t", "[out name from t limit open limits value([out MAX(x) from y])]")]
    [InlineData("SELECT name FROM t ORDER BY id OFFSET 0 ROWS FETCH NEXT 10 ROWS ONLY", "[out name from t others id limit 10]")]
    [InlineData("SELECT name FROM t ORDER BY id OFFSET 10 ROWS", "[out name from t others id]")]
    [InlineData("SELECT name FROM t ORDER BY id OFFSET @o ROWS FETCH NEXT @n ROWS ONLY", "[out name from t others id limit open limits ?, ?]")]
    [InlineData("SELECT a FROM b UNION ALL SELECT c FROM d ORDER BY a OFFSET 0 ROWS FETCH FIRST 3 ROWS ONLY", "[([out a from b] | [out c from d]) others a limit 3]")]
    [InlineData("(SELECT TOP 5 * FROM a) UNION (SELECT * FROM b)", "[([out * from a limit 5] | [out * from b])]")]
    [InlineData("(SELECT a FROM b) ORDER BY a OFFSET 0 ROWS FETCH NEXT 2 ROWS ONLY", "[out * from [out a from b] others a limit 2]")]
    [InlineData("SELECT name FROM t TABLESAMPLE (10 ROWS) WITH (NOLOCK) OPTION (FAST 1)", "[out name from t]")]
    [InlineData("SELECT name FROM patients FOR XML PATH('')", "[out name from patients packed]")]
    [InlineData("SELECT TOP 1 (SELECT name FROM patients FOR JSON AUTO) AS x", "[out value([out name from patients packed]) as x limit 1]")]
    [InlineData("SELECT @x = name FROM patients", "[out name from patients]")]
    [InlineData("SELECT @s = @s + name FROM patients", "[out other(other(), name) from patients packed]")]
    [InlineData("SELECT @s = CONCAT(@S, name) FROM patients", "[out CONCAT(other(), name) from patients packed]")]
    [InlineData("SELECT @s += name FROM patients", "[out name from patients packed]")]
    [InlineData("SELECT @a = @b + name, @b = @a FROM patients", "[out other(other(), name), other() from patients packed]")]
    public void Rows_AreBoundedAsWritten(string sql, string tree) => Assert.Equal("select " + tree, Read(sql));

    [Theory]
    [InlineData("SELECT * FROM srv.db.dbo.p, db..q, ..r, tempdb..#t, ##u, @v", "[out * from srv.db.dbo.p, db..q, r, local tempdb..#t, local ##u, local @v]")]
    [InlineData("SELECT * FROM a, b RIGHT JOIN c ON 1 = 1 FULL JOIN d ON 2 = 2", "[out * from a, ((b right c on 1=1) full d on 2=2)]")]
    [InlineData("SELECT * FROM (a JOIN b ON a.x = b.x) LEFT JOIN (c CROSS JOIN d) ON a.x = c.x", "[out * from ((a inner b on a.x=b.x) left (c inner d) on a.x=c.x)]")]
    [InlineData("SELECT * FROM a CROSS APPLY (SELECT TOP 1 * FROM b WHERE b.x = a.x) c OUTER APPLY dbo.f(a.id) d(x, y)", "[out * from ((a inner lateral [out * from b where b.x=a.x limit 1] as c) left functions(dbo.f(a.id)) as d(x, y))]")]
    [InlineData("SELECT * FROM (SELECT ward, sex FROM p) s PIVOT (COUNT(sex) FOR sex IN ([M], [F])) q", "[out * from [out *, other(COUNT(sex) over, sex) as M, other(COUNT(sex) over, sex) as F from [out ward, sex from p] as s] as q]")]
    [InlineData("SELECT * FROM p UNPIVOT (v FOR k IN (name, ssn)) u", "[out * from [out *, other(name, ssn) as v, other() as k from p] as u]")]
    [InlineData("SELECT * FROM OPENQUERY(srv, 'select 1') b", "[out * from functions(openquery('select 1')) as b]")]
    [InlineData("SELECT * FROM OPENROWSET('x', 'y';'u';'p', clinic.dbo.patients) a, OPENDATASOURCE('a', 'b').db.dbo.t c", "[out * from functions(openrowset('x', 'y', 'u', 'p', compared([out * from clinic.dbo.patients]))) as a, functions(opendatasource('a', 'b', compared([out * from db.dbo.t]))) as c]")]
    [InlineData("SELECT * FROM OPENROWSET(BULK 'C:\\x', SINGLE_CLOB) d", "[out * from functions(openrowset('C:\\x')) as d]")]
    [InlineData("SELECT * FROM OPENJSON((SELECT a FROM b), '$.x') WITH (id int '$.id') j, OPENXML(@h, '/a', 1) x", "[out * from functions(openjson(value([out a from b]), '$.x', '$.id')) as j, functions(openxml(?, '/a', 1)) as x]")]
    [InlineData("SELECT * FROM STRING_SPLIT(@s, ',') s, GENERATE_SERIES(1, 10) g, @x.nodes('/a') n(c)", "[out * from functions(STRING_SPLIT(?, ',')) as s, functions(GENERATE_SERIES(1, 10)) as g, functions(nodes(?, '/a')) as n(c)]")]
    [InlineData("SELECT * FROM CONTAINSTABLE(patients, (name), 'smith', 10) k, FREETEXTTABLE(patients, *, 'x') f", "[out * from [out *, containstable(name, 'smith', 10) from patients limit 10] as k, [out *, freetexttable(*, 'x') from patients] as f]")]
    [InlineData("SELECT * FROM CHANGETABLE(CHANGES patients, 0) c", "[out * from [out *, changetable(0) from patients] as c]")]
    [InlineData("SELECT * FROM VECTOR_SEARCH(TABLE = patients AS t, COLUMN = e, SIMILAR_TO = @v, METRIC = 'cosine', TOP_N = 3) AS s", "[out * from (patients as t inner functions(vector_search(compared([out * from patients as t]), e, ?, 'cosine', 3)) as s)]")]
    [InlineData("SELECT * FROM PREDICT(MODEL = @m, DATA = dbo.patients AS d) WITH (score float) AS p", "[out * from (dbo.patients as d inner functions(predict(?, compared([out * from dbo.patients as d]))) as p)]")]
    [InlineData("SELECT * FROM (VALUES (1, 'a'), (2, 'b')) v(id, name), (VALUES (3)) w(x)", "[out * from [out other(1, 2), other('a', 'b') rows 2] as v(id, name), [out 3 rows 1] as w(x)]")]
    [InlineData("SELECT * FROM {oj a LEFT OUTER JOIN b ON a.x = b.x}", "[out * from (a left b on a.x=b.x)]")]
    [InlineData("WITH c(a) AS (SELECT 1 UNION ALL SELECT a + 1 FROM c) SELECT * FROM c", "[with recursive c(a) [([out 1] | [out other(a, 1) from c])] out * from c]")]
    [InlineData("WITH patients AS (SELECT * FROM patients) SELECT * FROM patients", "[with patients [out * from patients] out * from patients]")]
    [InlineData("WITH c AS (SELECT * FROM dbo.c UNION ALL SELECT 1) SELECT * FROM c", "[with c [([out * from dbo.c] | [out 1])] out * from c]")]
    public void From_IsRead(string sql, string tree) => Assert.Equal("select " + tree, Read(sql));

    internal static string Read(string sql) => TreeText.Of(new TSqlReader().Read(sql));
}
