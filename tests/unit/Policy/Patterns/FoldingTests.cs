using System.Text;
using Chaperone.Policy.Patterns;

namespace Chaperone.Policy.Tests.Patterns;

public sealed class FoldingTests
{
    [Theory]
    [InlineData("DROP", "drop")]
    [InlineData(" ＤＲＯＰ ", "drop")]
    [InlineData("𝐃𝐑𝐎𝐏", "drop")]
    [InlineData("ⒹⓇⓄⓅ", "drop")]
    [InlineData("ﬁle", "file")]
    [InlineData("d\u200brop\u00ad", "drop")]
    [InlineData("dr\u0303op", "drop")]
    [InlineData("D\U000E0052ROP", "drop")]
    [InlineData("ІСU", "icu")]
    [InlineData("аdmin", "admin")]
    [InlineData("É", "e")]
    [InlineData("e\u0301", "e")]
    [InlineData("٧７", "77")]
    [InlineData("naïve Straße", "naive strasse")]
    [InlineData("患者", "患者")]
    public void Fold_LookAlikes_BecomeOne(string text, string folded) => Assert.Equal(folded, Folding.Fold(text));

    /// <summary>A text that is none (a lone surrogate) is folded as it stands, and nothing throws.</summary>
    [Fact]
    public void Fold_LoneSurrogate_IsNoError() => Assert.Equal("a\ufffdb", Folding.Fold("A\ud800B"));

    [Fact]
    public void Fold_Twice_IsOnce()
    {
        foreach (var rune in Enumerable.Range(0x80, 0x1FFFF).Where(Rune.IsValid).Select(c => new Rune(c)))
        {
            var once = Folding.Fold($"a{rune}b");

            Assert.Equal(once, Folding.Fold(once));
        }
    }
}
