using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Chaperone.Recorder.Elastic;
using Chaperone.TestKit.Elastic;

namespace Chaperone.Recorder.Tests.Elastic;

public class ElasticClientTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tls_AuthorityPinned_OnlyItsServersAreTrusted()
    {
        using var ours = Authority("ours");
        using var other = Authority("other");
        await using var server = await FakeElastic.StartAsync(Cancel, Certificate(ours, "127.0.0.1"));

        using var client = Client(server.Url, Pem(ours));
        using var answer = await client.GetAsync("", Cancel);
        Assert.True(answer.IsOk);
        foreach (var wrong in new[] { Pem(other), null })
        {
            using var refused = Client(server.Url, wrong);
            var e = await Assert.ThrowsAsync<ElasticException>(() => refused.GetAsync("", Cancel));
            Assert.Equal(ElasticFault.Unreachable, e.Fault);
            Assert.Contains("Recorder:Elastic:CaFile", e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Tls_CertificateForAnotherName_IsRefusedThoughTheAuthorityIsRight()
    {
        using var ours = Authority("ours");
        await using var server = await FakeElastic.StartAsync(Cancel, Certificate(ours, "10.9.8.7"));
        using var client = Client(server.Url, Pem(ours));

        Assert.Equal(ElasticFault.Unreachable, (await Assert.ThrowsAsync<ElasticException>(() => client.GetAsync("", Cancel))).Fault);
    }

    [Fact]
    public async Task Key_InItsFile_IsReadAnewForEachRequest()
    {
        await using var server = await FakeElastic.StartAsync(Cancel);
        server.ApiKey = "bmV3OmtleQ==";
        var file = Path.Combine(RecorderRig.NewFolder(), "key");
        using var client = new ElasticClient(OutboundHttp.Create(server.Url, null), file, TimeSpan.FromSeconds(30), TimeProvider.System);

        await File.WriteAllTextAsync(file, "b2xkOmtleQ==\n", Cancel);
        using (var refused = await client.GetAsync("", Cancel))
        {
            Assert.Equal((HttpStatusCode.Unauthorized, "security_exception"), (refused.Status, refused.ErrorType));
        }

        await File.WriteAllTextAsync(file, "bmV3OmtleQ==\n", Cancel);
        using var answer = await client.GetAsync("", Cancel);
        Assert.True(answer.IsOk);
    }

    [Theory]
    [InlineData("")]
    [InlineData("id:secret-with-colon")]
    [InlineData("two words")]
    public async Task Key_Malformed_IsNamedByShapeOnly(string key)
    {
        var file = Path.Combine(RecorderRig.NewFolder(), "key");
        await File.WriteAllTextAsync(file, key, Cancel);
        using var client = new ElasticClient(OutboundHttp.Create(new Uri("http://127.0.0.1:9"), null), file, TimeSpan.FromSeconds(30), TimeProvider.System);

        var e = await Assert.ThrowsAsync<ElasticException>(() => client.GetAsync("", Cancel));

        Assert.Contains($"it has {key.Length} characters", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_NobodyListens_IsUnreachableAndNotUnsure()
    {
        await using var server = await FakeElastic.StartAsync(Cancel);
        var url = server.Url;
        await server.DisposeAsync();
        using var client = Client(url, null);

        Assert.Equal(ElasticFault.Unreachable, (await Assert.ThrowsAsync<ElasticException>(() => client.GetAsync("", Cancel))).Fault);
    }

    [Theory]
    [InlineData(200, "<html>", ElasticFault.Foreign)]
    [InlineData(200, """{"items":[]}""", ElasticFault.Unsure)]
    [InlineData(200, """{"items":[{"create":{"status":"x"}}]}""", ElasticFault.Unsure)]
    [InlineData(200, """{"items":[{"index":{"status":201}}]}""", ElasticFault.Unsure)]
    [InlineData(200, "[]", ElasticFault.Unsure)]
    [InlineData(504, "", ElasticFault.Unsure)]
    [InlineData(507, "", ElasticFault.Failing)]
    public async Task Bulk_AnswerThatIsNone_IsNeverTakenForSuccess(int status, string body, object fault)
    {
        await using var server = await FakeElastic.StartAsync(Cancel);
        await using var proxy = await ElasticProxy.StartAsync(server.Url, Cancel);
        proxy.Fault = _ => ProxyFault.Answer(status, body);
        using var client = Client(proxy.Url, null);
        var streams = new ElasticStreams(client, "default", "o");

        var e = await Assert.ThrowsAsync<ElasticException>(() => streams.CreateAsync([new ElasticItem(ElasticDatasets.Audit, "a", 0, "h", "{}"u8.ToArray())], Cancel));

        Assert.Equal((ElasticFault)fault, e.Fault);
    }

    [Fact]
    public void Split_ByBytes_KeepsOrderAndSendsALargeOneAlone()
    {
        ElasticItem[] items = [Item(100), Item(100), Item(5000), Item(100)];

        var parts = BulkBody.Split(items, 600).ToArray();

        Assert.Equal([2, 1, 1], parts.Select(p => p.Count));
        Assert.Equal(items, parts.SelectMany(p => p));
        static ElasticItem Item(int bytes) => new(ElasticDatasets.Audit, "id", 0, "h", new byte[bytes]);
    }

    [Fact]
    public void Backoff_Failures_DoublesToItsLimitAndStartsAgain()
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(10));

        var pauses = Enumerable.Range(0, 12).Select(_ => backoff.Next().TotalSeconds).ToArray();
        backoff.Reset();

        for (var i = 0; i < pauses.Length; i++)
        {
            var full = Math.Min(10, 0.5 * Math.Pow(2, i));
            Assert.InRange(pauses[i], full / 2, full);
        }

        Assert.InRange(backoff.Next().TotalSeconds, 0.25, 0.5);
        Assert.Equal(TimeSpan.FromSeconds(7), backoff.Next(TimeSpan.FromSeconds(7)));
        Assert.Equal(TimeSpan.FromSeconds(10), backoff.Next(TimeSpan.FromHours(7)));
    }

    private static ElasticClient Client(Uri url, string? ca) => new(OutboundHttp.Create(url, ca), null, TimeSpan.FromSeconds(30), TimeProvider.System);

    private static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        return request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(30));
    }

    private static X509Certificate2 Certificate(X509Certificate2 authority, string address)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=elastic", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Parse(address));
        request.CertificateExtensions.Add(names.Build());
        using var issued = request.Create(authority, TimeProvider.System.GetUtcNow().AddHours(-1), TimeProvider.System.GetUtcNow().AddDays(1), RandomNumberGenerator.GetBytes(8));
        using var whole = issued.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }

    private static string Pem(X509Certificate2 authority)
    {
        var file = Path.Combine(RecorderRig.NewFolder(), "ca.pem");
        File.WriteAllText(file, authority.ExportCertificatePem());
        return file;
    }
}
