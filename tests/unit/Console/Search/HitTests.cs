using Chaperone.Console.Search;

namespace Chaperone.Console.Tests.Search;

public sealed class HitTests
{
    [Theory]
    [InlineData("seen diabetes today", "DIABETES", "seen |[diabetes]| today")]
    [InlineData("a b a", "a", "[a]| b |[a]")]
    [InlineData("type two diabetes", "\"two diabetes\" typ*", "[typ]|e |[two diabetes]")]
    [InlineData("nothing here", null, "nothing here")]
    [InlineData("", "x", "")]
    public void Mark_Words_AreCutOut(string text, string? words, string pieces) =>
        Assert.Equal(pieces, string.Join('|', Hit.Mark(text, words).Select(p => p.IsMarked ? $"[{p.Text}]" : p.Text)));
}
