using Chaperone.Bus;
using Chaperone.Contracts;
using Chaperone.Recorder.Elastic;
using Chaperone.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Chaperone.Recorder.Tests.Elastic;

/// <summary>The room as its process runs it, with its own loop and the real clock.</summary>
public class ElasticProcessTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Process_ServerMadeReadyLater_SendsEverythingAndGoesOnAfterARestart()
    {
        await using var server = await ElasticServer.StartAsync(beforeSetup: _ => Task.CompletedTask);
        var folder = RecorderRig.NewFolder();
        await using (var app = await StartAsync(folder, server))
        {
            using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
            await KeepAsync(app, 3);
            await TestLimits.UntilAsync(async () => (await ReadyAsync(client)).Contains("chaperone elastic setup", StringComparison.Ordinal), "readiness to say what is missing", Cancel);
            Assert.Contains("\"status\":\"degraded\"", await ReadyAsync(client), StringComparison.Ordinal);

            await server.SetUpAsync();

            await UntilAsync(server, ElasticDatasets.Audit, 3);
            await UntilAsync(server, ElasticDatasets.Checkpoint, 1);
            await TestLimits.UntilAsync(async () => (await ReadyAsync(client)).Contains("\"status\":\"ready\"", StringComparison.Ordinal), "readiness to be well", Cancel);
            await KeepAsync(app, 2);
            await UntilAsync(server, ElasticDatasets.Audit, 5);
            await app.StopAsync(Cancel);
        }

        // A claim that was given back is taken at once, and not after a minute.
        await using var again = await StartAsync(folder, server);
        await KeepAsync(again, 1);
        await UntilAsync(server, ElasticDatasets.Audit, 6);
        await server.AssertHasAsync(ElasticDatasets.Audit, [0, 1, 2, 3, 4, 5]);
    }

    [Fact]
    public async Task Process_WithoutUrl_HasNoSuchDependency()
    {
        await using var app = await StartAsync(RecorderRig.NewFolder(), null);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };

        Assert.DoesNotContain("elasticsearch", await ReadyAsync(client), StringComparison.Ordinal);
    }

    private static async Task<string> ReadyAsync(HttpClient client)
    {
        using var answer = await client.GetAsync("/health/ready", Cancel);
        return await answer.Content.ReadAsStringAsync(Cancel);
    }

    private static Task UntilAsync(ElasticServer server, string dataset, int documents) =>
        TestLimits.UntilAsync(async () => (await server.DocumentsAsync(dataset)).Count == documents, $"{documents} documents in {dataset}", Cancel);

    private static async Task KeepAsync(WebApplication app, int records) => await app.Services.GetRequiredService<IRecordKeeper>().KeepAsync(
        [
            .. Enumerable.Range(0, records).Select(_ => new RecordEntry
            {
                EventId = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()),
                Kind = RecordKind.Session,
                OccurredAt = TimeProvider.System.GetUtcNow(),
                Source = "edge",
            }),
        ],
        Cancel);

    private static async Task<WebApplication> StartAsync(string folder, ElasticServer? server)
    {
        string[] elastic = server is null ? [] : ["--Recorder:Elastic:Url", server.Proxy.Url.AbsoluteUri, "--Recorder:Elastic:Namespace", server.Namespace];
        var app = RecorderService.Build(
        [
            "--urls", "http://127.0.0.1:0",
            "--Recorder:DataDirectory", Path.Combine(folder, "recorder"),
            "--Recorder:KeyFile", Path.Combine(folder, "keys", "record.key"),
            "--Recorder:SigningKeyFile", Path.Combine(folder, "keys", "ledger.key"),
            "--Bus:KeyFile", Path.Combine(folder, "keys", "bus.key"),
            "--Logging:LogLevel:Default", "None",
            .. elastic,
        ]);
        await app.StartAsync(Cancel);
        return app;
    }
}
