using Chaperone.Console.SignIn;
using FsCheck.Xunit;

namespace Chaperone.Console.Tests.SignIn;

public sealed class ReturnPathTests
{
    private static readonly Uri Here = new("https://console.example/signin");

    [Theory]
    [InlineData("/approvals/APR-7")]
    [InlineData("/sessions?s=abc_-&p=2")]
    [InlineData("/integrity#gaps")]
    [InlineData("/")]
    public void Safe_OwnPage_IsKept(string path) => Assert.Equal(path, ReturnPath.Safe(path));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("//evil.example")]
    [InlineData("///evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("https://evil.example/approvals")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/\n/evil.example")]
    [InlineData(" /approvals")]
    [InlineData("/signin?problem=failed")]
    [InlineData("/signout")]
    [InlineData("/mcp/clinic")]
    [InlineData("/approvalsx")]
    public void Safe_AnythingElse_IsTheStart(string? path) => Assert.Equal("/", ReturnPath.Safe(path));

    /// <summary>Whatever is asked, a browser on the sign-in page stays on this origin.</summary>
    [Property(MaxTest = 500)]
    public bool Safe_AnyText_StaysOnThisOrigin(string? text, bool rooted)
    {
        var safe = ReturnPath.Safe(rooted ? "/" + text : text);

        return new Uri(Here, safe).GetLeftPart(UriPartial.Authority) == "https://console.example" && safe[0] == '/';
    }
}
