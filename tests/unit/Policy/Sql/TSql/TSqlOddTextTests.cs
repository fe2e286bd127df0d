using Chaperone.Policy.Sql;
using Chaperone.Policy.Sql.TSql;
using FsCheck.Xunit;

namespace Chaperone.Policy.Tests.Sql.TSql;

/// <summary>Texts written to be read otherwise than the server reads them, to break the reader, or to keep it busy.</summary>
public sealed class TSqlOddTextTests
{
    private static readonly string[] Words =
    [
        "SELECT", "*", "FROM", "patients", "WHERE", "id", "=", "1", "(", ")", ",", "AND", "OR", "NOT", "UNION", "ALL", "WITH", "AS", "TOP", "@x", "'a'", "\"b\"",
        "[c]", "CASE", "WHEN", "THEN", "END", "BEGIN", "IF", "EXEC", "INSERT", "UPDATE", "SET", "DELETE", "MERGE", "JOIN", "ON", "APPLY", "CROSS", "IN", "EXISTS",
        "/*", "*/", "--", "\n", ";", ".", "#t", "CREATE", "VIEW", "GO", "FOR", "XML", "PATH", "CAST", "OVER", "OUTPUT", "INTO", "VALUES", "DBCC", "-", "+", "N'",
    ];

    [Theory]
    [InlineData("SELECT 1 /* a /* b */ FROM x */ FROM y", "select [out 1 from y]")]
    [InlineData("SELECT 1 -- FROM x\nFROM y", "select [out 1 from y]")]
    [InlineData("DE/**/LETE FROM x", "unreadable")]
    [InlineData("EXEC('SELECT 1 /* x */')", "call expressions exec('SELECT 1 /* x */') { select [out 1] }")]
    public void Comment_IsSeenAndPassedOver(string sql, string tree)
    {
        var script = new TSqlReader().Read(sql);

        Assert.Equal(tree, TreeText.Of(script));
        Assert.True(script.HasComments);
    }

    [Theory]
    [InlineData("SELECT '/* -- */' FROM t")]
    [InlineData("SELECT [--] FROM t")]
    public void Comment_InAName_IsNone(string sql) => Assert.False(new TSqlReader().Read(sql).HasComments);

    /// <summary>With QUOTED_IDENTIFIER off, <c>"mrn" = 'mrn'</c> is true of every row: what is quoted twice is neither key nor constant.</summary>
    [Theory]
    [InlineData("SELECT * FROM p WHERE \"mrn\" = 'mrn'", "select [out * from p where other(mrn)='mrn']")]
    [InlineData("SELECT * FROM p WHERE p.\"mrn\" = N'7' AND [id] = 5", "select [out * from p where and(p.mrn='7', id=5)]")]
    [InlineData("SELECT \"ssn\" FROM \"patients\" \"p\"", "select [out other(ssn) as ssn from patients as p]")]
    [InlineData("SET QUOTED_IDENTIFIER OFF; SELECT * FROM p WHERE mrn = \"mrn\"", "set; select [out * from p where mrn=other()]")]
    [InlineData("SET QUOTED_IDENTIFIER OFF; EXEC(\"SELECT 1\")", "set; call opaque expressions exec(other())")]
    [InlineData("EXEC(\"SELECT * FROM p\")", "unreadable")]
    [InlineData("EXEC sp_executesql \"SELECT * FROM p\"", "call opaque expressions sp_executesql(other())")]
    public void DoubleQuotes_MeanWhatIsSafeInBothModes(string sql, string tree) => Assert.Equal(tree, TSqlQueryTests.Read(sql));

    [Theory]
    [InlineData("SELECT * FROM [a]]b].[c.d]", "select [out * from a]b.c.d]")]
    [InlineData("select*from[patients]where[id]=5", "select [out * from patients where id=5]")]
    [InlineData("SELECT\r\n\t1\r\nFROM\tt", "select [out 1 from t]")]
    [InlineData("SELECT N'\uFF41\u200B', '\u02BC' FROM V\u00E5rdtillf\u00E4lle", "select [out '\uFF41\u200B', '\u02BC' from V\u00E5rdtillf\u00E4lle]")]
    [InlineData("SELECT temp AS [Temp \u00B0C] FROM t", "select [out temp as Temp \u00B0C from t]")]
    [InlineData("SELECT 'a\\\nb' FROM t", "select [out 'a\\\nb' from t]")]
    public void Text_OddButPlain_IsRead(string sql, string tree) => Assert.Equal(tree, TSqlQueryTests.Read(sql));

