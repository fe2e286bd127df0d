using Chaperone.Policy.Sql;
using Chaperone.Policy.Sql.Facts;
using Chaperone.Policy.Tests.Sql.Bounds;

namespace Chaperone.Policy.Tests.Sql;

/// <summary>Facts that are kept must be those of the very text. Attack: a statement that takes the place of another.</summary>
public sealed class FactsCacheTests
{
    private readonly FactsCache _cache = new();
    private int _read;

    [Fact]
    public void Of_SameText_IsReadOnce()
    {
        var (one, other) = (Of("SELECT count(*) FROM patients"), Of("SELECT count(*) FROM patients"));

        Assert.Same(one, other);
        Assert.Equal(1, _read);
    }

    [Theory]
    [InlineData("SELECT * FROM patients", "SELECT * FROM Patients")]
    [InlineData("SELECT * FROM patients WHERE mrn = 'A'", "SELECT * FROM patients WHERE mrn = 'a'")]
    [InlineData("SELECT 1", "SELECT 1 ")]
    public void Of_OtherText_IsReadItself(string one, string other)
    {
        Of(one);
        Of(other);

        Assert.Equal(2, _read);
    }

    [Fact]
    public void Of_MoreThanItKeeps_ForgetsAndStaysRight()
    {
        for (var i = 0; i <= FactsCache.Most; i++)
        {
            Of($"SELECT {i}");
        }

        Assert.NotNull(Of("SELECT * FROM patients").WhyBulk);
        Assert.Null(Of("SELECT 1").WhyBulk);
        Assert.Equal(FactsCache.Most + 3, _read);
    }

    [Fact]
    public void Of_SeveralTexts_AreReadEachTime()
    {
        _cache.Of(["SELECT 1", "SELECT * FROM patients"], Find);
        _cache.Of(["SELECT 1", "SELECT * FROM patients"], Find);

        Assert.Equal(2, _read);
    }

    private SqlFacts Of(string text) => _cache.Of([text], Find);

    private SqlFacts Find(IReadOnlyList<string> texts)
    {
        _read++;
        return SqlFacts.Of(SqlReaders.For(SqlDialect.PostgreSql).ReadAll(texts), Clinic.Terms(SqlDialect.PostgreSql));
    }
}
