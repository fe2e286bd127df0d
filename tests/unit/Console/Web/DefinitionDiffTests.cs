using Chaperone.Console.Web;

namespace Chaperone.Console.Tests.Web;

public sealed class DefinitionDiffTests
{
    [Theory]
    [InlineData("a,b,c", "a,b,c", " a, b, c")]
    [InlineData("a,b,c", "a,x,c", " a,-b,+x, c")]
    [InlineData("a", "a,b", " a,+b")]
    [InlineData("a,b", "b", "-a, b")]
    public void Compare_Lines_SaysWhatChanged(string before, string after, string expected) =>
        Assert.Equal(expected, string.Join(',', DefinitionDiff.Compare(before.Split(','), after.Split(',')).Select(l => $"{l.Sign}{l.Text}")));

    /// <summary>However long: nothing new may go unshown.</summary>
    [Fact]
    public void Compare_VeryManyLines_ShowsAllThatIsNew()
    {
        string[] before = [.. Enumerable.Range(0, 5000).Select(i => $"line {i}")];

        var lines = DefinitionDiff.Compare(before, [.. before.Skip(1), "new"]);

        Assert.Equal([new DefinitionLine('-', "line 0"), new DefinitionLine('+', "new")], lines);
    }
}