    /// <summary>Characters that a server takes for blanks, ends of line, nothing at all or other letters.</summary>
    [Theory]
    [InlineData("SELECT\u00A0* FROM patients")]
    [InlineData("SELECT\u3000* FROM patients")]
    [InlineData("SELECT\v* FROM patients")]
    [InlineData("SELECT * FROM patients --\r WHERE id = 5")]
    [InlineData("SELECT * FROM patients --\u2028 WHERE id = 5")]
    [InlineData("SELECT * FROM patients --\u0085 WHERE id = 5")]
    [InlineData("SELECT *\rFROM patients")]
    [InlineData("SELECT * FROM \uFF50atients")]
    [InlineData("SELECT * FROM [pati\u00ADents]")]
    [InlineData("SELECT * FROM [pati\u200Bents]")]
    [InlineData("SELECT * FROM [pati\0ents]")]
    [InlineData("SELECT * FROM [pati\\\nents]")]
    [InlineData("SELECT * FROM \"pati\u0301ents\"")]
    [InlineData("SELECT * FROM [patients\uD83D\uDE00]")]
    [InlineData("SELECT * FROM patient\u017F")]
    [InlineData("SELECT @\uFF58 FROM patients")]
    [InlineData("SELECT * FROM [patients ]")]
    [InlineData("SELECT * FROM dbo.\"patients \"")]
    [InlineData("DBCC SHOW_STATISTICS (N'\uFF50atients', ix)")]
    [InlineData("SELECT 1\0")]
    public void Character_ThatServersTakeForAnother_IsUnreadable(string sql) => Assert.Equal("unreadable", TSqlQueryTests.Read(sql));

    /// <summary>In a database that minds case, what looks like a common table or an alias can be another one.</summary>
    [Theory]
    [InlineData("WITH PATIENTS AS (SELECT 1 x) SELECT * FROM patients")]
    [InlineData("SELECT * FROM patients p JOIN x P ON 1 = 1 WHERE P.id = 5")]
    [InlineData("SELECT (SELECT MAX(name) FROM patients P WHERE p.id = 5) FROM x p")]
    [InlineData("WITH c AS (SELECT 1 a), C AS (SELECT 2 a) SELECT * FROM c")]
    public void Name_SpelledInTwoWays_IsUnreadable(string sql) => Assert.Equal("unreadable", TSqlQueryTests.Read(sql));

    [Theory]
    [InlineData("SELECT Patients.NAME FROM dbo.patients WHERE PATIENTS.id = 5", "select [out Patients.NAME from dbo.patients where PATIENTS.id=5]")]
    [InlineData("SELECT P.name FROM dbo.Patients p WHERE p.id IN (SELECT id FROM dbo.patients)", "select [out P.name from dbo.Patients as p where member(p.id: [out id from dbo.patients])]")]
    public void Name_OfADatabase_IsSpelledAsOneLikes(string sql, string tree) => Assert.Equal(tree, TSqlQueryTests.Read(sql));

    [Theory]
    [InlineData("SELECT * FRO secret-word")]
    [InlineData("SELECT 'secret-word")]
    [InlineData("SELECT 1 /* secret-word")]
    [InlineData("SELECT [secret-word")]
    [InlineData("SELECT secret-word FROM (VALUES (1), (2, 3)) v(secret)")]
    [InlineData("COPY patients TO STDOUT -- secret-word")]
    [InlineData("SELECT 1 LIMIT 5 secret-word")]
    public void Problem_HoldsNoWordOfTheText(string sql)
    {
        var problem = new TSqlReader().Read(sql).Problem;

        Assert.NotNull(problem);
        Assert.DoesNotContain("secret", problem, StringComparison.Ordinal);
    }

