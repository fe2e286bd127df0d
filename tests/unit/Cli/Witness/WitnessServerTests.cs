using System.Net;
using System.Security.Cryptography.X509Certificates;
using Chaperone.Bus.Tls;
using Chaperone.Ledger;
using Chaperone.Recorder.Tests;
using Chaperone.TestKit;

namespace Chaperone.Cli.Tests.Witness;

/// <summary>The protocol over HTTP: statuses, types and what is said.</summary>
public sealed class WitnessServerTests : IDisposable
{
    private readonly NoteSigner _log = new("log.example/a", new byte[32]);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static readonly MerkleHash Leaf = Rfc6962.HashLeaf("one"u8);

    [Fact]
    public async Task AddCheckpoint_EachVerdict_HasTheStatusOfTheProtocol()
    {
        await using var witness = await WitnessProcess.StartAsync(WitnessProcess.SettingsFor(RecorderRig.NewFolder(), _log.LogKey));
        using var client = new HttpClient { BaseAddress = new Uri(witness.Url) };
        using var stranger = new NoteSigner("log.example/b", new byte[32]);
        var other = Rfc6962.HashLeaf("other"u8);

        using var first = await PostAsync(client, 0, Signed(_log, 1, Leaf));
        using var unknown = await PostAsync(client, 0, Signed(stranger, 1, Leaf));
        using var unsigned = await PostAsync(client, 1, new Checkpoint("log.example/a", new TreeHead(1, Leaf)).Sign(stranger).ToBytes());
        using var malformed = await client.PostAsync("/add-checkpoint", new ByteArrayContent("hello"u8.ToArray()), Cancel);
        using var backwards = await PostAsync(client, 2, Signed(_log, 1, Leaf));
        using var conflict = await PostAsync(client, 0, Signed(_log, 2, other));
        using var inconsistent = await PostAsync(client, 1, Signed(_log, 2, other), other);
        using var fork = await PostAsync(client, 1, Signed(_log, 1, other));
        using var oversized = await client.PostAsync("/add-checkpoint", new ByteArrayContent(new byte[AddCheckpoint.MaxBytes + 1]), Cancel);

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.NotFound, HttpStatusCode.Forbidden, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.Conflict, HttpStatusCode.UnprocessableEntity, HttpStatusCode.Conflict, HttpStatusCode.RequestEntityTooLarge],
            new[] { first, unknown, unsigned, malformed, backwards, conflict, inconsistent, fork, oversized }.Select(a => a.StatusCode));
        Assert.Equal("1\n", await conflict.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(("1\n", "text/x.tlog.size"), (await fork.Content.ReadAsStringAsync(Cancel), fork.Content.Headers.ContentType!.ToString()));
        Assert.StartsWith("\u2014 witness.example/w1 ", await first.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal($"{witness.Key}\n", await client.GetStringAsync("/witness.vkey", Cancel));
        Assert.StartsWith("log.example/a\n1\n", await client.GetStringAsync("/last-checkpoint?origin=log.example%2Fa", Cancel), StringComparison.Ordinal);
        using var nothing = await client.GetAsync("/last-checkpoint?origin=..%2F..%2Fwitness.key", Cancel);
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
    }

    /// <summary>What was cosigned survives the process.</summary>
    [Fact]
    public async Task AddCheckpoint_AfterARestart_StillRefusesTheFork()
    {
        var settings = WitnessProcess.SettingsFor(RecorderRig.NewFolder(), _log.LogKey);
        await using (var witness = await WitnessProcess.StartAsync(settings))
        {
            using var client = new HttpClient { BaseAddress = new Uri(witness.Url) };
            using var first = await PostAsync(client, 0, Signed(_log, 1, Leaf));
            Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        }

        await using var again = await WitnessProcess.StartAsync(settings);
        using var after = new HttpClient { BaseAddress = new Uri(again.Url) };
        using var fork = await PostAsync(after, 0, Signed(_log, 1, Rfc6962.HashLeaf("other"u8)));
        using var same = await PostAsync(after, 1, Signed(_log, 1, Leaf));

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.OK), (fork.StatusCode, same.StatusCode));
    }

    [Fact]
    public async Task Start_OnAFolderInUse_SaysSo()
    {
        var settings = WitnessProcess.SettingsFor(RecorderRig.NewFolder(), _log.LogKey);
        await using var witness = await WitnessProcess.StartAsync(settings);

        var run = await CliRun.OfAsync("witness", "--name", settings.Name, "--log", _log.LogKey.ToString(), "--state", settings.Folder, "--listen", "127.0.0.1:0");

        Assert.Equal(2, run.Code);
        Assert.Contains("Two witnesses on one folder", run.Error, StringComparison.Ordinal);
    }

    /// <summary>A witness whose memory was lost must not begin anew unseen: it would cosign what it refused before.</summary>
    [Fact]
    public async Task Start_WithAKeyButNoMemoryOfTheLog_RefusesUnlessItIsToBegin()
    {
        var settings = WitnessProcess.SettingsFor(RecorderRig.NewFolder(), _log.LogKey);
        await (await WitnessProcess.StartAsync(settings)).DisposeAsync();
        Directory.Delete(Path.Combine(settings.Folder, "logs"), recursive: true);

        var run = await CliRun.OfAsync("witness", "--name", settings.Name, "--log", _log.LogKey.ToString(), "--state", settings.Folder, "--listen", "127.0.0.1:0");

        Assert.Equal(2, run.Code);
        Assert.Contains("--begin log.example/a", run.Error, StringComparison.Ordinal);
        await (await WitnessProcess.StartAsync(settings with { Begin = ["log.example/a"] })).DisposeAsync();
    }

    [Theory]
    [InlineData("--listen", "somewhere:80")]
    [InlineData("--log", "not a key")]
    [InlineData("--name", "two words")]
    [InlineData("--tls-certificate", "/nowhere/cert.pem")]
    [InlineData("--tls-key", "/nowhere/key.pem")]
    public async Task Start_BadOption_NamesIt(string option, string value)
    {
        var options = new Dictionary<string, string> { ["--name"] = "w", ["--log"] = _log.LogKey.ToString(), ["--state"] = RecorderRig.NewFolder(), ["--listen"] = "127.0.0.1:0", [option] = value };

        var run = await CliRun.OfAsync(["witness", .. options.SelectMany(o => new[] { o.Key, o.Value })]);

        Assert.Equal((2, ""), (run.Code, run.Output));
        Assert.StartsWith("Cannot witness: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Https_WithAPinnedAuthority_IsReachedAndOthersAreRefused()
    {
        var folder = RecorderRig.NewFolder();
        using var authority = new TestAuthority();
        using var stranger = new TestAuthority("Another authority");
        using var certificate = authority.Issue("witness");
        var (cert, key, trusted, untrusted) = (Path.Combine(folder, "cert.pem"), Path.Combine(folder, "key.pem"), Path.Combine(folder, "ca.pem"), Path.Combine(folder, "other.pem"));
        await File.WriteAllTextAsync(cert, certificate.ExportCertificatePem(), Cancel);
        await File.WriteAllTextAsync(key, certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem(), Cancel);
        await File.WriteAllTextAsync(trusted, authority.Certificate.ExportCertificatePem(), Cancel);
        await File.WriteAllTextAsync(untrusted, stranger.Certificate.ExportCertificatePem(), Cancel);
        await using var witness = await WitnessProcess.StartAsync(
            WitnessProcess.SettingsFor(folder, _log.LogKey) with { Listen = new Uri("https://127.0.0.1:0"), Certificate = cert, CertificateKey = key });

        Assert.Equal($"{witness.Key}\n", await GetKeyAsync(witness, trusted));
        await Assert.ThrowsAsync<HttpRequestException>(() => GetKeyAsync(witness, untrusted));
    }

    public void Dispose() => _log.Dispose();

    private static async Task<string> GetKeyAsync(WitnessProcess witness, string authority)
    {
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = new PinnedAuthority(authority).Accepts;
        using var client = new HttpClient(handler);
        return await client.GetStringAsync(new Uri(witness.Url + "/witness.vkey"), Cancel);
    }

    private static byte[] Signed(NoteSigner log, long size, MerkleHash root) => new Checkpoint(log.LogKey.Name, new TreeHead(size, root)).Sign(log).ToBytes();

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, long old, byte[] note, params MerkleHash[] proof) =>
        client.PostAsync("/add-checkpoint", new ByteArrayContent(new AddCheckpoint(old, proof, note).ToBytes()), Cancel);
}
