using Chaperone.Recorder.Search;
using FsCheck.Xunit;

namespace Chaperone.Recorder.Tests;

public sealed class PostgresWordsTests
{
    [Theory]
    [InlineData("Anna's A1c is 12.5 %", "'anna':1 's':2 'a1c':3 'is':4 '12':5 '5':6 ")]
    [InlineData("to be or not to be", "'to':1,5 'be':2,6 'or':3 'not':4 ")]
    [InlineData("a@b.org/x_y\\'z':1", "'a':1 'b':2 'org':3 'x':4 'y':5 'z':6 '1':7 ")]
    [InlineData("Größe 東京 \U0001f600\U0001d400", "'größe':1 '東京':2 '\U0001d400':3 ")]
    [InlineData("", "")]
    public void Vector_OfText_HasWordsInSmallLettersWithTheirPlaces(string text, string expected) => Assert.Equal(expected, PostgresWords.Vector(text, ""));

    [Fact]
    public void Vector_OfHalfACharacter_PartsWordsThere() => Assert.Equal("'half':1 'pair':2 ", PostgresWords.Vector("half" + (char)0xD835 + "pair", ""));

    [Fact]
    public void Vector_WithFields_PutsThemBehind() => Assert.Equal("'one':1 'f00':2 'f01':3 ", PostgresWords.Vector("one", "f00 f01"));

    [Fact]
    public void Vector_OfOneWordVeryOften_KeepsNoMorePlacesThanPostgresTakes()
    {
        var vector = PostgresWords.Vector(string.Concat(Enumerable.Repeat("a b ", 20_000)), "");

        Assert.Equal([255, 255], vector.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(lexeme => lexeme.Split(':')[1].Split(',').Length));
    }

    [Fact]
    public void Vector_OfManyWords_StaysAtTheLastPlace() =>
        Assert.EndsWith("'last':16383 ", PostgresWords.Vector(string.Concat(Enumerable.Range(0, 20_000).Select(i => $"w{i} ")) + "last", ""), StringComparison.Ordinal);

    [Fact]
    public void Vector_OfAWordTooLongForPostgres_LeavesItOut() => Assert.Equal("'b':1 ", PostgresWords.Vector($"{new string('ä', 1024)} b", ""));

    [Property(MaxTest = 500)]
    public void Vector_OfAnyText_HasTheWordsThatAQueryForItNames(string? text)
    {
        var words = PostgresWords.Vector(text ?? "", "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('\'')[1]).ToHashSet(StringComparer.Ordinal);

        var query = PostgresWords.Query([new SearchWord(text ?? "", Beginning: false)], []);

        Assert.All(query.Split([' ', '(', ')'], StringSplitOptions.RemoveEmptyEntries).Where(p => p != "<->"), part => Assert.Contains(part.Trim('\''), words));
    }

    [Fact]
    public void Query_OfWordsAndFields_NeedsAllOfThem() => Assert.Equal(
        "('anna') & ('a1c' <-> 'high':*) & 'f00'",
        PostgresWords.Query([new SearchWord("Anna", Beginning: false), new SearchWord("A1c-High", Beginning: true), new SearchWord("--", Beginning: true)], ["f00"]));
}
