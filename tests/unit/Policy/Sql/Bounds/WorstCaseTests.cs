using Chaperone.Policy.Sql;
using Chaperone.Policy.Sql.Facts;

namespace Chaperone.Policy.Tests.Sql.Bounds;

/// <summary>Attack: SQL that is cheap to send and dear to judge. Every shape fills the longest text that is read.</summary>
public sealed class WorstCaseTests
{
    private const int Length = SqlText.MaxLength - 1000;

    public static TheoryData<string, string> Shapes
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var dialect in Enum.GetNames<SqlDialect>())
            {
                data.Add(dialect, "SELECT " + Repeat("patient_id,", ",") + "1 FROM patients");
                data.Add(dialect, "SELECT * FROM patients WHERE " + Repeat("a = b AND ", string.Empty) + "c = d");
                data.Add(dialect, "SELECT * FROM patients WHERE " + Repeat("patient_id = 1 OR ", string.Empty) + "patient_id = 2");
                data.Add(dialect, "SELECT * FROM patients p0 " + Numbered(i => $"JOIN patients p{i} ON p{i}.patient_id = p{i - 1}.patient_id "));
                data.Add(dialect, "SELECT * FROM " + Repeat("(SELECT patient_id FROM ", string.Empty, 150) + "patients" + Repeat(") x", string.Empty, 150));
                data.Add(dialect, "SELECT * FROM patients WHERE patient_id IN " + Repeat("(SELECT patient_id FROM patients WHERE patient_id IN ", string.Empty, 150) + "(1)" + Repeat(")", string.Empty, 150));
                data.Add(dialect, "WITH " + Numbered(i => $"c{i} AS (SELECT patient_id FROM patients),") + "z AS (SELECT 1 AS a) SELECT * FROM z");
                data.Add(dialect, "WITH RECURSIVE " + Numbered(i => $"c{i} AS (SELECT 1 UNION ALL SELECT a FROM c{i + 1}),") + "z AS (SELECT 1 AS a) SELECT * FROM z");
                data.Add(dialect, "WITH " + Numbered(i => $"c{i} AS (SELECT * FROM c{Math.Max(0, i - 1)} a, c{Math.Max(0, i - 1)} b),") + "z AS (SELECT 1 AS a) SELECT * FROM z");
                data.Add(dialect, Repeat("SELECT name FROM patients UNION ALL ", string.Empty) + "SELECT 1");
                data.Add(dialect, Repeat("SELECT name FROM patients LIMIT 1;", string.Empty));
                data.Add(dialect, "SELECT * FROM patients WHERE patient_id IN (" + Repeat("1,", string.Empty) + "1)");
                data.Add(dialect, "SELECT " + Repeat("(SELECT count(*) FROM patients),", string.Empty) + "1");
            }

            return data;
        }
    }

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Shapes))]
    public async Task Of_LongAndOdd_Ends(string dialect, string sql)
    {
        var kind = Enum.Parse<SqlDialect>(dialect);

        var facts = await Task.Run(() => SqlFacts.Of(SqlReaders.For(kind).Read(sql), Clinic.Terms(kind)), TestContext.Current.CancellationToken);

        Assert.True(facts.Problem is not null || facts.Statements.Length > 0);
    }

    private static string Repeat(string part, string end, int? times = null) =>
        string.Concat(Enumerable.Repeat(part, times ?? (Length / part.Length))).TrimEnd(end.ToCharArray()) + end;

    private static string Numbered(Func<int, string> part)
    {
        var text = new System.Text.StringBuilder();
        for (var i = 1; text.Length < Length; i++)
        {
            text.Append(part(i));
        }

        return text.ToString();
    }
}
