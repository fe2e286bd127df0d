using System.Net;
using Chaperone.Bus;
using Chaperone.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Chaperone.Recorder.Tests;

/// <summary>The room as its process runs it, over HTTP.</summary>
public class RecorderProcessTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ledger_AfterARecord_IsServedWithTypesAndCaching()
    {
        await using var rig = await RecorderRig.StartAsync();
        await using var app = await StartAsync(RecorderRig.NewFolder());
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        var id = Guid.CreateVersion7(rig.Time.GetUtcNow());
        var entry = rig.Entry(id) with { Parts = [] };
        await app.Services.GetRequiredService<IRecordKeeper>().KeepAsync([entry], Cancel);
        await TestLimits.UntilAsync(
            async () => (await client.GetStringAsync("/ledger/checkpoint", Cancel)).StartsWith("chaperone.local/ledger\n1\n", StringComparison.Ordinal),
            "a checkpoint of one record",
            Cancel);

        using var checkpoint = await client.GetAsync("/ledger/checkpoint", Cancel);
        using var tile = await client.GetAsync("/ledger/tile/0/000.p/1", Cancel);
        using var entries = await client.GetAsync("/ledger/tile/entries/000.p/1", Cancel);
        using var posted = await client.PostAsync("/ledger/checkpoint", null, Cancel);
        using var ready = await client.GetAsync("/health/ready", Cancel);

        Assert.Equal(("text/plain; charset=utf-8", "no-cache"), (checkpoint.Content.Headers.ContentType!.ToString(), checkpoint.Headers.CacheControl!.ToString()));
        Assert.Equal("application/octet-stream", tile.Content.Headers.ContentType!.ToString());
        Assert.Contains("immutable", tile.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal(32, (await tile.Content.ReadAsByteArrayAsync(Cancel)).Length);
        Assert.Equal(HttpStatusCode.OK, entries.StatusCode);
        Assert.Contains("chaperone.local/ledger+", await client.GetStringAsync("/ledger/log.vkey", Cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, posted.StatusCode);
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
    }

    /// <summary>Each log as it was published, under the address that its origin names.</summary>
    [Fact]
    public async Task Ledger_OfALaterYear_IsServedUnderItsYear()
    {
        var folder = RecorderRig.NewFolder();
        await (await RotationTests.StartWithTwoLogsAsync(folder)).DisposeAsync();
        await using var app = await StartAsync(folder);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        foreach (var path in (string[])["checkpoint", "log.vkey", "tile/0/000.p/2", "tile/entries/000.p/2", "2027/checkpoint", "2027/log.vkey", "2027/tile/0/000.p/3", "2027/tile/entries/000.p/3", "logs"])
        {
            using var answer = await client.GetAsync($"/ledger/{path}", Cancel);

            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(folder, "recorder", "log", path), Cancel), await answer.Content.ReadAsByteArrayAsync(Cancel));
            Assert.Contains(path.Contains("tile/", StringComparison.Ordinal) ? "immutable" : "no-cache", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        }

        Assert.StartsWith("chaperone.local/ledger\n2\n", await client.GetStringAsync("/ledger/checkpoint", Cancel), StringComparison.Ordinal);
        Assert.StartsWith("chaperone.local/ledger/2027\n3\n", await client.GetStringAsync("/ledger/2027/checkpoint", Cancel), StringComparison.Ordinal);
        foreach (var path in (string[])["2028/checkpoint", "20270/checkpoint", "2027/2027/checkpoint", "2027/ledger.db", "2027/tile/..%2f..%2fcheckpoint", "2027%2fcheckpoint/checkpoint", "2027/tile/0/000.p/4"])
        {
            using var answer = await client.GetAsync($"/ledger/{path}", Cancel);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("/ledger/tile/..%2f..%2f..%2fkeys%2fledger.key")]
    [InlineData("/ledger/tile/%2e%2e/%2e%2e/ledger.db")]
    [InlineData("/ledger/tile/0/..%5c..%5cledger.db")]
    [InlineData("/ledger/tile/0/000/../../checkpoint")]
    [InlineData("/ledger/ledger.db")]
    [InlineData("/ledger/tile/0")]
    [InlineData("/ledger/tile/64/000")]
    [InlineData("/ledger/tile/00/000")]
    [InlineData("/ledger/tile/0/1")]
    [InlineData("/ledger/tile/0/000.p/0")]
    [InlineData("/ledger/tile/0/000.p/.tmp")]
    [InlineData("/ledger/tile/0/999")]
    public async Task Ledger_OtherPaths_AreNotFound(string path)
    {
        await using var app = await StartAsync(RecorderRig.NewFolder());
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };

        using var answer = await client.GetAsync(path, Cancel);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public void Start_WithBadSettings_NamesThemAll()
    {
        var refused = Assert.Throws<OptionsValidationException>(() => new ServiceCollection()
            .AddRecorder(new Microsoft.Extensions.Configuration.ConfigurationManager
            {
                ["Recorder:Store"] = "PostgreSql",
                ["Recorder:ConnectionString"] = "Host=db;Password=hunter2",
                ["Recorder:PasswordFile"] = "/nowhere/password",
                ["Recorder:Origin"] = "a b",
                ["Recorder:GapAfter"] = "00:00:00",
                ["Recorder:CheckpointEvery"] = "1.00:00:00",
            })
            .BuildServiceProvider()
            .GetRequiredService<IOptions<RecorderOptions>>()
            .Value);

        Assert.Equal(5, refused.Failures.Count());
        Assert.DoesNotContain("hunter2", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<WebApplication> StartAsync(string folder)
    {
        var app = RecorderService.Build(
        [
            "--urls", "http://127.0.0.1:0",
            "--Recorder:DataDirectory", Path.Combine(folder, "recorder"),
            "--Recorder:KeyFile", Path.Combine(folder, "keys", "record.key"),
            "--Recorder:SigningKeyFile", Path.Combine(folder, "keys", "ledger.key"),
            "--Bus:KeyFile", Path.Combine(folder, "keys", "bus.key"),
            "--Logging:LogLevel:Default", "None",
        ]);
        await app.StartAsync(Cancel);
        return app;
    }
}
