using Chaperone.Policy.Sql;
using Chaperone.Policy.Sql.Bounds;
using Chaperone.Policy.Sql.Plain;

namespace Chaperone.Policy.Tests.Sql.Bounds;

/// <summary>
/// What is a bulk read and what is not, one statement a line in the files beside. Attack: taking the table by a statement that
/// looks small.
/// </summary>
public sealed class BulkReadTests
{
    public static TheoryData<string, string> Bulk => Read("bulk");

    public static TheoryData<string, string> Harmless => Read("harmless");

    [Theory]
    [MemberData(nameof(Bulk))]
    public void WhyBulk_TakesMoreThanAFewPeople_SaysWhy(string dialect, string sql)
    {
        var script = SqlReaders.For(Of(dialect)).Read(sql);

        Assert.True(script.Problem is not null || StatementBounds.WhyBulk(script, Clinic.Terms(Of(dialect))) is not null, sql);
    }

    /// <summary>Attack: a machine without PostgreSQL's library, whose SQL the plain parser then reads.</summary>
    [Fact]
    public void WhyBulk_WithoutTheLibrary_IsNoWeaker()
    {
        var reader = new PlainSqlReader(SqlDialect.PostgreSql);
        var lines = Lines(Path.Combine(AppContext.BaseDirectory, "Sql", "Bounds", "bulk-postgresql.sql")).ToArray();

        Assert.NotEmpty(lines);
        Assert.All(lines, l => Assert.True(reader.Read(l) is not { Problem: null } script || StatementBounds.WhyBulk(script, Clinic.Terms(SqlDialect.PostgreSql)) is not null, l));
    }

    [Theory]
    [MemberData(nameof(Harmless))]
    public void WhyBulk_TakesFewOrNone_IsNull(string dialect, string sql)
    {
        var script = SqlReaders.For(Of(dialect)).Read(sql);

        Assert.Null(script.Problem);
        Assert.Null(StatementBounds.WhyBulk(script, Clinic.Terms(Of(dialect))));
    }

    private static SqlDialect Of(string dialect) => Enum.Parse<SqlDialect>(dialect, ignoreCase: true);

    private static IEnumerable<string> Lines(string file) => File.ReadLines(file).Where(l => l.Length > 0 && !l.StartsWith("-- ", StringComparison.Ordinal));

    private static TheoryData<string, string> Read(string kind)
    {
        var data = new TheoryData<string, string>();
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Sql", "Bounds"), $"{kind}-*.sql"))
        {
            var dialect = Path.GetFileNameWithoutExtension(file)[(kind.Length + 1)..];
            foreach (var line in Lines(file))
            {
                data.Add(dialect, line);
            }
        }

        return data;
    }
}
