using System.Text.Json;
using Chaperone.Contracts;
using Chaperone.Policy.Deciding;

namespace Chaperone.Policy.Tests.Sql;

/// <summary>Rules that speak of the SQL that a call carries. Attack: SQL that the rules do not see, or see as something else.</summary>
public sealed class SqlRuleTests
{
    private const string Head =
        """
        version: 1
        roles: { analyst: { groups: [analysts] }, dba: { groups: [dbas] } }
        servers:
          db:
            url: http://127.0.0.1:7101/mcp
            sql:
              dialect: postgresql
              arguments: { query: sql, "run_*": ["statements[*]", batch.text] }
              rows: 20
              phi: { patients: { key: [patient_id, mrn] }, "ehr.*": { key: patient_id, rows: 5 } }
              functions: [age_group]
        rules:

        """;

    private static readonly PolicyEngine Analyst = Engine(
        "{ name: reads, match: { role: analyst, server: db, tool: query, sql: { kind: [select, explain, show] } }, effect: allow }",
        "{ name: bulk, match: { server: db, sql: { bulk: true } }, effect: deny, reason: Name the patients or take fewer rows. }",
        "{ name: secrets, match: { server: db, sql: { table: [secrets, \"vault.*\"] } }, effect: deny }",
        "{ name: no-ssn, match: { server: db, sql: { column: ssn } }, effect: deny }",
        "{ name: files, match: { server: db, sql: { function: [\"pg_read*\", copy_program] } }, effect: deny }");

    private static readonly PolicyEngine Dba = Engine(
        "{ name: all, match: { role: dba, server: db, tool: [query, \"run_*\"] }, effect: allow }",
        "{ name: unbounded-writes, match: { server: db, sql: { kind: [update, delete], where: false } }, effect: deny }",
        "{ name: definitions, match: { server: db, sql: { kind: [ddl, grant, truncate] } }, effect: approve, approval: { role: dba } }",
        "{ name: one-at-a-time, match: { server: db, tool: query, sql: { several: true } }, effect: deny }",
        "{ name: hidden-writes, match: { server: db, sql: { writes-in-with: true } }, effect: deny }");

    [Theory]
    [InlineData("SELECT ward, count(*) FROM patients GROUP BY ward", "reads")]
    [InlineData("SELECT patient_id, name FROM patients WHERE mrn = 'A1'", "reads")]
    [InlineData("EXPLAIN SELECT name FROM patients", "reads")]
    [InlineData("SHOW server_version", "reads")]
    [InlineData("SELECT age_group(age), count(*) FROM patients GROUP BY 1", "reads")]
    public void Decide_HarmlessSql_IsAllowed(string sql, string rule) => Expect(Analyst, "query", Arguments(sql), CallEffect.Allow, rule, "analysts");

    [Theory]
    [InlineData("SELECT name FROM patients", "bulk")]
    [InlineData("SELECT * FROM patients WHERE mrn = 'A1'", "no-ssn")]
    [InlineData("SELECT name FROM ehr.labs LIMIT 6", "bulk")]
    [InlineData("SELECT 1 FROM secrets", "secrets")]
    [InlineData("SELECT 1 FROM public.\"Secrets\"", "secrets")]
    [InlineData("WITH secrets AS (SELECT 1 AS a) SELECT a FROM secrets", "reads")]
    [InlineData("WITH x AS (SELECT 1 FROM vault.keys) SELECT 2 FROM x", "secrets")]
    [InlineData("SELECT 1 WHERE EXISTS (SELECT 1 FROM secrets)", "secrets")]
    [InlineData("SELECT S\"sn\" FROM wards", "reads")]
    [InlineData("SELECT \"ssn\" FROM wards", "no-ssn")]
    [InlineData("SELECT p.a FROM wards AS p(a, b)", "no-ssn")]
    [InlineData("SELECT w FROM wards w", "no-ssn")]
    [InlineData("SELECT pg_read_file('x')", "bulk")]
    [InlineData("DELETE FROM wards WHERE id = 1", "default-deny")]
    [InlineData("SELECT 1; DELETE FROM wards WHERE id = 1", "default-deny")]
    [InlineData("WITH x AS (DELETE FROM wards WHERE id = 1 RETURNING id) SELECT id FROM x", "default-deny")]
    [InlineData("SELECT id INTO copy FROM wards", "default-deny")]
    [InlineData("SELECT unknown_function()", "bulk")]
    [InlineData("EXPLAIN ANALYZE DELETE FROM wards WHERE id = 1", "default-deny")]
    [InlineData("", "default-deny")]
    [InlineData("-- nothing", "default-deny")]
    [InlineData("SELEC 1", "bulk")]
    [InlineData("SELECT 1\0; DROP TABLE patients", "bulk")]
    public void Decide_OtherSql_IsRefused(string sql, string rule) =>
        Expect(Analyst, "query", Arguments(sql), rule == "reads" ? CallEffect.Allow : CallEffect.Deny, rule, "analysts");

