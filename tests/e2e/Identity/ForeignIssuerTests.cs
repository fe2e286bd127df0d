using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Chaperone.E2E.Tests.Clients;
using Chaperone.TestKit;
using ModelContextProtocol.Client;

namespace Chaperone.E2E.Tests.Identity;

/// <summary>
/// The gateway as shipped with an identity provider that we did not write: npm's oidc-provider. Tokens for <c>clinic</c> are
/// signed, those for <c>reports</c> opaque, and each server takes only its own.
/// </summary>
[Collection(EmbeddedGateway.Name)]
public sealed class ForeignIssuerTests : IAsyncLifetime
{
    private const string Clinic = "http://127.0.0.1:7100/mcp/clinic";
    private const string Reports = "http://127.0.0.1:7100/mcp/reports";
    private readonly string _secretFile = Path.GetTempFileName();
    private ClinicProcess? _clinic;
    private ForeignIssuer? _issuer;
    private Gateway? _gateway;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ForeignIssuer Issuer => _issuer!;

    public async ValueTask InitializeAsync()
    {
        _clinic = ClinicProcess.Start();
        var console = PrivatePorts.Take();
        _issuer = await ForeignIssuer.StartAsync(new Dictionary<string, string> { [Clinic] = "jwt", [Reports] = "opaque" }, $"http://127.0.0.1:{console}/signin-oidc", Token);
        await File.WriteAllTextAsync(_secretFile, _issuer.Secrets["gateway"], Token);
        await _clinic.ReadyAsync(Token);
        const string Settings = "CHAPERONE_Edge__Issuers__0__";
        _gateway = await Gateway.StartAsync(GatewayForm.Embedded, Policy(_clinic), _issuer.Url, Token, new Dictionary<string, string>
        {
            [ClinicProcess.TokenVariable] = _clinic.Token,
            [Settings + "Audience"] = string.Empty,
            [Settings + "Introspection__ClientId"] = "gateway",
            [Settings + "Introspection__ClientSecretFile"] = _secretFile,
            [Settings + "Introspection__CacheFor"] = "00:00:01",
            [Settings + "Introspection__SignedTokens"] = "false",
            [Settings + "Introspection__OpaqueTokens"] = "true",
            ["CHAPERONE_Console__PublicUrl"] = $"http://127.0.0.1:{console}",
        });
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in new IAsyncDisposable?[] { _gateway, _clinic, _issuer })
        {
            if (part is not null)
            {
                await part.DisposeAsync();
            }
        }

