using Chaperone.Policy.Sql;
using Chaperone.Policy.Sql.Plain;
using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Tests.Sql.Plain;

/// <summary>Texts that try to hide a part of themselves from the gateway but not from the server, or the other way round.</summary>
public sealed class LexingTests
{
    private const string My = nameof(SqlDialect.MySql);
    private const string Oracle = nameof(SqlDialect.Oracle);
    private const string Lite = nameof(SqlDialect.Sqlite);
    private const string Snow = nameof(SqlDialect.Snowflake);
    private const string Big = nameof(SqlDialect.BigQuery);
    private const string Other = nameof(SqlDialect.Other);

    [Theory]
    [InlineData(My, "SELECT 'a")]
    [InlineData(My, "SELECT 'a\\'")]
    [InlineData(My, "SELECT `a")]
    [InlineData(My, "SELECT \"a")]
    [InlineData(My, "SELECT 1 /* a")]
    [InlineData(My, "SELECT 1 /*! + 1")]
    [InlineData(My, "SELECT * FROM p /*!99999 WHERE mrn = 'x' */")]
    [InlineData(My, "SELECT * FROM p /*!80000 WHERE mrn = 'x' */")]
    [InlineData(My, "SELECT * FROM p /*!050001 WHERE mrn = 'x' */")]
    [InlineData(My, "SELECT * FROM p /*M! WHERE mrn = 'x' */")]
    [InlineData(My, "SELECT * FROM p /*M!50001 WHERE mrn = 'x' */")]
    [InlineData(My, "SELECT /*! 1 /* 2 */ 3 */")]
    [InlineData(My, "SELECT /*! 1 -- */\n */")]
    [InlineData(My, "SELECT 1 -- a\rFROM p")]
    [InlineData(My, "SELECT 1 # a\u2028FROM p")]
    [InlineData(My, "SELECT 'x\\' FROM p -- ' FROM q")]
    [InlineData(My, "SELECT \"x\\\" FROM p -- \" FROM q")]
    [InlineData(My, "SELECT 1 \\g")]
    [InlineData(My, "SELECT 1 \\G")]
    [InlineData(My, "DELIMITER $")]
    [InlineData(My, "SELECT 1\u00a0FROM p")]
    [InlineData(My, "SELECT 1\u200bFROM p")]
    [InlineData(My, "SELECT 1\u3000FROM p")]
    [InlineData(My, "\ufeffSELECT 1")]
    [InlineData(My, "SELECT 'a\0b'")]
    [InlineData(My, "SELECT 1\vFROM p")]
    [InlineData(My, "SELECT 1union SELECT 2")]
    [InlineData(My, "SELECT 1.union SELECT 2")]
    [InlineData(My, "SELECT 1e0union SELECT 2")]
    [InlineData(My, "SELECT 0x1gSELECT")]
    [InlineData(My, "ＳＥＬＥＣＴ 1")]
    [InlineData(My, "\u017fELECT 1")]
    [InlineData(Lite, "SELECT [a")]
    [InlineData(Lite, "SELECT 1 # a")]
    [InlineData(Lite, "SELECT 1; .dump")]
    [InlineData(Lite, "SELECT 'a\\' FROM p -- '\n'")]
    [InlineData(Oracle, "SELECT q'[a]")]
    [InlineData(Oracle, "SELECT q'")]
    [InlineData(Oracle, "SELECT q' a '")]
    [InlineData(Oracle, "SELECT `a` FROM p")]
    [InlineData(Oracle, "SELECT 1 FROM p\n/")]
    [InlineData(Snow, "SELECT $$a")]
    [InlineData(Snow, "SELECT /* a /* b */ 1")]
    [InlineData(Snow, "GET @s file:///x; SELECT * FROM p")]
    [InlineData(Snow, "SELECT * FROM @s//x")]
    [InlineData(Snow, "SELECT `a` FROM p")]
    [InlineData(Big, "SELECT '''a''")]
    [InlineData(Big, "SELECT r'a\\'")]
    [InlineData(Big, "SELECT `a\\`b` FROM p")]
    [InlineData(Other, "SELECT 1 --a")]
    [InlineData(Other, "SELECT 1 #a")]
    [InlineData(Other, "SELECT 'a\\'b'")]
    [InlineData(Other, "SELECT \"a\\\"b\"")]
    [InlineData(Other, "SELECT $$a$$")]
    [InlineData(Other, "SELECT $x$a$x$")]
    [InlineData(Other, "SELECT /* a /* b */ */ 1")]
    [InlineData(Other, "SELECT /*!1*/ 1")]
    [InlineData(Other, "SELECT e'a'")]
    [InlineData(Other, "SELECT r'a'")]
    [InlineData(Other, "SELECT q'[a]'")]
    [InlineData(Other, "SELECT U&'a'")]
    [InlineData(Other, "SELECT [a'] FROM t -- ']")]
    public void Read_TextOfTwoReadings_IsUnreadable(string dialect, string text)
    {
        var script = Read(dialect, text);

        Assert.NotNull(script.Problem);
        Assert.Empty(script.Statements);
    }

