using System.Net;
using System.Net.Http.Headers;

namespace Chaperone.Console.Tests.Web;

public sealed class PageHeadersTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/approvals")]
    [InlineData("/signin")]
    [InlineData("/signin/start")]
    [InlineData("/signin-oidc")]
    [InlineData("/no-access")]
    [InlineData("/integrity")]
    [InlineData("/approvals/APR-404")]
    [InlineData("/assets/nothing.js")]
    public async Task Headers_EveryAnswer_IsStrict(string path)
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        using var browser = await stage.SignInAsync(ConsoleStage.Approver, Token);

        var page = await browser.GetStillAsync(path, Token);

        var policy = page.Header("Content-Security-Policy");
        foreach (var part in new[] { "default-src 'none'", "script-src 'self'", "style-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'" })
        {
            Assert.Contains(part, policy, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal(
            ("nosniff", "no-referrer", "same-origin", "DENY"),
            (page.Header("X-Content-Type-Options"), page.Header("Referrer-Policy"), page.Header("Cross-Origin-Opener-Policy"), page.Header("X-Frame-Options")));
        Assert.Contains("no-store", page.Header("Cache-Control"), StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("onclick", page.Html, StringComparison.Ordinal);
    }

    /// <summary>The edge may share the process: a console cookie is nothing there, and no header is added.</summary>
    [Fact]
    public async Task OtherRooms_SameProcess_AreUntouched()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        using var browser = await stage.SignInAsync(ConsoleStage.Approver, Token);

        var page = await browser.PostAsync("/mcp/clinic", formPage: null, Token);

        Assert.Equal((HttpStatusCode.OK, "unknown"), (page.Status, page.Html));
        Assert.Equal(("", "", ""), (page.Header("Content-Security-Policy"), page.Header("Cache-Control"), page.Header("Set-Cookie")));
    }

    [Fact]
    public async Task Assets_WithTheirHash_AreKeptForEver()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        using var browser = stage.Browser();
        var html = (await browser.GetAsync("/signin", Token)).Html;

        foreach (var name in new[] { "console.css", "console.js", "console.svg" })
        {
            var at = html.IndexOf($"/assets/{name}?v=", StringComparison.Ordinal);
            var address = html[at..html.IndexOf('"', at)];

            var asset = await browser.GetAsync(address, Token);
            var stale = await browser.GetAsync($"/assets/{name}?v=0", Token);

            Assert.Equal((HttpStatusCode.OK, "public, max-age=31536000, immutable"), (asset.Status, asset.Header("Cache-Control")));
            Assert.Equal("no-cache", stale.Header("Cache-Control"));
        }

        using var client = new HttpClient();
        using var again = new HttpRequestMessage(HttpMethod.Get, new Uri(stage.Url, "/assets/console.css"));
        using var first = await client.GetAsync(new Uri(stage.Url, "/assets/console.css"), Token);
        again.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Parse(first.Headers.ETag!.ToString()));
        using var second = await client.SendAsync(again, Token);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task PublicUrl_BehindATlsProxy_ShapesRedirectsAndCookies()
    {
        await using var stage = await ConsoleStage.StartAsync(Token, null, ("Console:PublicUrl", "https://console.example"));
        using var browser = stage.Browser();

        var page = await browser.GetStillAsync("/signin/start", Token);

        Assert.Contains("redirect_uri=https%3A%2F%2Fconsole.example%2Fsignin-oidc", page.Header("Location"), StringComparison.Ordinal);
        Assert.Contains("code_challenge_method=S256", page.Header("Location"), StringComparison.Ordinal);
        Assert.Equal("max-age=31536000", page.Header("Strict-Transport-Security"));
        Assert.All(page.Header("Set-Cookie").Split('\n'), cookie =>
        {
            Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("; httponly", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("; samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        });
    }

    [Fact]
    public async Task Keys_OfCookies_AreTheOwnersAlone()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        using var browser = await stage.SignInAsync(ConsoleStage.Approver, Token);

        var folder = Path.Combine(stage.DataFolder, "console", "keys");

        Assert.NotEmpty(Directory.GetFiles(folder));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
    }
}
