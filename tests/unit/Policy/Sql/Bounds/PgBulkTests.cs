using Chaperone.Policy.Sql;
using Chaperone.Policy.Sql.Bounds;
using Chaperone.Policy.Sql.PostgreSql;

namespace Chaperone.Policy.Tests.Sql.Bounds;

/// <summary>What is a bulk read in PostgreSQL and what is not. Attack: taking the table by a statement that looks small.</summary>
public sealed class PgBulkTests
{
    private static readonly PgSqlReader Reader = new();
    private static readonly SqlTerms Terms = Clinic.Terms(SqlDialect.PostgreSql);

    public static TheoryData<string> Bulk => Read("bulk-postgresql.sql");

    public static TheoryData<string> Harmless => Read("harmless-postgresql.sql");

    [Theory]
    [MemberData(nameof(Bulk))]
    public void WhyBulk_TakesMoreThanAFewPeople_SaysWhy(string sql)
    {
        var script = Reader.Read(sql);

        Assert.True(script.Problem is not null || StatementBounds.WhyBulk(script, Terms) is not null, sql);
    }

    [Theory]
    [MemberData(nameof(Harmless))]
    public void WhyBulk_TakesFewOrNone_IsNull(string sql)
    {
        var script = Reader.Read(sql);

        Assert.Null(script.Problem);
        Assert.Null(StatementBounds.WhyBulk(script, Terms));
    }

    private static TheoryData<string> Read(string file)
    {
        var lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Sql", "Bounds", file));
        return new TheoryData<string>(lines.Select(l => l.Trim()).Where(l => l.Length > 0 && !l.StartsWith("-- ", StringComparison.Ordinal)));
    }
}
