using System.Globalization;
using System.Text;
using Chaperone.Console.Web;
using FsCheck.Xunit;

namespace Chaperone.Console.Tests.Web;

public sealed class SayTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("delete_patient", "delete_patient")]
    [InlineData("Müller 患者 😀", "Müller 患者 😀")]
    [InlineData("a\u202eb", "a\\u202eb")]
    [InlineData("a\0\u200b\ufeff", "a\\u0000\\u200b\\ufeff")]
    [InlineData("\udb40\udc41", "\\udb40\\udc41")]
    [InlineData("a\nb", "a\\u000ab")]
    [InlineData(null, "")]
    public void Visible_Text_ShowsWhatIsHidden(string? text, string shown) => Assert.Equal(shown, Say.Visible(text));

    /// <summary>Half a surrogate pair cannot stand in an attribute, so it has a test of its own.</summary>
    [Fact]
    public void Visible_HalfAPair_IsWrittenOut() => Assert.Equal("a\\ud83db", Say.Visible("a" + (char)0xd83d + "b"));

    [Fact]
    public void Visible_KeepingLines_KeepsLineEndsAndTabsOnly() => Assert.Equal("a\nb\tc\\u000d", Say.Visible("a\nb\tc\r", keepLines: true));

    /// <summary>Whatever comes in, nothing that a reader cannot see comes out.</summary>
    [Property(MaxTest = 500)]
    public bool Visible_AnyText_HoldsNothingHidden(string? text) =>
        Say.Visible(text).EnumerateRunes().All(r => Rune.GetUnicodeCategory(r) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate));

    [Theory]
    [InlineData(0, "just now")]
    [InlineData(44, "44 s ago")]
    [InlineData(61, "1 min ago")]
    [InlineData(7200, "2 h ago")]
    [InlineData(200_000, "2 days ago")]
    [InlineData(-30, "in 30 s")]
    public void Ago_Times_AreRough(int seconds, string said) => Assert.Equal(said, Say.Ago(Now.AddSeconds(-seconds), Now));

    [Theory]
    [InlineData(0, "expired")]
    [InlineData(59, "expires in 59 s")]
    [InlineData(61, "expires in 1 min 01 s")]
    [InlineData(5400, "expires in 1 h 30 min")]
    public void Left_Times_AreExact(int seconds, string said) => Assert.Equal(said, Say.Left(Now.AddSeconds(seconds), Now));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(long.MaxValue, "9223372036854775807")]
    [InlineData(1_790_000_000_000, "2026-09-21 14:13:20 UTC")]
    public void Epoch_AnyNumber_IsShown(long epoch, string said) => Assert.Equal(said, Say.Epoch(epoch));
}
