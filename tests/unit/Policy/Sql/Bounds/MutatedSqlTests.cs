using Chaperone.Policy.Sql;
using Chaperone.Policy.Sql.Facts;
using Chaperone.Policy.Tests.Sql.Plain;

namespace Chaperone.Policy.Tests.Sql.Bounds;

/// <summary>Attack: SQL so odd that judging it fails in an unforeseen way. Seeded, so that every run is the same.</summary>
public sealed class MutatedSqlTests
{
    private const int Rounds = 12;

    public static TheoryData<string> Dialects => [.. Enum.GetNames<SqlDialect>()];

    [Theory]
    [MemberData(nameof(Dialects))]
    public void Of_MutatedStatements_NeverThrows(string dialect)
    {
        var kind = Enum.Parse<SqlDialect>(dialect);
        var lines = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Sql", "Bounds"), "*.sql").Order(StringComparer.Ordinal)
            .SelectMany(File.ReadLines).Where(l => l.Length > 0 && !l.StartsWith("-- ", StringComparison.Ordinal)).ToArray();
        var seed = 20261127u;
        var read = 0;
        foreach (var line in lines.SelectMany(l => Enumerable.Repeat(l, Rounds)))
        {
            var sql = Mutate(line, lines[FuzzTests.Next(ref seed, lines.Length)], ref seed);
            var error = Record.Exception(() => read += SqlFacts.Of(SqlReaders.For(kind).Read(sql), Clinic.Terms(kind)).Problem is null ? 1 : 0);

            Assert.True(error is null, $"{sql}\n{error}");
        }

        Assert.True(read > lines.Length / 4, "Too few of the statements can be read for this to try much.");
    }

    /// <summary>Takes words out, doubles them, swaps them, or goes on with another statement.</summary>
    private static string Mutate(string line, string other, ref uint seed)
    {
        var words = line.Split(' ').ToList();
        var others = other.Split(' ');
        for (var i = FuzzTests.Next(ref seed, 3); i >= 0 && words.Count > 1; i--)
        {
            var at = FuzzTests.Next(ref seed, words.Count);
            switch (FuzzTests.Next(ref seed, 5))
            {
                case 0:
                    words.RemoveAt(at);
                    break;
                case 1:
                    words.Insert(at, words[FuzzTests.Next(ref seed, words.Count)]);
                    break;
                case 2:
                    words[at] = others[FuzzTests.Next(ref seed, others.Length)];
                    break;
                case 3:
                    words.Insert(at, others[FuzzTests.Next(ref seed, others.Length)]);
                    break;
                default:
                    words[at] = FuzzTests.Next(ref seed, 2) == 0 ? $"({other})" : $"({words[at]})";
                    break;
            }
        }

        return string.Join(' ', words);
    }
}
