using Chaperone.Edge.Upstream.Credentials;
using Chaperone.TestKit;

namespace Chaperone.Edge.Tests.Upstream;

public sealed class VaultTests : IAsyncLifetime, IDisposable
{
    private const string PerCaller = "{ header: Authorization, value: 'Bearer ${vault:users/{subject}#token}' }";
    private readonly string _directory = Directory.CreateTempSubdirectory("chaperone-vault").FullName;
    private VaultServer _vault = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _vault = await VaultServer.StartAsync(Token);
        _vault.Tokens["canary-root"] = true;
        _vault.Secrets["clinic"] = new() { ["token"] = "canary-clinic", ["number"] = 7 };
        await File.WriteAllTextAsync(PathOf("token"), "canary-root\n", Token);
        await File.WriteAllTextAsync(PathOf("jwt"), _vault.Kubernetes.Jwt, Token);
        await File.WriteAllTextAsync(PathOf("role"), _vault.AppRole.RoleId, Token);
        await File.WriteAllTextAsync(PathOf("secret"), _vault.AppRole.SecretId, Token);
    }

    public ValueTask DisposeAsync() => _vault.DisposeAsync();

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("token", 2)]
    [InlineData("token", 1)]
    [InlineData("kubernetes", 2)]
    [InlineData("approle", 1)]
    public async Task Post_SecretInVault_IsReadOnceAndSent(string login, int version)
    {
        await using var world = await StartAsync("{ header: X-Api-Key, value: '${vault:clinic#token}' }", login, version);

        await world.PostAsync(Rpc.Call("get"), Token);
        await world.PostAsync(Rpc.Call("get"), Token, EdgeWorld.Engineer);

        Assert.Equal(["canary-clinic", "canary-clinic"], world.Upstream.Received.Select(r => r.Headers["X-Api-Key"]));
        Assert.Equal(version == 2 ? "/v1/secret/data/clinic" : "/v1/kv/clinic", Assert.Single(_vault.Reads));
    }

    /// <summary>Vault forgets tokens (revoked, or itself restarted): the gateway logs in again, once.</summary>
    [Fact]
    public async Task Post_LoginRevoked_LogsInAgain()
    {
        await using var world = await StartAsync("{ header: X-Api-Key, value: '${vault:clinic#token}' }", "kubernetes", 2, "00:00:01");
        await world.PostAsync(Rpc.Call("get"), Token);
        _vault.Tokens.Clear();

        await TestLimits.UntilAsync(async () => (await world.PostAsync(Rpc.Call("get"), Token)).Json["result"] is not null && _vault.Logins == 2, "a second login", Token);

        Assert.All(world.Upstream.Received, r => Assert.Equal("canary-clinic", r.Headers["X-Api-Key"]));
    }

    [Fact]
    public async Task Post_RefusedAndRotatedInVault_IsSentOnceMore()
    {
        await using var world = await StartAsync("{ header: X-Api-Key, value: '${vault:clinic#token}' }");
        await world.PostAsync(Rpc.Call("get"), Token);
        var honest = world.Upstream.Script;
        world.Upstream.Script = (http, request) => request.Headers["X-Api-Key"] == "rotated" ? honest(http, request) : ScriptedServer.JsonAsync(http, "{}", 401);
        _vault.Secrets["clinic"] = new() { ["token"] = "rotated" };

        var answer = await world.PostAsync(Rpc.Call("get"), Token);

        Assert.NotNull(answer.Json["result"]);
        Assert.Equal(["canary-clinic", "canary-clinic", "rotated"], world.Upstream.Received.Select(r => r.Headers["X-Api-Key"]));
    }

    [Fact]
    public async Task Post_SecretPerCaller_SendsTheCallersOwn()
    {
        _vault.Secrets["users/nurse-1"] = new() { ["token"] = "canary-nurse" };
        _vault.Secrets["users/eng-1"] = new() { ["token"] = "canary-engineer" };
        await using var world = await StartAsync(PerCaller);

        await world.PostAsync(Rpc.Call("get"), Token);
        await world.PostAsync(Rpc.Call("get"), Token, EdgeWorld.Engineer);
        var stranger = await world.PostAsync(Rpc.Call("get"), Token, new TestPerson("stranger", "S", "nurses"));

        Assert.Equal(["Bearer canary-nurse", "Bearer canary-engineer"], world.Upstream.Received.Select(r => r.Headers["Authorization"]));
        Assert.Contains("not executed", stranger.Text, StringComparison.Ordinal);
        Assert.Null(world.Service<UpstreamCredentials>().Problem);
    }

    /// <summary>A caller who can choose their subject must not be able to choose another's secret.</summary>
    [Theory]
    [InlineData("../clinic")]
    [InlineData("..")]
    [InlineData("x/../../clinic")]
    [InlineData("%2e%2e/clinic")]
    [InlineData("nurse-1#token")]
    [InlineData("nurse-1/")]
    [InlineData("nurse-1?version=1")]
    [InlineData("nurse=2D1")]
    [InlineData("./nurse-1")]
    [InlineData("{issuer}")]
    public async Task Post_SubjectThatIsAPath_ReadsNothingElse(string subject)
    {
        _vault.Secrets["users/nurse-1"] = new() { ["token"] = "canary-nurse" };
        await using var world = await StartAsync(PerCaller);

        var answer = await world.PostAsync(Rpc.Call("get"), Token, new TestPerson(subject, "S", "nurses") { Email = "s@example.test" });

        Assert.Contains("not executed", answer.Text, StringComparison.Ordinal);
        Assert.Empty(world.Upstream.Received);
        var read = Assert.Single(_vault.Reads);
        Assert.StartsWith("/v1/secret/data/users/", read, StringComparison.Ordinal);
        Assert.Equal(5, read.Count(c => c == '/'));
        Assert.DoesNotContain("..", read, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_SeveralIssuersAndNoIssuerInThePath_IsRefused()
    {
        var settings = Settings("token", 2, "00:05:00");
        settings["Edge:Issuers:1:Authority"] = "https://other.example";
        settings["Edge:Issuers:1:Audience"] = "chaperone";

        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => EdgeWorld.StartAsync(Token, settings, credential: PerCaller));

        Assert.Contains("add {issuer}", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("absent#token", false, "HTTP 404")]
    [InlineData("deleted#token", false, "HTTP 404")]
    [InlineData("clinic#other", false, "no text under 'other'")]
    [InlineData("clinic#number", false, "no text under 'number'")]
    [InlineData("clinic#token", true, "sealed")]
    public async Task Post_SecretNotToBeHad_SendsNothingAndSaysWhy(string reference, bool sealedVault, string words)
    {
        _vault.Secrets["deleted"] = null;
        _vault.Sealed = sealedVault;
        await using var world = await StartAsync($"{{ header: X-Api-Key, value: '${{vault:{reference}}}' }}");

        var answer = await world.PostAsync(Rpc.Call("get"), Token);

        Assert.Empty(world.Upstream.Received);
        Assert.Contains("not executed", answer.Text, StringComparison.Ordinal);
        var problem = world.Service<UpstreamCredentials>().Problem!;
        Assert.Contains("servers.clinic.credential.value", problem, StringComparison.Ordinal);
        Assert.Contains(words, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", problem + answer.Body + string.Join('\n', world.Logs.Lines), StringComparison.Ordinal);
    }

    private Task<EdgeWorld> StartAsync(string credential, string login = "token", int version = 2, string cacheFor = "00:05:00") =>
        EdgeWorld.StartAsync(Token, Settings(login, version, cacheFor), credential: credential);

    private Dictionary<string, string?> Settings(string login, int version, string cacheFor) => new()
    {
        ["Edge:Vault:Address"] = _vault.Url,
        ["Edge:Vault:Mount"] = version == 2 ? "secret" : "kv",
        ["Edge:Vault:KvVersion"] = $"{version}",
        ["Edge:Vault:CacheFor"] = cacheFor,
        ["Edge:Vault:TokenFile"] = login == "token" ? PathOf("token") : null,
        ["Edge:Vault:KubernetesRole"] = login == "kubernetes" ? _vault.Kubernetes.Role : null,
        ["Edge:Vault:KubernetesTokenFile"] = PathOf("jwt"),
        ["Edge:Vault:AppRoleIdFile"] = login == "approle" ? PathOf("role") : null,
        ["Edge:Vault:AppRoleSecretIdFile"] = login == "approle" ? PathOf("secret") : null,
    };

    private string PathOf(string name) => Path.Combine(_directory, name);
}