    [Theory]
    [InlineData(My, "SELECT 1--1", "Select ~(1, -1)")]
    [InlineData(My, "SELECT 1 --\n+ 2", "Select ~(1, 2)")]
    [InlineData(My, "SELECT 'it''s', 'O\\'Brien', '\\\\', \"a\"\"b c\"", "Select 'it's', 'O'Brien', '\\', 'a\"b c'")]
    [InlineData(My, "SELECT /*! name */ /*!40101 , ssn */ FROM p", "Select name, ssn from p")]
    [InlineData(My, "SELECT * FROM/**/p/* ' */WHERE/*x*/a='/* b */'", "Select * from p where (a = '/* b */')")]
    [InlineData(My, "SELECT '-- a' # b\n, 2", "Select '-- a', 2")]
    [InlineData(My, "SELECT `a -- b`, `c``d` FROM `select`", "Select a -- b, c`d from select")]
    [InlineData(My, "SELECT CHAR(0x27), X'27'", "Select CHAR(0x27), '27'")]
    [InlineData(My, "SELECT @`a b`, @'c', @@global.x", "Select ?, ?, ?")]
    [InlineData(Lite, "SELECT 'a\\' -- '", "Select 'a\\'")]
    [InlineData(Lite, "SELECT [a -- b], \"c\"\"d\" FROM t /* ' */", "Select a -- b, c\"d from t")]
    [InlineData(Lite, "SELECT 1 --x", "Select 1")]
    [InlineData(Lite, "SELECT 1 /*! , 2 */", "Select 1")]
    [InlineData(Oracle, "SELECT q'[it's -- x]', Nq'#a'b#' FROM dual", "Select 'it's -- x', 'a'b' from dual")]
    [InlineData(Oracle, "SELECT /*+ FULL(p) ' */ a$b, c#d FROM p --x", "Select a$b, c#d from p")]
    [InlineData(Snow, "SELECT $$ ' -- $$, '\\'' // x\n, 2", "Select ' ' -- ', ''', 2")]
    [InlineData(Big, "SELECT r'\\d', '''a'b''', \"\"\"c\"d\"\"\", b'x', rb\"y\" # z", "Select 'd', 'a'b', 'c\"d', 'x', 'y'")]
    [InlineData(Big, "SELECT `a.b`.c FROM `p-q.d.t`", "Select a.b.c from p-q.d.t")]
    [InlineData(Other, "SELECT 1 -- a ' b\n, 2", "Select 1, 2")]
    [InlineData(Other, "SELECT ARRAY[1, 2], a[1], `b`, \"c\"", "Select ~(1, 2), ~(a, 1), b, c")]
    public void Read_QuotesAndComments_AreCutAsTheServerCutsThem(string dialect, string text, string tree) =>
        Assert.Equal(tree, TreeText.Of(Read(dialect, text)));

    [Theory]
    [InlineData(My, "SELECT 1 /*! + 1 */", true)]
    [InlineData(My, "SELECT 1 # x", true)]
    [InlineData(Oracle, "SELECT /*+ x */ 1", true)]
    [InlineData(Oracle, "SELECT 'a -- b /* c */'", false)]
    [InlineData(Lite, "SELECT 1 --", true)]
    [InlineData(Lite, "-- x\nnonsense", true)]
    [InlineData(Snow, "SELECT 1 // x", true)]
    [InlineData(Big, "SELECT '# x'", false)]
    public void HasComments_SaysSo(string dialect, string text, bool expected) => Assert.Equal(expected, Read(dialect, text).HasComments);

    [Fact]
    public void Problem_NamesThePlaceAndNoWordOfTheText() =>
        Assert.Equal("line 2, column 24: something that cannot stand there", Read(My, "SELECT a\n  FROM secret patients 5").Problem);

    [Theory]
    [InlineData("")]
    [InlineData(" \n;; ; ")]
    [InlineData("-- only a comment")]
    public void Read_NothingToRun_HasNoStatements(string text)
    {
        var script = Read(Lite, text);

        Assert.Null(script.Problem);
        Assert.Empty(script.Statements);
    }

    private static Script Read(string dialect, string text) => new PlainSqlReader(Enum.Parse<SqlDialect>(dialect)).Read(text);
}
