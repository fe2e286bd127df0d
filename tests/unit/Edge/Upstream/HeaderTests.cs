using Chaperone.Edge.Upstream;
using Chaperone.Edge.Upstream.Credentials;
using Chaperone.TestKit;

namespace Chaperone.Edge.Tests.Upstream;

public sealed class HeaderTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("chaperone-header").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string SecretFile => Path.Combine(_directory, "secret");

    [Fact]
    public async Task Post_Basic_SendsUserAndPassword()
    {
        await File.WriteAllTextAsync(SecretFile, "pässword:1\n", Token);
        await using var world = await EdgeWorld.StartAsync(Token, credential: $"{{ basic: {{ user: gateway, password: '${{file:{SecretFile}}}' }} }}");

        await world.PostAsync(Rpc.Call("get"), Token);

        Assert.Equal("Basic " + Convert.ToBase64String("gateway:pässword:1"u8), Assert.Single(world.Upstream.Received).Headers["Authorization"]);
    }

    [Fact]
    public async Task Refresh_FileRotated_SendsTheNewSecret()
    {
        await File.WriteAllTextAsync(SecretFile, "first", Token);
        await using var world = await EdgeWorld.StartAsync(Token, credential: $"{{ header: X-Api-Key, value: '${{file:{SecretFile}}}' }}");
        await world.PostAsync(Rpc.Call("get"), Token);
        await File.WriteAllTextAsync(SecretFile, "second", Token);

        world.Service<UpstreamCredentials>().Refresh();
        await world.PostAsync(Rpc.Call("get"), Token);

        Assert.Equal(["first", "second"], world.Upstream.Received.Select(r => r.Headers["X-Api-Key"]));
    }

    [Fact]
    public async Task Post_RefusedAndFileRotated_IsSentOnceMore()
    {
        await File.WriteAllTextAsync(SecretFile, "first", Token);
        await using var world = await EdgeWorld.StartAsync(Token, credential: $"{{ header: X-Api-Key, value: '${{file:{SecretFile}}}' }}");
        var honest = world.Upstream.Script;
        world.Upstream.Script = (http, request) => request.Headers["X-Api-Key"] == "second" ? honest(http, request) : ScriptedServer.JsonAsync(http, "{}", 401);
        await File.WriteAllTextAsync(SecretFile, "second", Token);

        var answer = await world.PostAsync(Rpc.Call("get"), Token);

        Assert.NotNull(answer.Json["result"]);
        Assert.Equal("second", world.Upstream.Received.Last().Headers["X-Api-Key"]);
        Assert.InRange(world.Upstream.Received.Count, 1, 2);
        Assert.Single(world.Rooms.Masked);
    }

    /// <summary>Fail closed: a secret that cannot be read any more means that nothing is sent, and nobody is told more than where to look.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("canary-secret\r\nX-Evil: 1")]
    [InlineData("canary-secret-\u00e9")]
    public async Task Post_SecretBroken_SendsNothing(string? content)
    {
        await File.WriteAllTextAsync(SecretFile, "good", Token);
        await using var world = await EdgeWorld.StartAsync(Token, credential: $"{{ header: X-Api-Key, value: '${{file:{SecretFile}}}' }}");
        if (content is null)
        {
            File.Delete(SecretFile);
        }
        else
        {
            await File.WriteAllTextAsync(SecretFile, content, Token);
        }

        world.Service<UpstreamCredentials>().Refresh();
        var answer = await world.PostAsync(Rpc.Call("get"), Token);

        Assert.Empty(world.Upstream.Received);
        Assert.Contains("not executed", answer.Text, StringComparison.Ordinal);
        Assert.Contains("servers.clinic.credential", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(SecretFile, answer.Text, StringComparison.Ordinal);
        var health = await world.Client.GetStringAsync(new Uri(world.Url + "/health/ready"), Token);
        Assert.Contains("servers.clinic.credential.value", health, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", health + answer.Body + string.Join('\n', world.Logs.Lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ header: X, value: '${env:A' }", "value")]
    [InlineData("{ header: X, value: '${vault:users/{subject}}' }", "value")]
    [InlineData("{ header: X, value: canary, basic: { user: a, password: canary } }", "give one of")]
    [InlineData("{ client_credentials: { token_endpoint: 'http://idp.example/', client_id: a, client_secret: canary } }", "token_endpoint")]
    [InlineData("{ client_credentials: { token_endpoint: 'https://idp.example/', client_id: a } }", "client_secret or private_key")]
    [InlineData("{ token_exchange: { token_endpoint: 'https://idp.example/', client_id: a, client_secret: '${vault:{subject}#x}' } }", "cannot depend on the caller")]
    [InlineData("{ mutual_tls: { certificate: /a } }", "needs an https url")]
    [InlineData("{ header: X, value: canary, extra: canary }", "not known")]
    public async Task Start_CredentialBroken_NamesTheFieldAndNoValue(string credential, string problem)
    {
        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => EdgeWorld.StartAsync(Token, credential: credential));

        Assert.Contains("servers.clinic.credential", refused.Message, StringComparison.Ordinal);
        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>What docs/credentials.md shows is what the edge takes.</summary>
    [Fact]
    public void DocumentedCredentials_All_AreTaken()
    {
        var examples = File.ReadAllText(Path.Combine(SourceTree.Root, "docs", "credentials.md")).Split("```yaml\n").Skip(1).Select(e => e.Split("```")[0]).ToList();

        var read = examples.ConvertAll(e => UpstreamFile.Parse("policy.yaml", "servers:\n  a:\n    url: https://x.example/mcp\n    " + e.Replace("\n", "\n    ", StringComparison.Ordinal).TrimEnd() + "\n")["a"].Terms!);

        Assert.Equal([1, 2, 3, 3, 4, 0, 1], read.Select(t => (int)t.Kind));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
