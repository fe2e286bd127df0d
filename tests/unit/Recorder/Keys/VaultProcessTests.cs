using System.Net;
using Chaperone.Bus;
using Chaperone.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Chaperone.Recorder.Tests.Keys;

/// <summary>The room as its process runs it, with a Vault that is sealed when it starts.</summary>
public class VaultProcessTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_VaultSealed_IsNotReadyAndSaysWhyUntilItIsUnsealed()
    {
        await using var stage = await VaultStage.StartAsync();
        stage.Server.Sealed = true;
        await using var rig = await RecorderRig.StartAsync();
        await using var app = RecorderService.Build(
        [
            "--urls", "http://127.0.0.1:0",
            "--Recorder:DataDirectory", Path.Combine(stage.Folder, "recorder"),
            "--Recorder:KeyFile", Path.Combine(stage.Folder, "keys", "record.key"),
            "--Recorder:SigningKeyFile", Path.Combine(stage.Folder, "keys", "ledger.key"),
            "--Bus:KeyFile", Path.Combine(stage.Folder, "keys", "bus.key"),
            "--Logging:LogLevel:Default", "None",
            .. stage.Settings().SelectMany(s => new[] { "--" + s.Key, s.Value! }),
        ]);
        await app.StartAsync(Cancel);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };

        await TestLimits.UntilAsync(async () => await ReadyAsync(client) is (HttpStatusCode.ServiceUnavailable, var why) && why.Contains("Vault is sealed. Unseal it.", StringComparison.Ordinal), "readiness to name Vault", Cancel);
        stage.Server.Sealed = false;
        await TestLimits.UntilAsync(async () => (await ReadyAsync(client)).Status == HttpStatusCode.OK, "the recorder to be ready", Cancel);

        var entry = rig.Entry() with { Parts = [] };
        await app.Services.GetRequiredService<IRecordKeeper>().KeepAsync([entry], Cancel);
        Assert.False(File.Exists(Path.Combine(stage.Folder, "keys", "record.key")));
    }

    private static async Task<(HttpStatusCode Status, string Body)> ReadyAsync(HttpClient client)
    {
        using var answer = await client.GetAsync("/health/ready", Cancel);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancel));
    }
}