        File.Delete(_secretFile);
    }

    /// <summary>Authorization code with PKCE and a resource; the SDK's client reads a patient with that token, and no other server takes it.</summary>
    [Fact]
    public async Task Person_TokenForOneServer_ReadsThereAndNowhereElse()
    {
        var token = await Issuer.SignInAsync("nora", Clinic, Token);

        await using (var client = await ConnectAsync("clinic", token))
        {
            var result = await client.CallToolAsync("get_patient", new Dictionary<string, object?> { ["mrn"] = "MRN-100006" }, cancellationToken: Token);
            Assert.NotEqual(true, result.IsError);
            Leaks.None(_clinic!.HiddenFromNurses("MRN-100006"), result.StructuredContent!.ToString()!);
        }

        Assert.Equal(401, await StatusAsync("reports", token));
        Assert.Equal(401, await StatusAsync("clinic", await Issuer.SignInAsync("nora", "https://elsewhere.example/mcp", Token)));
        Assert.Equal(401, await StatusAsync("clinic", token[..^4] + "AAAA"));
    }

    /// <summary>Step-up: the refusal names the scope (RFC 6750), the person signs in anew with it, and the call passes.</summary>
    [Fact]
    public async Task Person_TokenLacksAScope_ComesBackWithIt()
    {
        var (refused, challenge) = await SearchAsync(await Issuer.SignInAsync("nora", Clinic, Token));

        Assert.Equal(403, refused);
        Assert.Contains("error=\"insufficient_scope\"", challenge, StringComparison.Ordinal);
        var scope = Regex.Match(challenge, "[ ,]scope=\"([^\"]+)\"", RegexOptions.None, TestLimits.Signal).Groups[1].Value;
        Assert.Contains("mcp.search", scope, StringComparison.Ordinal);
        Assert.Equal(200, (await SearchAsync(await Issuer.SignInAsync("nora", Clinic, Token, scope))).Status);
    }

    /// <summary>A program's own token: it is a service to policy, and may only what rules give to services.</summary>
    [Fact]
    public async Task Program_ClientCredentials_IsHeldToTheRulesOfServices()
    {
        await using var client = await ConnectAsync("clinic", await Issuer.ProgramAsync(Clinic, Token));

        var tools = await client.ListToolsAsync(cancellationToken: Token);

        Assert.Equal(["search_patients"], tools.Select(t => t.Name));
    }

    /// <summary>An opaque token is good as long as the issuer says so.</summary>
    [Fact]
    public async Task Person_OpaqueTokenRevoked_IsRefused()
    {
        var token = await Issuer.SignInAsync("nora", Reports, Token);
        Assert.DoesNotContain('.', token);
        Assert.Equal(200, await StatusAsync("reports", token));
        Assert.Equal(401, await StatusAsync("clinic", token));

        await Issuer.RevokeAsync(token, Token);

        await TestLimits.UntilAsync(async () => await StatusAsync("reports", token) == 401, "the revocation", Token);
    }

    [Fact]
    public async Task Keys_Rotated_NewTokensAreTakenAndOldOnesNot()
    {
        var (used, unused) = (await Issuer.ProgramAsync(Clinic, Token), await Issuer.ProgramAsync(Clinic, Token));
        Assert.Equal(200, await StatusAsync("clinic", used));

        await Issuer.RotateAsync(Token);

        var next = await Issuer.ProgramAsync(Clinic, Token);
        await TestLimits.UntilAsync(async () => await StatusAsync("clinic", next) == 200, "the new key", Token);
        Assert.Equal(401, await StatusAsync("clinic", unused));
    }

    /// <summary>Signing in to the console; the way back goes to the port where the console really listens.</summary>
    [Fact]
    public async Task Console_SignIn_ShowsTheApproversPages()
    {
        using var browser = new SimpleBrowser();
        var console = new Uri(_gateway!.ConsoleUrl);
        var back = await browser.SignInAsync(new Uri(console, "/signin/start"), "ada", u => u.AbsolutePath == "/signin-oidc", Token);
        await browser.SignInAsync(new Uri(console, back.PathAndQuery), "ada", u => u.AbsolutePath is "/" or "/approvals", Token);

        Assert.Contains("ada", await browser.GetAsync(new Uri(console, "/approvals"), Token), StringComparison.Ordinal);
    }

    private static string Policy(ClinicProcess clinic) => $$"""
        version: 1
        roles: { nurse: { groups: [nurses] } }
        servers:
          clinic: { url: "{{clinic.Url}}/mcp", credential: { header: Authorization, value: "Bearer ${env:CLINIC_TOKEN}" } }
          reports: { url: "{{clinic.Url}}/mcp", credential: { header: Authorization, value: "Bearer ${env:CLINIC_TOKEN}" } }
        rules:
          - { name: reads, match: { role: nurse, tool: [get_*, search_*] }, effect: allow, masking: { profile: safe-harbor, exempt: [name] } }
          - { name: search-needs-its-scope, match: { role: nurse, tool: search_patients }, effect: deny, unless: { scope: [mcp.search] } }
          - { name: programs-search, match: { tool: search_patients, principal: { service: true } }, effect: allow }
        """;

    private Task<McpClient> ConnectAsync(string server, string token) => McpClient.CreateAsync(
        new HttpClientTransport(new HttpClientTransportOptions
        {
            Endpoint = new Uri($"{_gateway!.EdgeUrl}/mcp/{server}"),
            AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {token}" },
        }),
        cancellationToken: Token);

    private async Task<(int Status, string Challenge)> SearchAsync(string token)
    {
        using var http = new HttpClient { Timeout = TestLimits.Signal };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{_gateway!.EdgeUrl}/mcp/clinic")
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token), Accept = { new("application/json"), new("text/event-stream") } },
            Content = new StringContent(
                """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"search_patients","arguments":{"name":"a"},"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}}""",
                Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        foreach (var (name, value) in new[] { ("MCP-Protocol-Version", "2026-07-28"), ("Mcp-Method", "tools/call"), ("Mcp-Name", "search_patients") })
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await http.SendAsync(request, Token);
        return ((int)response.StatusCode, response.Headers.WwwAuthenticate.ToString());
    }

    private async Task<int> StatusAsync(string server, string token)
    {
        using var http = new HttpClient { Timeout = TestLimits.Signal };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{_gateway!.EdgeUrl}/mcp/{server}")
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token), Accept = { new("application/json"), new("text/event-stream") } },
            Content = new StringContent("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}""", Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        using var response = await http.SendAsync(request, Token);
        return (int)response.StatusCode;
    }
}
