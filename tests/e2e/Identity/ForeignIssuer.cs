using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Web;
using Chaperone.TestKit;

namespace Chaperone.E2E.Tests.Identity;

/// <summary>npm's oidc-provider, used as its people and clients do: pages, authorization code with PKCE, client credentials, revocation.</summary>
internal sealed class ForeignIssuer : IAsyncDisposable
{
    public const string Callback = "http://127.0.0.1/callback";
    private readonly NodeProgram _program;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    private ForeignIssuer(NodeProgram program, string url, IReadOnlyDictionary<string, string> secrets) => (_program, Url, Secrets) = (program, url, secrets);

    public string Url { get; }

    /// <summary>By client.</summary>
    public IReadOnlyDictionary<string, string> Secrets { get; }

    /// <summary>Starts it; <paramref name="resources"/> says the format of each one's tokens, jwt or opaque.</summary>
    public static async Task<ForeignIssuer> StartAsync(IReadOnlyDictionary<string, string> resources, string consoleCallback, CancellationToken cancellationToken)
    {
        var port = PrivatePorts.Take();
        var secrets = new[] { "night-batch", "gateway" }.ToDictionary(c => c, _ => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));
        var program = NodeProgram.Start("idp.mjs", JsonSerializer.Serialize(new { port, console = consoleCallback, resources, secrets }));
        Assert.True((await program.NextAsync(cancellationToken)).GetProperty("ready").GetBoolean());
        return new ForeignIssuer(program, $"http://127.0.0.1:{port}", secrets);
    }

    /// <summary>Publishes new keys and forgets the old ones.</summary>
    public async Task RotateAsync(CancellationToken cancellationToken)
    {
        await _program.SayAsync("rotate");
        Assert.True((await _program.NextAsync(cancellationToken)).TryGetProperty("rotated", out _));
    }

    /// <summary>An access token for <paramref name="resource"/> (RFC 8707), for a person who signs in on the issuer's pages.</summary>
    public async Task<string> SignInAsync(string person, string resource, CancellationToken cancellationToken, string scope = "mcp")
    {
        var verifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        var start = $"{Url}/auth?response_type=code&client_id=desk&redirect_uri={Uri.EscapeDataString(Callback)}&scope={Uri.EscapeDataString($"openid {scope}")}&state=s1&code_challenge={challenge}&code_challenge_method=S256&resource={Uri.EscapeDataString(resource)}";
        using var browser = new SimpleBrowser();
        var back = await browser.SignInAsync(new Uri(start), person, u => u.AbsoluteUri.StartsWith(Callback, StringComparison.Ordinal), cancellationToken);
        var answer = HttpUtility.ParseQueryString(back.Query);
        Assert.Equal(("s1", Url), (answer["state"], answer["iss"]));
        return await TokenAsync(null, cancellationToken, ("grant_type", "authorization_code"), ("client_id", "desk"), ("code", answer["code"]!), ("redirect_uri", Callback), ("code_verifier", verifier), ("resource", resource));
    }

    /// <summary>An access token of the program <c>night-batch</c>, which acts for nobody.</summary>
    public Task<string> ProgramAsync(string resource, CancellationToken cancellationToken) =>
        TokenAsync("night-batch", cancellationToken, ("grant_type", "client_credentials"), ("scope", "mcp"), ("resource", resource));

    /// <summary>Takes a token back (RFC 7009).</summary>
    public async Task RevokeAsync(string token, CancellationToken cancellationToken)
    {
        using var response = await PostAsync("/token/revocation", null, [("token", token), ("client_id", "desk")], cancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _program.DisposeAsync();
    }

    private async Task<string> TokenAsync(string? client, CancellationToken cancellationToken, params (string Name, string Value)[] form)
    {
        using var response = await PostAsync("/token", client, form, cancellationToken);
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        Assert.True(response.IsSuccessStatusCode, body);
        using var answer = JsonDocument.Parse(body);
        return answer.RootElement.GetProperty("access_token").GetString()!;
    }

    private async Task<HttpResponseMessage> PostAsync(string path, string? client, (string Name, string Value)[] form, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Url + path) { Content = new FormUrlEncodedContent(form.Select(f => KeyValuePair.Create(f.Name, f.Value))) };
        if (client is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{client}:{Secrets[client]}")));
        }

        return await _http.SendAsync(request, cancellationToken);
    }
}

/// <summary>Follows redirects with cookies, and fills in the two forms of oidc-provider: login and consent.</summary>
internal sealed class SimpleBrowser : IDisposable
{
    private const int MostSteps = 20;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() });

    /// <summary>Goes on until <paramref name="isEnd"/> holds for where it is sent; that address, which is not asked for.</summary>
    public async Task<Uri> SignInAsync(Uri start, string person, Func<Uri, bool> isEnd, CancellationToken cancellationToken)
    {
        var (url, form) = (start, (FormUrlEncodedContent?)null);
        for (var step = 0; step < MostSteps; step++)
        {
            using var response = form is null ? await _http.GetAsync(url, cancellationToken) : await _http.PostAsync(url, form, cancellationToken);
            if (response.Headers.Location is { } location)
            {
                (url, form) = (new Uri(url, location), null);
                if (isEnd(url))
                {
                    return url;
                }

                continue;
            }

            var page = await response.Content.ReadAsStringAsync(cancellationToken);
            var action = Regex.Match(page, "<form[^>]* action=\"([^\"]+)\"", RegexOptions.None, TestLimits.Signal);
            var prompt = Regex.Match(page, "name=\"prompt\" value=\"([a-z]+)\"", RegexOptions.None, TestLimits.Signal);
            Assert.True(response.IsSuccessStatusCode && action.Success && prompt.Success, $"{url}: HTTP {(int)response.StatusCode} {page}");
            url = new Uri(url, WebUtility.HtmlDecode(action.Groups[1].Value));
            form = new FormUrlEncodedContent([new("prompt", prompt.Groups[1].Value), new("login", person), new("password", "any")]);
        }

        throw new InvalidOperationException($"Still redirected after {MostSteps} steps, now to {url}.");
    }

    public async Task<string> GetAsync(Uri url, CancellationToken cancellationToken) => await _http.GetStringAsync(url, cancellationToken);

    public void Dispose() => _http.Dispose();
}