    [Theory]
    [InlineData("UPDATE wards SET a = 1", CallEffect.Deny, "unbounded-writes")]
    [InlineData("update wards set a = 1 where id = 1", CallEffect.Allow, "all")]
    [InlineData("WITH x AS (DELETE FROM wards) SELECT 1", CallEffect.Deny, "hidden-writes")]
    [InlineData("DROP TABLE wards", CallEffect.Hold, "definitions")]
    [InlineData("/**/TRUNCATE wards", CallEffect.Hold, "definitions")]
    [InlineData("GRANT ALL ON wards TO x", CallEffect.Hold, "definitions")]
    [InlineData("SELECT 1; SELECT 2", CallEffect.Deny, "one-at-a-time")]
    [InlineData("DO $$ BEGIN DELETE FROM wards; END $$", CallEffect.Hold, "definitions")]
    [InlineData("SELECT drop_everything()", CallEffect.Hold, "definitions")]
    [InlineData("SELECT 1", CallEffect.Allow, "all")]
    public void Decide_ForTheAdministrator_SeesWhatStatementsDo(string sql, CallEffect effect, string rule) => Expect(Dba, "query", Arguments(sql), effect, rule, "dbas");

    [Theory]
    [InlineData("query", """{"SQL":"DROP TABLE wards"}""", CallEffect.Hold)]
    [InlineData("query", """{"sql":"SELECT 1","Sql":"DROP TABLE wards"}""", CallEffect.Deny)]
    [InlineData("query", """{"sql":["DROP TABLE wards"]}""", CallEffect.Deny)]
    [InlineData("query", """{"sql":{"text":"DROP TABLE wards"}}""", CallEffect.Deny)]
    [InlineData("query", """{"sql":null}""", CallEffect.Deny)]
    [InlineData("query", """{"sql":1}""", CallEffect.Deny)]
    [InlineData("query", "{}", CallEffect.Deny)]
    [InlineData("query", null, CallEffect.Deny)]
    [InlineData("query", """{"sql":"\u0044ROP TABLE wards"}""", CallEffect.Hold)]
    [InlineData("run_batch", """{"statements":["SELECT 1","DROP TABLE wards"]}""", CallEffect.Hold)]
    [InlineData("run_batch", """{"statements":["SELECT 1","SELECT 2"]}""", CallEffect.Allow)]
    [InlineData("run_batch", """{"statements":["SELECT 1"],"batch":{"text":"DROP TABLE wards"}}""", CallEffect.Hold)]
    [InlineData("run_batch", """{"batch":{"text":"SELECT 1"}}""", CallEffect.Allow)]
    [InlineData("run_batch", """{"batch":"DROP TABLE wards"}""", CallEffect.Deny)]
    public void Decide_WhereverTheSqlIs_FindsIt(string tool, string? arguments, CallEffect effect) =>
        Assert.Equal(effect, Dba.Decide(Call(tool, "dbas"), arguments).Decision.Effect);

    [Fact]
    public void Decide_ToolWithoutSql_IsNotSpokenOf()
    {
        var engine = Engine(
            "{ name: all, match: { role: dba, server: db, tool: \"*\" }, effect: allow }",
            "{ name: bulk, match: { server: db, sql: { bulk: true } }, effect: deny }",
            "{ name: sql-only, match: { role: analyst, server: db, tool: \"*\", sql: { bulk: false } }, effect: allow }");

        Expect(engine, "ping", """{"sql":"SELECT * FROM patients"}""", CallEffect.Allow, "all", "dbas");
        Expect(engine, "ping", """{"sql":"SELECT 1"}""", CallEffect.Deny, "default-deny", "analysts");
    }

    [Theory]
    [InlineData("sql: { kind: selekt }", "kind")]
    [InlineData("sql: { bulk: yes please }", "bulk")]
    [InlineData("sql: {}", "sql")]
    [InlineData("sql: { tabel: x }", "tabel")]
    [InlineData("sql: { table: \"a b\" }", "table")]
    public void Read_WrongCondition_NamesTheKey(string match, string key)
    {
        var reading = PolicyText.Read(Head + $"  - {{ name: x, match: {{ server: db, {match} }}, effect: deny }}\n");

        Assert.Null(reading.Document);
        Assert.Contains(reading.Problems, p => p.ToString().Contains(key, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_SqlForAServerThatTakesNone_IsAProblem()
    {
        var reading = PolicyText.Read(PolicyText.Head + "  - { name: x, match: { server: clinic, sql: { bulk: true } }, effect: deny }\n");

        Assert.Contains(reading.Problems, p => p.ToString().Contains("no server that it matches takes any", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("dialect: postgres", "dialect")]
    [InlineData("dialect: postgresql", "arguments")]
    [InlineData("dialect: postgresql, arguments: { query: \"[\" }", "arguments.query")]
    [InlineData("dialect: postgresql, arguments: { query: sql }, phi: { patients: { rows: -1 } }", "phi.patients.rows")]
    [InlineData("dialect: postgresql, arguments: { query: sql }, phi: { patients: { keys: id } }", "phi.patients.keys")]
    public void Read_WrongTerms_NamesTheKey(string terms, string key)
    {
        var reading = PolicyText.Read($$"""
            version: 1
            servers: { db: { url: "http://127.0.0.1:1/mcp", sql: { {{terms}} } } }
            rules: []
            """);

        Assert.Contains(reading.Problems, p => p.ToString().Contains($"servers.db.sql.{key}", StringComparison.Ordinal));
    }

    private static PolicyEngine Engine(params string[] rules) => new(PolicyText.Document(Head + string.Concat(rules.Select(r => $"  - {r}\n"))));

    private static CallFacts Call(string tool, string group) => PolicyText.Call("tools/call", tool, "db", groups: group);

    private static string Arguments(string sql) => JsonSerializer.Serialize(new { sql });

    private static void Expect(PolicyEngine engine, string tool, string arguments, CallEffect effect, string rule, string group)
    {
        var decision = engine.Decide(Call(tool, group), arguments).Decision;

        Assert.Equal((effect, rule), (decision.Effect, decision.Rule));
    }
}
