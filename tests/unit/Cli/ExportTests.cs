using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Chaperone.Contracts;
using Chaperone.Recorder.Tests;

namespace Chaperone.Cli.Tests;

public class ExportTests
{
    [Fact]
    public async Task Export_Session_WritesMaskedLinesThatProveThemselves()
    {
        await using var rig = await RecorderRig.StartAsync();
        var session = Guid.CreateVersion7(rig.Time.GetUtcNow());
        await rig.KeepAsync(rig.Entry(session: session, masked: "{\"n\":\"[NAME]\",\n \"café\":1}", raw: "{\"n\":\"CANARY\"}"), rig.Entry());
        rig.Time.Advance(TimeSpan.FromMilliseconds(1500));
        var outcome = rig.Entry(session: session);
        await rig.KeepAsync(outcome with
        {
            Kind = RecordKind.Outcome,
            Outcome = new OutcomeFacts { Status = OutcomeStatus.Answered, HttpStatus = 200, Findings = [new MaskFinding { Type = "NAME", Count = 2 }] },
            Parts = [rig.Part("response_masked", "{\"ok\":true}", true, outcome.EventId)],
        });
        await rig.AssertIntactAsync(3);
        await rig.StopAsync();

        var run = await CliRun.OfAsync("export", "--session", session.ToString(), "--store", rig.DataDirectory, "--keys", Path.Combine(rig.Folder, "keys"));

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.DoesNotContain("CANARY", run.Output, StringComparison.Ordinal);
        var lines = run.Lines.Select(l => JsonDocument.Parse(l).RootElement).ToArray();
        Assert.Equal(4, lines.Length);
        Assert.Equal((1, session, "nurse-1", "UTC"), (lines[0].GetProperty("v").GetInt32(), lines[0].GetProperty("session").GetGuid(), Text(lines[0], "subject"), Text(lines[0], "tz")));
        Assert.Equal(("c2g", "intent", "{\"n\":\"[NAME]\",\n \"café\":1}", 0L), (Text(lines[1], "dir"), Text(lines[1], "kind"), Text(lines[1], "body"), Index(lines[1])));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text(lines[1], "body")))), Text(lines[1], "sha256"));
        Assert.Equal(("g2c", "outcome", "answered", 1500, 2L), (Text(lines[2], "dir"), Text(lines[2], "kind"), Text(lines[2], "status"), lines[2].GetProperty("dt_ms").GetInt32(), Index(lines[2])));
        Assert.Equal((2, Chain(run.Lines[..^1])), (lines[3].GetProperty("events").GetInt32(), Text(lines[3], "sha256_chain")));
    }

    [Fact]
    public async Task Export_ToAFile_WritesItOnceAndNeverOver()
    {
        await using var rig = await VerifyTests.StoppedWithThreeAsync();
        var session = (await FirstSessionAsync(rig)).ToString();
        var file = Path.Combine(rig.Folder, "session.jsonl");
        string[] args = ["export", "--session", session, "--store", rig.DataDirectory, "--keys", Path.Combine(rig.Folder, "keys"), "--out", file];

        var first = await CliRun.OfAsync(args);
        var second = await CliRun.OfAsync(args);

        Assert.Equal((0, "", $"Wrote 1 record to {file}. Recorded in the ledger as leaf 3.\n"), (first.Code, first.Output, first.Error));
        Assert.Equal(2, second.Code);
        await AssertRecordedAsync(rig, 4, RecordKind.Export, session);
    }

    [Fact]
    public async Task Export_UnknownSessionOrForeignKey_IsRefused()
    {
        await using var rig = await VerifyTests.StoppedWithThreeAsync();
        await using var other = await VerifyTests.StoppedWithThreeAsync();
        var session = (await FirstSessionAsync(rig)).ToString();

        var unknown = await CliRun.OfAsync("export", "--session", Guid.Empty.ToString(), "--store", rig.DataDirectory, "--keys", Path.Combine(rig.Folder, "keys"));
        var noKey = await CliRun.OfAsync("export", "--session", session, "--store", rig.DataDirectory, "--keys", rig.Folder);
        var foreign = await CliRun.OfAsync("export", "--session", session, "--store", rig.DataDirectory, "--keys", Path.Combine(other.Folder, "keys"));

        Assert.Equal((2, 2, 1), (unknown.Code, noKey.Code, foreign.Code));
        Assert.Contains("does not open with these keys", foreign.Error, StringComparison.Ordinal);
        Assert.Equal("", foreign.Output);
    }

    /// <summary>Invariant 1 for the command, too: what cannot be recorded is not handed out.</summary>
    [Fact]
    public async Task Export_ThatCannotBeRecorded_HandsOutNothingUnlessToldSo()
    {
        await using var rig = await VerifyTests.StoppedWithThreeAsync();
        var session = (await FirstSessionAsync(rig)).ToString();
        await using var other = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={rig.LedgerFile};Pooling=False");
        await other.OpenAsync(TestContext.Current.CancellationToken);
        Recorder.Store.SqliteDatabase.Execute(other, "BEGIN IMMEDIATE");
        string[] args = ["export", "--session", session, "--store", rig.DataDirectory, "--keys", Path.Combine(rig.Folder, "keys")];

        var refused = await CliRun.OfAsync(args);
        var told = await CliRun.OfAsync([.. args, "--not-recorded"]);

        Assert.Equal((2, ""), (refused.Code, refused.Output));
        Assert.Contains("cannot be recorded", refused.Error, StringComparison.Ordinal);
        Assert.Equal(0, told.Code);
        Assert.NotEqual("", told.Output);
    }

    /// <summary>Beside a running recorder, which goes on with the next record as if it had written this one itself.</summary>
    [Fact]
    public async Task Export_BesideARunningRecorder_IsALeafLikeAnyOther()
    {
        await using var rig = await RecorderRig.StartAsync();
        var entry = rig.Entry();
        await rig.KeepAsync(entry);
        await rig.AssertIntactAsync(1);

        var run = await CliRun.OfAsync("export", "--session", entry.Call!.SessionId.ToString(), "--store", rig.DataDirectory, "--keys", Path.Combine(rig.Folder, "keys"));
        await rig.KeepAsync(rig.Entry());

        Assert.Equal((0, ""), (run.Code, run.Error));
        await rig.AssertIntactAsync(3);
        await AssertRecordedAsync(rig, 3, RecordKind.Export, entry.Call.SessionId.ToString(), 1);
        await rig.FollowAsync();
        Assert.Empty(rig.Errors);
    }

    private static async Task AssertRecordedAsync(RecorderRig rig, long size, RecordKind kind, string session, long? at = null)
    {
        await using var store = new Recorder.Store.SqliteLedgerStore(rig.LedgerFile, readOnly: true);
        var cancel = TestContext.Current.CancellationToken;
        Assert.Equal(size, (await store.ReadHeadAsync(cancel)).Size);
        var record = Assert.Single(await store.ReadRecordsAsync(at ?? size - 1, 1, cancel));
        Assert.Equal((int)kind, record.Leaf.Kind);
        var header = Encoding.UTF8.GetString(record.Header!);
        Assert.Contains("\"source\":\"command\"", header, StringComparison.Ordinal);
        Assert.Contains(Environment.UserName, header, StringComparison.Ordinal);
        Assert.Contains(session, header, StringComparison.Ordinal);
    }

    private static async Task<Guid> FirstSessionAsync(RecorderRig rig)
    {
        await using var store = new Recorder.Store.SqliteLedgerStore(rig.LedgerFile, readOnly: true);
        return (await store.ReadLeavesAsync(0, 1, TestContext.Current.CancellationToken))[0].SessionId!.Value;
    }

    private static string Text(JsonElement line, string name) => line.GetProperty(name).GetString()!;

    private static long Index(JsonElement line) => line.GetProperty("leaf").GetProperty("index").GetInt64();

    private static string Chain(IEnumerable<string> lines)
    {
        byte[] chain = [];
        foreach (var line in lines)
        {
            chain = SHA256.HashData([.. chain, .. Encoding.UTF8.GetBytes(line)]);
        }

        return Convert.ToHexStringLower(chain);
    }
}
