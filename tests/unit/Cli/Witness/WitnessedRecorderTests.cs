using Chaperone.Contracts;
using Chaperone.Ledger;
using Chaperone.Recorder;
using Chaperone.Recorder.Tests;
using Chaperone.Recorder.Witnessing;
using Chaperone.TestKit;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;

namespace Chaperone.Cli.Tests.Witness;

/// <summary>A real recorder and a real witness: what is cosigned, what is refused, and what is said about it.</summary>
public class WitnessedRecorderTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rounds_LedgerThatGrows_PublishTheCosignedCheckpointThatVerifyChecks()
    {
        var (folder, witness) = await BeginAsync();
        await using var stopped = witness;
        await using var rig = await RecorderRig.StartAsync(folder, settings: Settings(witness));
        foreach (var size in new[] { 1, 3, 260 })
        {
            await rig.KeepAsync([.. Enumerable.Range(0, size - (int)(await rig.Store.ReadHeadAsync(Cancel)).Size).Select(_ => rig.Entry())]);
            await rig.Log.PublishAsync(Cancel);

            Assert.True(await rig.Get<WitnessRounds>().StepAsync(Cancel));

            Assert.Equal(NoteFault.None, Checkpoint.TryOpen(await ReadWitnessedAsync(rig), [rig.Log.Key, witness.Key], out var checkpoint));
            Assert.Equal(size, checkpoint!.Head.Size);
        }

        var run = await CliRun.OfAsync("verify", "--store", rig.DataDirectory, "--witness", witness.Key.ToString());
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.StartsWith("  witnessed   260 records cosigned by witness.example/w1, last ", run.Lines[^1], StringComparison.Ordinal);
        Assert.Null(rig.Health.WitnessWarning);
    }

    [Fact]
    public async Task Verify_WithoutEnoughCosignatures_Fails()
    {
        var (folder, witness) = await BeginAsync();
        await using var stopped = witness;
        await using var rig = await RecorderRig.StartAsync(folder, settings: Settings(witness));
        await rig.KeepAsync(rig.Entry());
        await rig.Log.PublishAsync(Cancel);
        using var absent = new NoteSigner("witness.example/absent", new byte[32]);
        var none = await CliRun.OfAsync("verify", "--store", rig.DataDirectory, "--witness", witness.Key.ToString());
        await rig.Get<WitnessRounds>().StepAsync(Cancel);

        var both = await CliRun.OfAsync("verify", "--store", rig.DataDirectory, "--witness", witness.Key.ToString(), "--witness", absent.WitnessKey.ToString());
        var one = await CliRun.OfAsync("verify", "--log", rig.LogDirectory, "--witness", witness.Key.ToString(), "--witness", absent.WitnessKey.ToString(), "--witness-quorum", "1");

        Assert.Equal((1, "NOT INTACT: checkpoint.witnessed: there is none, so no witness cosigned this ledger"), (none.Code, Assert.Single(none.Lines)));
        Assert.Equal((1, "NOT INTACT: checkpoint.witnessed: cosigned by 1 of the witnesses named, and 2 are needed; not by witness.example/absent"), (both.Code, Assert.Single(both.Lines)));
        Assert.Equal(0, one.Code);
    }

    /// <summary>Somebody with the signing key rewrites the ledger: the witness refuses, and that is recorded, logged and told.</summary>
    [Fact]
    public async Task Rounds_RewrittenLedger_IsAnAlarmRecordOnce()
    {
        var (folder, witness) = await BeginAsync();
        await using var stopped = witness;
        await using (var true1 = await RecorderRig.StartAsync(folder, settings: Settings(witness)))
        {
            await true1.KeepAsync(true1.Entry(), true1.Entry());
            await true1.Log.PublishAsync(Cancel);
            Assert.True(await true1.Get<WitnessRounds>().StepAsync(Cancel));
        }

        Directory.Delete(Path.Combine(folder, "recorder"), recursive: true);
        var settings = Settings(witness);
        await using var rig = await RecorderRig.StartAsync(folder, settings: new Dictionary<string, string?>(settings) { ["Recorder:Witnesses:0:Url"] = "http://127.0.0.1:9" });
        await rig.KeepAsync(rig.Entry(), rig.Entry(), rig.Entry());
        await rig.StopAsync();
        await using var forged = await RecorderRig.StartAsync(folder, settings: settings);

        Assert.False(await forged.Get<WitnessRounds>().StepAsync(Cancel));
        Assert.False(await forged.Get<WitnessRounds>().StepAsync(Cancel));

        Assert.Contains("witness.example/w1 refuses this ledger", forged.Health.WitnessWarning, StringComparison.Ordinal);
        Assert.Single(forged.Errors, line => line.StartsWith("Critical Alarm witness-fork", StringComparison.Ordinal));
        var alarm = Assert.Single(await forged.Store.ReadLeavesAsync(3, 10, Cancel));
        Assert.Equal(RecordKind.Alarm, (RecordKind)alarm.Kind);
        Assert.Null(forged.Health.Problem);
        await forged.AssertIntactAsync(4);
    }

    /// <summary>Database, files and all restored from yesterday: only the witness knows that there was more, and nothing is signed.</summary>
    [Fact]
    public async Task Start_OnAnOldBackup_RefusesToSignBecauseTheWitnessRemembers()
    {
        var (folder, witness) = await BeginAsync();
        await using var stopped = witness;
        string backup;
        await using (var rig = await RecorderRig.StartAsync(folder, settings: Settings(witness)))
        {
            await rig.KeepAsync(rig.Entry());
            await rig.Log.PublishAsync(Cancel);
            backup = rig.CopyFolder();
            await rig.KeepAsync(rig.Entry());
            await rig.Log.PublishAsync(Cancel);
            Assert.True(await rig.Get<WitnessRounds>().StepAsync(Cancel));
        }

        await using var restored = await RecorderRig.StartAsync(backup, settings: Settings(witness));

        Assert.Contains("checkpoint that witness.example/w1 cosigned: says 2 leaves, but the store has only 1", restored.Health.Problem, StringComparison.Ordinal);
        Assert.Contains("docs/witness.md", restored.Health.Problem, StringComparison.Ordinal);
        await Assert.ThrowsAsync<RecordsNotKeptException>(() => restored.KeepAsync(restored.Entry()));
        Assert.StartsWith("chaperone.local/ledger\n1\n", await File.ReadAllTextAsync(Path.Combine(restored.LogDirectory, "checkpoint"), Cancel), StringComparison.Ordinal);
    }

    /// <summary>The witness was away when the backup was restored: it is noticed at the first round, before more is cosigned.</summary>
    [Fact]
    public async Task Rounds_OnAnOldBackup_RefuseToSignOn()
    {
        var (folder, witness) = await BeginAsync();
        string backup;
        await using (var rig = await RecorderRig.StartAsync(folder, settings: Settings(witness)))
        {
            await rig.KeepAsync(rig.Entry());
            await rig.Log.PublishAsync(Cancel);
            backup = rig.CopyFolder();
            await rig.KeepAsync(rig.Entry(), rig.Entry());
            await rig.Log.PublishAsync(Cancel);
            Assert.True(await rig.Get<WitnessRounds>().StepAsync(Cancel));
        }

        var port = new Uri(witness.Url).Port;
        await witness.DisposeAsync();
        await using var restored = await RecorderRig.StartAsync(backup, settings: Settings(witness, $"http://127.0.0.1:{port}"));
        await restored.KeepAsync(restored.Entry());
        await restored.Log.PublishAsync(Cancel);
        await using var back = await WitnessProcess.StartAsync(witness.Settings with { Listen = new Uri($"http://127.0.0.1:{port}") });

        await Assert.ThrowsAsync<RecordsNotKeptException>(async () => await restored.Get<WitnessRounds>().StepAsync(Cancel));

        Assert.Contains("says 3 leaves, but the store has only 2", restored.Health.Refusal, StringComparison.Ordinal);
        await Assert.ThrowsAsync<RecordsNotKeptException>(() => restored.KeepAsync(restored.Entry()));
    }

    /// <summary>A witness that is away, slow or wrong costs nothing but its cosignature, and is told after a while.</summary>
    [Fact]
    public async Task Rounds_WitnessAwaySlowOrWrong_NeverStopRecords()
    {
        var folder = RecorderRig.NewFolder();
        await using var server = await ScriptedServer.StartAsync(Cancel);
        using var signer = new NoteSigner("witness.example/w1", new byte[32]);
        using var thief = new NoteSigner("witness.example/w1", [.. new byte[31], 1]);
        var settings = new Dictionary<string, string?>
        {
            ["Recorder:Witnesses:0:Url"] = server.Url,
            ["Recorder:Witnesses:0:VerifierKey"] = signer.WitnessKey.ToString(),
            ["Recorder:WitnessPatience"] = "00:00:00",
        };
        await using var rig = await RecorderRig.StartAsync(folder, settings: settings);
        await rig.KeepAsync(rig.Entry());
        await rig.Log.PublishAsync(Cancel);
        Func<HttpContext, Task>[] answers =
        [
            http => { http.Abort(); return Task.CompletedTask; },
            http => AnswerAsync(http, 500, "oops"),
            http => AnswerAsync(http, 409, "no number"),
            http => AnswerAsync(http, 200, "no signature\n"),
            http => AnswerAsync(http, 200, thief.Cosign(new Checkpoint("chaperone.local/ledger", default), rig.Time.GetUtcNow()).ToString()),
            http => AnswerAsync(http, 404, "unknown"),
        ];
        foreach (var answer in answers)
        {
            server.Script = (http, _) => answer(http);

            Assert.False(await rig.Get<WitnessRounds>().StepAsync(Cancel));

            Assert.Contains("Too few witnesses cosign: 0 of the 1 needed", rig.Health.WitnessWarning, StringComparison.Ordinal);
            await rig.KeepAsync(rig.Entry());
        }

        Assert.False(File.Exists(Path.Combine(rig.LogDirectory, WitnessRounds.WitnessedPath)));
        await rig.AssertIntactAsync(7);
    }

    /// <summary>A witness that never answers is left after its limit, at start too.</summary>
    [Fact]
    public async Task Rounds_WitnessThatHangs_IsLeftAfterItsLimit()
    {
        await using var server = await ScriptedServer.StartAsync(Cancel);
        server.Script = (http, _) => Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        using var signer = new NoteSigner("witness.example/w1", new byte[32]);
        using var line = new WitnessLine(signer.WitnessKey, OutboundHttp.Create(new Uri(server.Url), null), TimeSpan.FromMilliseconds(200), TimeProvider.System);

        Assert.Null(await line.ReadLastAsync("chaperone.local/ledger", Cancel).AsTask().WaitAsync(TestLimits.Signal, Cancel));
    }

    /// <summary>The witness is away over the turn of the year: it gets the old log's end first, then the new log, and remembers both.</summary>
    [Fact]
    public async Task Rounds_OverTheTurnOfTheYear_CosignTheEndAndThenTheNextLog()
    {
        var (folder, first) = await BeginAsync();
        await first.DisposeAsync();
        var settings = first.Settings with { WithSuccessors = true };
        await using var witness = await WitnessProcess.StartAsync(settings);
        string backup;
        await using (var rig = await RecorderRig.StartAsync(folder, settings: Settings(witness)))
        {
            await rig.KeepAsync(rig.Entry());
            await rig.Log.PublishAsync(Cancel);
            Assert.True(await rig.Get<WitnessRounds>().StepAsync(Cancel));
            await rig.KeepAsync(rig.Entry());
            await rig.Log.PublishAsync(Cancel);
            backup = rig.CopyFolder();
            rig.Time.SetUtcNow(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
            await rig.KeepAsync(rig.Entry());
            await rig.Log.PublishAsync(Cancel);

            Assert.True(await rig.Get<WitnessRounds>().StepAsync(Cancel));

            Assert.StartsWith("chaperone.local/ledger\n2\n", await File.ReadAllTextAsync(Path.Combine(rig.LogDirectory, WitnessRounds.WitnessedPath), Cancel), StringComparison.Ordinal);
            Assert.StartsWith("chaperone.local/ledger/2027\n2\n", await File.ReadAllTextAsync(Path.Combine(rig.LogDirectory, "2027", WitnessRounds.WitnessedPath), Cancel), StringComparison.Ordinal);
            var run = await CliRun.OfAsync("verify", "--store", rig.DataDirectory, "--witness", witness.Key.ToString());
            Assert.Equal((0, ""), (run.Code, run.Error));
        }

        // Database and files of before the turn: they agree with each other and have all of the old log; only the witness knows of the new one.
        await using var restored = await RecorderRig.StartAsync(backup, change: services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(
            new FakeTimeProvider(new DateTimeOffset(2027, 2, 1, 0, 0, 0, TimeSpan.Zero)))), settings: Settings(witness));
        Assert.Contains("cosigned: is of the log chaperone.local/ledger/2027, which the store does not have", restored.Health.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rounds_WitnessThatWasNotToldOfLaterYears_SaysHowToTellIt()
    {
        var (folder, witness) = await BeginAsync();
        await using var stopped = witness;
        await using var rig = await RecorderRig.StartAsync(folder, settings: new Dictionary<string, string?>(Settings(witness)) { ["Recorder:WitnessPatience"] = "00:00:00" });
        await rig.KeepAsync(rig.Entry());
        rig.Time.SetUtcNow(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await rig.KeepAsync(rig.Entry());
        await rig.Log.PublishAsync(Cancel);

        Assert.False(await rig.Get<WitnessRounds>().StepAsync(Cancel));

        Assert.Contains("--with-successors", rig.Health.WitnessWarning, StringComparison.Ordinal);
        Assert.StartsWith("chaperone.local/ledger\n1\n", await File.ReadAllTextAsync(Path.Combine(rig.LogDirectory, WitnessRounds.WitnessedPath), Cancel), StringComparison.Ordinal);
    }

    private static Task AnswerAsync(HttpContext http, int status, string text)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsync(text);
    }

    private static async Task<byte[]> ReadWitnessedAsync(RecorderRig rig) => await File.ReadAllBytesAsync(Path.Combine(rig.LogDirectory, WitnessRounds.WitnessedPath), Cancel);

    private static Dictionary<string, string?> Settings(WitnessProcess witness, string? url = null) => new()
    {
        ["Recorder:Witnesses:0:Url"] = url ?? witness.Url,
        ["Recorder:Witnesses:0:VerifierKey"] = witness.Key.ToString(),
    };

    /// <summary>A recorder's folder with its keys, and a witness that watches its log.</summary>
    private static async Task<(string Folder, WitnessProcess Witness)> BeginAsync()
    {
        var folder = RecorderRig.NewFolder();
        await using var rig = await RecorderRig.StartAsync(folder);
        await rig.Log.PublishAsync(Cancel);
        return (folder, await WitnessProcess.StartAsync(WitnessProcess.SettingsFor(RecorderRig.NewFolder(), rig.Log.Key)));
    }
}
