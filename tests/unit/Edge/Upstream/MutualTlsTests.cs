using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using Chaperone.Edge.Upstream.Credentials;
using Chaperone.TestKit;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Chaperone.Edge.Tests.Upstream;

public sealed class MutualTlsTests : IAsyncLifetime, IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("chaperone-tls").FullName;
    private readonly TestAuthority _authority = new();
    private readonly ConcurrentQueue<string> _shown = new();
    private ScriptedServer _upstream = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _upstream = await ScriptedServer.StartAsync(Token, new HttpsConnectionAdapterOptions
        {
            ServerCertificate = _authority.Issue("upstream"),
            ClientCertificateMode = ClientCertificateMode.RequireCertificate,
            ClientCertificateValidation = (certificate, _, _) => certificate.Issuer == _authority.Certificate.Subject,
        });
        var honest = _upstream.Script;
        _upstream.Script = (http, request) =>
        {
            _shown.Enqueue(http.Connection.ClientCertificate!.Subject);
            return honest(http, request);
        };
        await File.WriteAllTextAsync(PathOf("ca.pem"), _authority.Certificate.ExportCertificatePem(), Token);
        Write("first");
    }

    public ValueTask DisposeAsync() => _upstream.DisposeAsync();

    public void Dispose()
    {
        _authority.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Theory]
    [InlineData("certificate: CERT, key: KEY")]
    [InlineData("certificate: PFX, password: hunter2")]
    public async Task Post_ClientCertificate_IsShown(string files)
    {
        await using var world = await StartAsync(files);

        var answer = await world.PostAsync(Rpc.Call("get"), Token);

        Assert.NotNull(answer.Json["result"]);
        Assert.Equal("CN=first", Assert.Single(_shown));
    }

    [Fact]
    public async Task Post_WithAHeader_ShowsBoth()
    {
        await using var world = await StartAsync("certificate: CERT, key: KEY", "header: X-Api-Key, value: key-1, ");

        await world.PostAsync(Rpc.Call("get"), Token);

        Assert.Equal("key-1", Assert.Single(_upstream.Received).Headers["X-Api-Key"]);
        Assert.Single(_shown);
    }

    [Fact]
    public async Task Refresh_FilesRotated_ShowsTheNewCertificate()
    {
        await using var world = await StartAsync("certificate: CERT, key: KEY");
        await world.PostAsync(Rpc.Call("get"), Token);
        Write("second");

        world.Service<UpstreamCredentials>().Refresh();
        await world.PostAsync(Rpc.Call("get"), Token);

        Assert.Equal(["CN=first", "CN=second"], _shown);
    }

    [Fact]
    public async Task Refresh_PairHalfWritten_KeepsTheLastGoodOneAndSaysSo()
    {
        await using var world = await StartAsync("certificate: CERT, key: KEY");
        using var other = _authority.Issue("other");
        await File.WriteAllTextAsync(PathOf("cert.pem"), other.ExportCertificatePem(), Token);

        world.Service<UpstreamCredentials>().Refresh();
        await world.PostAsync(Rpc.Call("get"), Token);

        Assert.Equal("CN=first", Assert.Single(_shown));
        Assert.Contains("servers.clinic.credential.mutual_tls", world.Service<UpstreamCredentials>().Problem!, StringComparison.Ordinal);
    }

    /// <summary>Fail closed: without a certificate of its own nothing is sent, not even to a server that would not ask for one.</summary>
    [Fact]
    public async Task Post_CertificateAbsentOrExpired_SendsNothing()
    {
        File.Delete(PathOf("key.pem"));
        await using var absent = await StartAsync("certificate: CERT, key: KEY");
        Assert.Contains("not executed", (await absent.PostAsync(Rpc.Call("get"), Token)).Text, StringComparison.Ordinal);

        Write("expired", TimeSpan.FromHours(-1));
        await using var expired = await StartAsync("certificate: CERT, key: KEY");
        Assert.Contains("not executed", (await expired.PostAsync(Rpc.Call("get"), Token)).Text, StringComparison.Ordinal);
        Assert.Empty(_upstream.Received);
    }

    /// <summary>An upstream whose certificate is of another authority is an impostor.</summary>
    [Fact]
    public async Task Post_UpstreamOfAnotherAuthority_GetsNothing()
    {
        using var other = new TestAuthority("Test authority");
        await File.WriteAllTextAsync(PathOf("ca.pem"), other.Certificate.ExportCertificatePem(), Token);
        await using var world = await StartAsync("certificate: CERT, key: KEY");

        var answer = await world.PostAsync(Rpc.Call("get"), Token);

        Assert.Contains("not executed", answer.Text, StringComparison.Ordinal);
        Assert.Empty(_upstream.Received);
    }

    private Task<EdgeWorld> StartAsync(string files, string header = "") => EdgeWorld.StartAsync(
        Token,
        upstreamUrl: _upstream.Url + "/mcp",
        credential: $"{{ {header}mutual_tls: {{ {files.Replace("CERT", PathOf("cert.pem"), StringComparison.Ordinal).Replace("KEY", PathOf("key.pem"), StringComparison.Ordinal).Replace("PFX", PathOf("client.pfx"), StringComparison.Ordinal)}, ca: {PathOf("ca.pem")} }} }}");

    private void Write(string name, TimeSpan? life = null)
    {
        using var certificate = _authority.Issue(name, life);
        File.WriteAllText(PathOf("cert.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(PathOf("key.pem"), certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        File.WriteAllBytes(PathOf("client.pfx"), certificate.Export(X509ContentType.Pkcs12, "hunter2"));
    }

    private string PathOf(string name) => Path.Combine(_directory, name);
}
