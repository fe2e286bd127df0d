using Chaperone.Policy.Sql;
using Chaperone.Policy.Sql.Plain;

namespace Chaperone.Policy.Tests.Sql.Plain;

/// <summary>SQLite: names in double quotes that may be strings, strings that may be names, conflicts.</summary>
public sealed class SqliteTests
{
    private readonly PlainSqlReader _reader = new(SqlDialect.Sqlite);

    [Theory]
    [InlineData("SELECT * FROM notes WHERE \"mrn\" = 'mrn'", "Select * from notes where ~(mrn, 'mrn')")]
    [InlineData("SELECT * FROM notes WHERE \"mrn\" = 'A5'", "Select * from notes where (mrn = 'A5')")]
    [InlineData("SELECT * FROM notes WHERE \"mrn\" = \"mrn\"", "Select * from notes where ~(mrn, mrn)")]
    [InlineData("SELECT * FROM notes n WHERE n.\"mrn\" = 'mrn' AND [id] = 5 AND \"mrn\" IN ('a', 'MRN')", "Select * from notes n where ((n.mrn = 'mrn') & (id = 5) & ~(mrn, 'a', 'MRN'))")]
    [InlineData("SELECT * FROM 'patients'", "Select * from patients")]
    [InlineData("SELECT p.'name' FROM main.patients p INDEXED BY i WHERE a COLLATE NOCASE = 'x'", "Select p.name from main.patients p where (a = 'x')")]
    [InlineData("SELECT * FROM t NOT INDEXED WHERE id IN patients OR x NOT NULL OR y ISNULL OR z IS 5 OR a GLOB 'x*' OR t MATCH 'y'", "Select * from t where (id Member{* from patients} | ~(x) | ~(y) | ~(z, 5) | ~(a, 'x*') | ~(t, 'y'))")]
    [InlineData("SELECT json_group_array(name) FILTER (WHERE a = 1) FROM p", "Select json_group_array(name)((a = 1)) from p")]
    [InlineData("INSERT OR REPLACE INTO t AS x (a) VALUES (1) ON CONFLICT (a) DO UPDATE SET b = excluded.b WHERE b > 1 RETURNING *", "Merge Merge t x(a, b) values(a, excluded.b, ~(b, 1)) source {values 1 1} returning(*)")]
    [InlineData("INSERT INTO t DEFAULT VALUES", "Insert Insert t")]
    [InlineData("UPDATE OR IGNORE t SET a = 1 FROM b WHERE t.id = b.id RETURNING name", "Update Update t(a) values(1) from b where (t.id = b.id) returning(name)")]
    [InlineData("DELETE FROM t WHERE id = 1 RETURNING id, name AS n", "Delete Delete t where (id = 1) returning(id, name n)")]
    [InlineData("ATTACH DATABASE 'x.db' AS y; PRAGMA table_info(p); PRAGMA user_version = 5; VACUUM; VACUUM INTO 'x'; REINDEX; EXPLAIN QUERY PLAN SELECT * FROM p", "Other!+; Set; Set; Other; Other!; Other; Explain")]
    [InlineData("CREATE VIRTUAL TABLE x USING fts5(content=patients); SELECT 1", "Ddl!")]
    [InlineData("CREATE TEMP TABLE IF NOT EXISTS x AS SELECT * FROM p; CREATE VIEW v(a) AS SELECT name FROM p; CREATE INDEX i ON p (a)", "Insert names x tables(x) * from p; Ddl names v tables(v) name from p; Ddl tables(p)")]
    [InlineData("SELECT * FROM p LIMIT -1; SELECT * FROM p LIMIT 5 OFFSET 2; SELECT * FROM p LIMIT 2, 5; SELECT * FROM p LIMIT 1+1", "Select * from p limit; Select * from p limit 5; Select * from p limit 5; Select * from p limit(~(1, 1))")]
    [InlineData("WITH c AS (SELECT 1 UNION ALL SELECT n FROM c) SELECT * FROM c", "Select with c again {{1} + {n from c}} * from c")]
    [InlineData("VALUES (1, 2), (3, 4)", "Select values 2 ~(1, 3), ~(2, 4)")]
    [InlineData("SELECT * FROM p, json_each(p.doc) j WHERE j.value = ?1 AND x = @a AND y = $b", "Select * from p, f:json_each(p.doc) j where ((j.value = ?) & (x = ?) & (y = ?))")]
    [InlineData("SELECT a AS 'x', b 'y', \"c\" FROM t GROUP BY 1 HAVING count(*) > 1", "Select a x, b y, c from t group 1 then(~(count(*), 1))")]
    [InlineData("BEGIN IMMEDIATE; SAVEPOINT x; RELEASE x; END", "Transaction; Transaction; Transaction; Transaction")]
    [InlineData("SELECT X'4D', 1e3, .5, 0x10, a || b || 'c', -5, +a, ~b FROM t WHERE a == 5", "Select '4D', 1e3, .5, 0x10, ~(a, b, 'c'), -5, ~(a), ~(b) from t where (a = 5)")]
    [InlineData("SELECT count(*), max(a) FILTER (WHERE b > 1) FROM t WHERE (\"mrn\", 1) = ('x', 1)", "Select count(*), max(a)(~(b, 1)) from t where ~(<mrn, 1>, <'x', 1>)")]
    [InlineData("SELECT a FROM t ORDER BY b COLLATE NOCASE DESC NULLS LAST, c", "Select a from t then(b, c)")]
    [InlineData("ALTER TABLE p RENAME TO q; DROP TABLE p; ANALYZE; DETACH x", "Ddl+ tables(p, q); Ddl tables(p); Other; Other!")]
    [InlineData("SELECT * FROM sqlite_master WHERE type = 'table'", "Select * from sqlite_master where (type = 'table')")]
    [InlineData("CREATE TRIGGER t AFTER INSERT ON p BEGIN SELECT 1; END", "Ddl!")]
    [InlineData("EXPLAIN SELECT * FROM p", "Explain")]
    [InlineData("SELECT strftime('%Y', d) AS y, COUNT(*) FROM visits WHERE d > date('now', '-1 year') GROUP BY y", "Select strftime('%Y', d) y, COUNT(*) from visits where ~(d, date('now', '-1 year')) group y")]
    [InlineData("SELECT * FROM notes WHERE \"mrn\" IN (SELECT 'mrn') OR CAST(\"mrn\" AS TEXT) = 'mrn' OR \"mrn\" = ANY (SELECT 'mrn')", "Select * from notes where (mrn Compared{'mrn'} | ~(mrn::text, 'mrn') | mrn Compared{'mrn'})")]
    public void Read_Statement_HasItsTree(string text, string tree) => Assert.Equal(tree, TreeText.Of(_reader.Read(text)));
}