    /// <summary>The longest texts of each kind that the parser recurses into: read or refused, but never the end of the process.</summary>
    [Theory]
    [InlineData("SELECT ", "(", "1", ")")]
    [InlineData("SELECT ", "f(", "1", ")")]
    [InlineData("SELECT 1", "+1", "", "")]
    [InlineData("SELECT ", "- ", "1", "")]
    [InlineData("SELECT ", "~", "1", "")]
    [InlineData("SELECT 1 WHERE ", "NOT ", "1=1", "")]
    [InlineData("SELECT 1 WHERE 1=1", " OR 1=1", "", "")]
    [InlineData("SELECT 1 WHERE 1=1", " OR 1=1 AND 2=2", "", "")]
    [InlineData("SELECT 1 WHERE 1 IN (1", ",1", ")", "")]
    [InlineData("SELECT 1 WHERE ", "EXISTS (SELECT 1 WHERE ", "1=1", ")")]
    [InlineData("SELECT ", "CASE WHEN 1=1 THEN ", "1", " END")]
    [InlineData("SELECT 1", " UNION ALL SELECT 1", "", "")]
    [InlineData("SELECT 1 FROM a", " CROSS JOIN a", "", "")]
    [InlineData("SELECT 1 FROM a", " JOIN a", "", " ON 1=1")]
    [InlineData("SELECT 1 FROM a", " PIVOT (MAX(a) FOR b IN ([c])) d", "", "")]
    [InlineData("SELECT 1 FROM ", "(SELECT 1 a FROM ", "t", ") x")]
    [InlineData("SELECT @x", ".f()", "", "")]
    [InlineData("SELECT x", " AT TIME ZONE 'x'", "", "")]
    [InlineData("SELECT 'a'", "||'a'", "", "")]
    [InlineData("SELECT a", ".a", "", "")]
    [InlineData("SELECT 1 WHERE ", "(1)+", "1=1", "")]
    [InlineData("SELECT 1 FROM a WHERE MATCH(a", "-(b)->a", ")", "")]
    [InlineData("", "IF 1=1 ", "SELECT 1", "")]
    [InlineData("", "IF 1=1 SELECT 1 ELSE ", "SELECT 1", "")]
    [InlineData("", "WHILE 1=1 ", "SELECT 1", "")]
    [InlineData("", "BEGIN ", "SELECT 1", " END")]
    [InlineData("", "SELECT 1;", "", "")]
    [InlineData("", "/*", "", "")]
    [InlineData("", "{", "", "}")]
    [InlineData("SELECT ", "(", "", "")]
    [InlineData("INSERT t VALUES (1)", ",(1)", "", "")]
    [InlineData("WITH a AS (SELECT 1)", ",a AS (SELECT 1)", " SELECT 1", "")]
    public void Text_AsLongAsCanBe_Returns(string start, string repeated, string middle, string end)
    {
        foreach (var length in new[] { 1999, 20_000, SqlText.MaxLength })
        {
            var times = (length - start.Length - middle.Length) / (repeated.Length + end.Length);
            var sql = start + string.Concat(Enumerable.Repeat(repeated, times)) + middle + string.Concat(Enumerable.Repeat(end, times));

            var script = new TSqlReader().Read(sql);

            Assert.True(script.Problem is not null || script.Statements.Length > 0);
        }
    }

    [Fact]
    public void Text_TooLong_IsUnreadable() =>
        Assert.NotNull(new TSqlReader().Read("SELECT 1" + new string(' ', SqlText.MaxLength)).Problem);

    [Fact]
    public void Nesting_WithinTheLimit_IsRead()
    {
        var sql = "SELECT " + new string('(', 60) + "1" + new string(')', 60);

        Assert.Equal("select [out 1]", TSqlQueryTests.Read(sql));
    }

    [Fact]
    public void TextsWithinTexts_Return()
    {
        var sql = "SELECT 1";
        while (sql.Length * 2 < SqlText.MaxLength)
        {
            sql = $"EXEC('{sql.Replace("'", "''", StringComparison.Ordinal)}')";
        }

        Assert.Null(new TSqlReader().Read(sql).Problem);
    }

    [Property(MaxTest = 2000)]
    public bool Text_OfAnyWords_Returns(byte[] seed)
    {
        var script = new TSqlReader().Read(string.Join(' ', seed.Select(b => Words[b % Words.Length])));

        return script.Problem is null || script.Statements.Length == 0;
    }
}
