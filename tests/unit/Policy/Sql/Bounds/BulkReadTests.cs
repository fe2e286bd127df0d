using Chaperone.Policy.Sql;
using Chaperone.Policy.Sql.Bounds;

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

    [Theory]
    [MemberData(nameof(Harmless))]
    public void WhyBulk_TakesFewOrNone_IsNull(string dialect, string sql)
    {
        var script = SqlReaders.For(Of(dialect)).Read(sql);

        Assert.Null(script.Problem);
        Assert.Null(StatementBounds.WhyBulk(script, Clinic.Terms(Of(dialect))));
    }

    private static SqlDialect Of(string dialect) => Enum.Parse<SqlDialect>(dialect, ignoreCase: true);

    private static TheoryData<string, string> Read(string kind)
    {
        var data = new TheoryData<string, string>();
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Sql", "Bounds"), $"{kind}-*.sql"))
        {
            var dialect = Path.GetFileNameWithoutExtension(file)[(kind.Length + 1)..];
            foreach (var line in File.ReadLines(file).Where(l => l.Length > 0 && !l.StartsWith("-- ", StringComparison.Ordinal)))
            {
                data.Add(dialect, line);
            }
        }

        return data;
    }
}
