using System.Text;
using Chaperone.Console.Web;
using FsCheck.Xunit;

namespace Chaperone.Console.Tests.Web;

public sealed class PayloadTextTests
{
    [Fact]
    public void Of_Json_IsPrettyAndReadable()
    {
        var text = Of("""{"a":[1,2.50],"b":"<b> ü 'x'"}""").Text;

        Assert.Equal("{\n  \"a\": [\n    1,\n    2.50\n  ],\n  \"b\": \"<b> ü 'x'\"\n}", text.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{\"a\":1")]
    [InlineData("\"\\ud800\"")]
    public void Of_AnythingElse_IsShownAsItCame(string text) => Assert.Equal(text, Of(text).Text);

    [Fact]
    public void Of_DuplicateNames_ShowsBoth() => Assert.Equal(2, Of("""{"dose":1,"dose":100}""").Text.Split("dose").Length - 1);

    [Fact]
    public void Of_DeepNesting_IsShownAsItCame()
    {
        var deep = new string('[', 1000) + new string(']', 1000);

        Assert.Equal(deep, Of(deep).Text);
    }

    [Fact]
    public void Of_TooLong_IsCutAndSaysSo()
    {
        var payload = Of(new string('x', PayloadText.Limit + 1));

        Assert.True(payload.Cut);
        Assert.Equal((PayloadText.Limit, PayloadText.Limit + 1), (payload.Text.Length, payload.Bytes));
    }

    [Fact]
    public void Of_Nothing_SaysEmpty() => Assert.Equal("Empty.", PayloadText.Of([]).Problem);

    /// <summary>Whatever bytes come out of a seal, a page can be drawn.</summary>
    [Property(MaxTest = 300)]
    public bool Of_AnyBytes_GivesText(byte[] bytes) => PayloadText.Of(bytes).Bytes == bytes.Length;

    private static PayloadText Of(string text) => PayloadText.Of(Encoding.UTF8.GetBytes(text));
}
