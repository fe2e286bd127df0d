using System.Net;
using Chaperone.TestKit;

namespace Chaperone.E2E.Tests.Demo;

/// <summary>An issuer that lets anybody be anybody must be hard to start by mistake, and strict where clients are tested against it.</summary>
public sealed class IssuerTests
{
    private const string Verifier = "abcdefghijabcdefghijabcdefghijabcdefghijabc";

    // BASE64URL(SHA256(Verifier))
    private static readonly string Challenge = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(Verifier))).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static string Program => ShippedRooms.Program("compose/demo/issuer", "Chaperone.Demo.Issuer");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "--demo")]
    [InlineData("--demo --urls http://0.0.0.0:0", "not a loopback address")]
    [InlineData("--demo --urls http://[::]:0", "not a loopback address")]
    [InlineData("--demo --Kestrel:Endpoints:All:Url=http://0.0.0.0:0", "Kestrel:Endpoints")]
    public async Task Start_NotForATrialOnThisMachine_IsRefused(string arguments, string says)
    {
        var (code, output) = await DemoRun.PasteAsync($"dotnet '{Program}' {arguments}", Token);

        Assert.Equal(64, code);
        Assert.Contains(says, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Code_IsRedeemedOnceAndOnlyWithItsVerifier()
    {
        await using var issuer = await StartAsync();
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(issuer.Room.Url) };

        var stolen = await RedeemAsync(http, await CodeAsync(http), "another-verifier-another-verifier-another-v");
        var code = await CodeAsync(http);
        var first = await RedeemAsync(http, code, Verifier);
        var second = await RedeemAsync(http, code, Verifier);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.OK, HttpStatusCode.BadRequest), (stolen, first, second));
    }

    [Theory]
    [InlineData("client_id=mcp-demo&redirect_uri=https://evil.example/cb")]
    [InlineData("client_id=stranger&redirect_uri=http://127.0.0.1:9/cb")]
    public async Task Authorize_WrongClientOrRedirect_NeverRedirects(string query)
    {
        await using var issuer = await StartAsync();
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(issuer.Room.Url) };

        using var answer = await http.GetAsync($"/authorize?response_type=code&code_challenge={Challenge}&code_challenge_method=S256&person=nurse&{query}", Token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null(answer.Headers.Location);
    }

    /// <summary>A web page whose name was rebound to 127.0.0.1 must not fetch tokens.</summary>
    [Fact]
    public async Task Token_ForAForeignHostName_IsRefused()
    {
        await using var issuer = await StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(issuer.Room.Url) };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/demo/token?person=nurse") { Headers = { Host = "evil.example" } };

        using var answer = await http.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Key_SurvivesARestart()
    {
        await using var issuer = await StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(issuer.Room.Url) };
        var before = await http.GetStringAsync("/jwks", Token);

        await issuer.Room.KillAsync();
        issuer.Room.Restart();
        await issuer.Room.ReadyAsync(Token, "/health");

        Assert.Equal(before, await http.GetStringAsync("/jwks", Token));
    }

    private static Task<DemoServer> StartAsync() => DemoServer.StartAsync("issuer", Program, ["--demo"], folder => new() { ["CHAPERONE_Issuer__DataDirectory"] = folder }, Token);

    private static async Task<string> CodeAsync(HttpClient http)
    {
        using var answer = await http.GetAsync($"/authorize?response_type=code&client_id=mcp-demo&redirect_uri=http://127.0.0.1:9/cb&code_challenge={Challenge}&code_challenge_method=S256&person=nurse", Token);
        return answer.Headers.Location!.Query.Split('&', '?').Single(part => part.StartsWith("code=", StringComparison.Ordinal))["code=".Length..];
    }

    private static async Task<HttpStatusCode> RedeemAsync(HttpClient http, string code, string verifier)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["client_id"] = "mcp-demo",
            ["redirect_uri"] = "http://127.0.0.1:9/cb",
            ["code"] = code,
            ["code_verifier"] = verifier,
        });
        using var answer = await http.PostAsync("/token", form, Token);
        return answer.StatusCode;
    }
}
