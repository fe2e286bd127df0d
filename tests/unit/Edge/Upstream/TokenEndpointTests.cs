using System.Security.Cryptography;
using Chaperone.Edge.Upstream.Credentials;
using Chaperone.TestKit;

namespace Chaperone.Edge.Tests.Upstream;

public sealed class TokenEndpointTests : IAsyncLifetime, IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("chaperone-token").FullName;
    private TokenServer _tokens = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string SecretFile => Path.Combine(_directory, "secret");

    public async ValueTask InitializeAsync()
    {
        _tokens = await TokenServer.StartAsync(Token);
        await File.WriteAllTextAsync(SecretFile, _tokens.ClientSecret, Token);
    }

    public ValueTask DisposeAsync() => _tokens.DisposeAsync();

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("")]
    [InlineData(", client_auth: post")]
    public async Task Post_ClientCredentials_SendsOneTokenForAllCallers(string auth)
    {
        await using var world = await StartAsync("client_credentials", auth + ", scope: 'mcp read', resource: 'https://clinic.example/mcp', audience: clinic");

        await world.PostAsync(Rpc.Call("get"), Token);
        await world.PostAsync(Rpc.Call("get"), Token, EdgeWorld.Engineer);

        var issued = Assert.Single(_tokens.Issued);
        Assert.Equal(["Bearer " + issued, "Bearer " + issued], world.Upstream.Received.Select(r => r.Headers["Authorization"]));
        var form = Assert.Single(_tokens.Forms);
        Assert.Equal(("mcp read", "https://clinic.example/mcp", "clinic"), (form["scope"], form["resource"], form["audience"]));
        Assert.False(form.ContainsKey("subject_token"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Post_PrivateKey_ProvesTheClientBySignature(bool rsa)
    {
        using AsymmetricAlgorithm key = rsa ? RSA.Create(2048) : ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _tokens.ClientKey = key;
        await File.WriteAllTextAsync(SecretFile, key.ExportPkcs8PrivateKeyPem(), Token);
        await using var world = await EdgeWorld.StartAsync(Token, credential:
            $"{{ client_credentials: {{ token_endpoint: '{_tokens.Url}', client_id: '{_tokens.ClientId}', private_key: '${{file:{SecretFile}}}', key_id: k1 }} }}");

        await world.PostAsync(Rpc.Call("get"), Token);

        Assert.Equal("Bearer " + Assert.Single(_tokens.Issued), Assert.Single(world.Upstream.Received).Headers["Authorization"]);
    }

    [Fact]
    public async Task Post_ManyAtOnce_FetchOneToken()
    {
        var gate = new TaskCompletionSource();
        _tokens.Gate = gate.Task;
        await using var world = await StartAsync("client_credentials");

        var calls = Enumerable.Range(0, 8).Select(_ => world.PostAsync(Rpc.Call("get"), Token)).ToList();
        await TestLimits.UntilAsync(() => ValueTask.FromResult(world.Rooms.Evaluated.Count == 8 && _tokens.Asked == 1), "all calls to wait for the token", Token);
        gate.SetResult();
        await Task.WhenAll(calls);

        Assert.Single(_tokens.Issued);
        Assert.Equal(8, world.Upstream.Received.Count);
    }

    /// <summary>An upstream that has forgotten a token gets another, once; the call is neither lost nor answered twice.</summary>
    [Fact]
    public async Task Post_TokenRefused_IsSentOnceMoreWithANewOne()
    {
        await using var world = await StartAsync("client_credentials");
        await world.PostAsync(Rpc.Call("get"), Token);
        var revoked = "Bearer " + _tokens.Issued.Single();
        var honest = world.Upstream.Script;
        world.Upstream.Script = (http, request) => request.Headers["Authorization"] == revoked ? ScriptedServer.JsonAsync(http, "{}", 401) : honest(http, request);

        var answer = await world.PostAsync(Rpc.Call("get"), Token);

        Assert.NotNull(answer.Json["result"]);
        Assert.Equal(2, _tokens.Issued.Count);
        Assert.Equal(3, world.Upstream.Received.Count);
        Assert.Equal(2, world.Rooms.Masked.Count);
    }

    [Fact]
    public async Task Post_EveryTokenRefused_AsksAgainOnlyOnce()
    {
        await using var world = await StartAsync("client_credentials");
        world.Upstream.Script = (http, _) => ScriptedServer.JsonAsync(http, "{}", 401);

        for (var i = 0; i < 5; i++)
        {
            Assert.Contains("refuses the gateway's own credential", (await world.PostAsync(Rpc.Call("get"), Token)).Text, StringComparison.Ordinal);
        }

        Assert.InRange(_tokens.Asked, 2, 3);
    }

    /// <summary>Invariant 5: the exchanged token goes upstream, the caller's own never does; nobody is served another's.</summary>
    [Fact]
    public async Task Post_TokenExchange_SendsATokenOfTheCallersOwn()
    {
        await using var world = await StartAsync("token_exchange", ", audience: clinic");
        var nurse = world.Issuer.Mint(EdgeWorld.Nurse);
        var engineer = world.Issuer.Mint(EdgeWorld.Engineer);

        foreach (var token in (string[])[nurse, engineer, nurse])
        {
            using var request = world.Request(HttpMethod.Post, Rpc.Call("get"), null, "clinic", ("Authorization", "Bearer " + token));
            using var response = await world.Client.SendAsync(request, Token);
            Assert.True(response.IsSuccessStatusCode);
        }

        Assert.Equal([nurse, engineer], _tokens.Forms.Select(f => f["subject_token"]));
        var issued = _tokens.Issued.Select(t => "Bearer " + t).ToArray();
        Assert.Equal([issued[0], issued[1], issued[0]], world.Upstream.Received.Select(r => r.Headers["Authorization"]));
        Assert.All(world.Upstream.Received, r => Assert.DoesNotContain(r.Headers.Values, v => v.Contains(nurse, StringComparison.Ordinal) || v.Contains(engineer, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Post_ExchangeGivesTheCallersTokenBack_SendsNothing()
    {
        await using var world = await StartAsync("token_exchange");
        var token = world.Issuer.Mint(EdgeWorld.Nurse);
        _tokens.Instead = (200, $$"""{"access_token":"{{token}}","token_type":"Bearer","issued_token_type":"urn:ietf:params:oauth:token-type:access_token","expires_in":60}""");

        using var request = world.Request(HttpMethod.Post, Rpc.Call("get"), null, "clinic", ("Authorization", "Bearer " + token));
        using var response = await world.Client.SendAsync(request, Token);

        Assert.Contains("not executed", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Empty(world.Upstream.Received);
    }

    [Fact]
    public async Task Post_ExchangeRefused_RefusesThatCallerOnly()
    {
        await using var world = await StartAsync("token_exchange");
        var refused = world.Issuer.Mint(EdgeWorld.Nurse);
        _tokens.AcceptsSubject = subject => subject != refused;

        using var request = world.Request(HttpMethod.Post, Rpc.Call("get"), null, "clinic", ("Authorization", "Bearer " + refused));
        using var response = await world.Client.SendAsync(request, Token);
        var other = await world.PostAsync(Rpc.Call("get"), Token, EdgeWorld.Engineer);

        Assert.Contains("not executed", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.NotNull(other.Json["result"]);
    }

    /// <summary>Whatever the endpoint says, nothing is sent, and neither a secret nor its words are repeated anywhere.</summary>
    [Theory]
    [InlineData(400, """{"error":"invalid_scope","error_description":"canary-words"}""", "(invalid_scope)")]
    [InlineData(401, """{"error":"canary-code"}""", "HTTP 401;")]
    [InlineData(500, "canary, no JSON", "HTTP 500;")]
    [InlineData(302, "", "HTTP 302;")]
    [InlineData(200, """{"access_token":"canary\r\nX: y","token_type":"Bearer"}""", "no usable access_token")]
    [InlineData(200, """{"access_token":"","token_type":"Bearer"}""", "no usable access_token")]
    [InlineData(200, """{"access_token":"canary","token_type":"DPoP"}""", "no Bearer access token")]
    [InlineData(200, """["canary"]""", "HTTP 200;")]
    public async Task Post_EndpointAnswersBadly_SendsNothingAndSaysWhere(int status, string body, string words)
    {
        await using var world = await StartAsync("client_credentials");
        _tokens.Instead = (status, body);

        var answer = await world.PostAsync(Rpc.Call("get"), Token);
        await world.PostAsync(Rpc.Call("get"), Token);

        Assert.Empty(world.Upstream.Received);
        Assert.Contains("not executed", answer.Text, StringComparison.Ordinal);
        var health = await world.Client.GetStringAsync(new Uri(world.Url + "/health/ready"), Token);
        Assert.Contains("servers.clinic.credential.client_credentials", health, StringComparison.Ordinal);
        Assert.Contains(words, world.Service<UpstreamCredentials>().Problem!, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", health + answer.Body + string.Join('\n', world.Logs.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_EndpointDown_SendsNothing()
    {
        await using var world = await StartAsync("client_credentials");
        await _tokens.DisposeAsync();

        var answer = await world.PostAsync(Rpc.Call("get"), Token);

        Assert.Empty(world.Upstream.Received);
        Assert.Contains("not executed", answer.Text, StringComparison.Ordinal);
        Assert.Contains("cannot be reached", world.Service<UpstreamCredentials>().Problem!, StringComparison.Ordinal);
    }

    /// <summary>Invariant 5: on the way of good calls neither secret nor token is logged, recorded, shown to health or given to the client.</summary>
    [Theory]
    [InlineData("client_credentials")]
    [InlineData("token_exchange")]
    public async Task Post_Allowed_LeavesNoSecretAnywhere(string kind)
    {
        await using var world = await StartAsync(kind);
        var own = world.Issuer.Mint(EdgeWorld.Nurse);

        using var request = world.Request(HttpMethod.Post, Rpc.Call("get"), null, "clinic", ("Authorization", "Bearer " + own));
        using var response = await world.Client.SendAsync(request, Token);

        Assert.Single(world.Upstream.Received);
        var seen = string.Join('\n', world.Logs.Lines)
            + await response.Content.ReadAsStringAsync(Token) + response.Headers
            + await world.Client.GetStringAsync(new Uri(world.Url + "/health/ready"), Token)
            + System.Text.Json.JsonSerializer.Serialize(new { world.Rooms.Evaluated, Masked = world.Rooms.Masked.Select(m => (object)new { m.Message, m.Payload }), world.Rooms.Recorded });
        Assert.Contains(EdgeWorld.Nurse.Subject, seen, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", seen, StringComparison.Ordinal);
        Assert.DoesNotContain(own, seen, StringComparison.Ordinal);
    }

    private Task<EdgeWorld> StartAsync(string kind, string more = "") => EdgeWorld.StartAsync(Token, credential:
        $"{{ {kind}: {{ token_endpoint: '{_tokens.Url}', client_id: '{_tokens.ClientId}', client_secret: '${{file:{SecretFile}}}'{more} }} }}");
}
