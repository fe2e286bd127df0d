using System.IO.Compression;
using Chaperone.Ledger;
using Chaperone.Recorder.Tests;

namespace Chaperone.Cli.Tests;

/// <summary>Evidence over the turn of a year: a bundle of two logs, and the published logs, each followed by every verifier, and each altered byte named.</summary>
public class TwoLogsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Export_OverTheTurnOfTheYear_EveryVerifierFindsIntact()
    {
        await using var rig = await TurnAsync();
        var key = (await File.ReadAllTextAsync(Path.Combine(rig.LogDirectory, "log.vkey"), Cancel)).Trim();
        var bundle = await ExportAsync(rig, "2026-11-01", "2027-01-31");
        var folder = Unpack(bundle);

        var verified = await CliRun.OfAsync("verify", bundle, "--key", key);
        var (code, said) = await EvidenceTests.ScriptAsync(folder, key);

        Assert.Equal((0, "  holds       8 records, each proved to be in the tree"), (verified.Code, verified.Lines[1]));
        Assert.StartsWith("INTACT: 8 records of chaperone.local/ledger, tree of 8, root ", said, StringComparison.Ordinal);
        Assert.Equal(0, code);
        Assert.StartsWith("chaperone.local/ledger/2027\n5\n", await File.ReadAllTextAsync(Path.Combine(folder, "checkpoint"), Cancel), StringComparison.Ordinal);
        Assert.Contains("\"v\": 2,", await File.ReadAllTextAsync(Path.Combine(folder, "manifest.json"), Cancel), StringComparison.Ordinal);
        Assert.Equal(await File.ReadAllBytesAsync(bundle, Cancel), await File.ReadAllBytesAsync(await ExportAsync(rig, "2026-11-01", "2027-01-31", "--tree-size", "8"), Cancel));
    }

    [Theory]
    [InlineData("2026-11-01", "2026-12-31", 3)]
    [InlineData("2027-01-01", "2027-01-31", 5)]
    public async Task Export_OfOneYear_IsChainedToTheNewestLog(string from, string to, int records)
    {
        await using var rig = await TurnAsync();
        var bundle = await ExportAsync(rig, from, to);

        Assert.Equal((0, $"  holds       {records} records, each proved to be in the tree"), ((await CliRun.OfAsync("verify", bundle)).Code, (await CliRun.OfAsync("verify", bundle)).Lines[1]));
        Assert.StartsWith($"INTACT: {records} records", (await EvidenceTests.ScriptAsync(Unpack(bundle))).Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_OfTheFirstLogsTree_IsABundleOfOneLog()
    {
        await using var rig = await TurnAsync();
        var bundle = await ExportAsync(rig, "2026-11-01", "2027-01-31", "--tree-size", "3");
        var folder = Unpack(bundle);

        Assert.False(File.Exists(Path.Combine(folder, "logs.tsv")));
        Assert.Equal(0, (await CliRun.OfAsync("verify", bundle)).Code);
        Assert.Equal(0, (await EvidenceTests.ScriptAsync(folder)).Code);
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(3, 0)]
    [InlineData(2, 2027)]
    public async Task Export_SinceACheckpointOfEitherLog_ProvesThatItGrew(int size, int year)
    {
        await using var rig = await TurnAsync();
        var kept = Path.Combine(RecorderRig.NewFolder(), "kept");
        await File.WriteAllBytesAsync(kept, await SignAsync(rig, size, year), Cancel);
        var bundle = await ExportAsync(rig, "2026-11-01", "2027-01-31", "--since", kept);

        var verified = await CliRun.OfAsync("verify", bundle, "--since", kept);
        var store = await CliRun.OfAsync("verify", "--store", rig.DataDirectory, "--since", kept);
        var log = await CliRun.OfAsync("verify", "--log", rig.LogDirectory, "--since", kept);
        var (code, said) = await EvidenceTests.ScriptAsync(Unpack(bundle));

        Assert.Equal((0, 0, 0, 0), (verified.Code, store.Code, log.Code, code));
        Assert.StartsWith("INTACT", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("logs.tsv", 40)]
    [InlineData("logs.tsv", 300)]
    [InlineData("logs/0.checkpoint", 5)]
    [InlineData("logs/0.checkpoint", 60)]
    [InlineData("checkpoint", 40)]
    [InlineData("proofs.tsv", 100)]
    [InlineData("records.jsonl", 20)]
    public async Task Bundle_OneByteAltered_IsNamedByBothVerifiers(string file, int at)
    {
        await using var rig = await TurnAsync();
        var folder = Unpack(await ExportAsync(rig, "2026-11-01", "2027-01-31"));
        EvidenceTests.Flip(Path.Combine(folder, file), at);

        var verified = await CliRun.OfAsync("verify", folder);
        var (code, said) = await EvidenceTests.ScriptAsync(folder);

        Assert.Equal((1, 1), (verified.Code, code));
        Assert.Contains(file, verified.Output, StringComparison.Ordinal);
        Assert.Contains($"NOT INTACT: {file}: it was altered", said, StringComparison.Ordinal);
    }

    /// <summary>Attack: the holder of the key puts another end of the first log into the bundle. What the second log carries over does not fit.</summary>
    [Fact]
    public async Task Bundle_OtherEndOfTheFirstLog_IsNamedByBothVerifiers()
    {
        await using var rig = await TurnAsync();
        var folder = Unpack(await ExportAsync(rig, "2027-01-02", "2027-01-31"));
        await File.WriteAllBytesAsync(Path.Combine(folder, "logs/0.checkpoint"), await SignAsync(rig, 2, 0), Cancel);
        var table = await File.ReadAllTextAsync(Path.Combine(folder, "logs.tsv"), Cancel);
        await File.WriteAllTextAsync(Path.Combine(folder, "logs.tsv"), table.Replace("\n3\t", "\n2\t", StringComparison.Ordinal), Cancel);

        var verified = await CliRun.OfAsync("verify", folder);
        var (_, said) = await EvidenceTests.ScriptAsync(folder);

        Assert.Contains("record 2", verified.Output, StringComparison.Ordinal);
        Assert.Contains("NOT INTACT: record 2: it does not carry over how chaperone.local/ledger was closed", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_StoreAndPublishedLogs_SayWhichLogsThereAre()
    {
        await using var rig = await TurnAsync();
        const string Logs = "  logs        chaperone.local/ledger (3), chaperone.local/ledger/2027 (5); each carries over how the one before was closed";

        var store = await CliRun.OfAsync("verify", "--store", rig.DataDirectory);
        var logs = await CliRun.OfAsync("verify", "--log", rig.LogDirectory);
        var second = await CliRun.OfAsync("verify", "--log", Path.Combine(rig.LogDirectory, "2027"));

        Assert.Equal((0, Logs), (store.Code, store.Lines[2]));
        Assert.Equal((0, "The published logs are intact.", Logs), (logs.Code, logs.Lines[0], logs.Lines[2]));
        Assert.Equal((0, "The published log is intact."), (second.Code, second.Lines[0]));
    }

    [Theory]
    [InlineData("checkpoint", "checkpoint")]
    [InlineData("2027/checkpoint", "2027/checkpoint")]
    [InlineData("2027/tile/entries/000.p/5", "2027/")]
    [InlineData("logs", "logs: line")]
    public async Task Verify_PublishedLogs_OneByteAltered_IsNamed(string file, string place)
    {
        await using var rig = await TurnAsync();
        EvidenceTests.Flip(Path.Combine(rig.LogDirectory, file), 30);

        var run = await CliRun.OfAsync("verify", "--log", rig.LogDirectory);

        Assert.Equal(1, run.Code);
        Assert.Contains(place, run.Output, StringComparison.Ordinal);
    }

    /// <summary>Attack: the first log's last leaf is taken back with its key, tiles and checkpoint; the next log says what it was closed with.</summary>
    [Fact]
    public async Task Verify_PublishedLogs_FirstOneTakenBack_IsNamed()
    {
        await using var rig = await TurnAsync();
        await File.WriteAllBytesAsync(Path.Combine(rig.LogDirectory, "checkpoint"), await SignAsync(rig, 2, 0), Cancel);

        var run = await CliRun.OfAsync("verify", "--log", rig.LogDirectory);

        Assert.Equal(1, run.Code);
        Assert.Contains("NOT INTACT", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_Session_NamesTheLeafInItsOwnLog()
    {
        await using var rig = await TurnAsync();
        await using var store = new Recorder.Store.SqliteLedgerStore(rig.LedgerFile, readOnly: true);
        var session = (await store.ReadLeavesAsync(5, 1, Cancel))[0].SessionId!.Value;

        var run = await CliRun.OfAsync("export", "--session", session.ToString(), "--store", rig.DataDirectory, "--keys", Path.Combine(rig.Folder, "keys"), "--not-recorded");

        Assert.Equal(0, run.Code);
        Assert.Contains("\"leaf\":{\"origin\":\"chaperone.local/ledger/2027\",\"index\":2,", run.Output, StringComparison.Ordinal);
    }

    /// <summary>Three records in 2026; in 2027 the carry-over, three records, and one after a second checkpoint.</summary>
    private static async Task<RecorderRig> TurnAsync()
    {
        var rig = await RecorderRig.StartAsync();
        await rig.KeepAsync(rig.Entry(), rig.Entry(), rig.Entry());
        await rig.Log.PublishAsync(Cancel);
        rig.Time.SetUtcNow(new DateTimeOffset(2027, 1, 5, 0, 0, 0, TimeSpan.Zero));
        await rig.KeepAsync(rig.Entry(), rig.Entry(), rig.Entry());
        await rig.Log.PublishAsync(Cancel);
        await rig.KeepAsync(rig.Entry());
        await rig.Log.PublishAsync(Cancel);
        Assert.Equal("intact: 8 records in 2 logs", (await rig.VerifyAsync()).Summary.Split(',')[0]);
        await rig.StopAsync();
        return rig;
    }

    private static NoteSigner Signer(RecorderRig rig) =>
        new("chaperone.local/ledger", Bus.Sealing.KeyFile.LoadOrCreate(Path.Combine(rig.Folder, "keys", "ledger.key")).Current.Key);

    /// <summary>A checkpoint as the log signed it, or could have, of its first leaves.</summary>
    private static async Task<byte[]> SignAsync(RecorderRig rig, int size, int year)
    {
        using var signer = Signer(rig);
        var origin = year == 0 ? "chaperone.local/ledger" : $"chaperone.local/ledger/{year}";
        var range = new CompactRange();
        await using var store = new Recorder.Store.SqliteLedgerStore(rig.LedgerFile, readOnly: true);
        foreach (var leaf in await store.ReadLeavesAsync(year == 0 ? 0 : 3, size, Cancel))
        {
            range.Append(Rfc6962.HashLeaf(leaf.Bytes));
        }

        return new Checkpoint(origin, range.Head).Sign(signer.Named(origin)).ToBytes();
    }

    private static async Task<string> ExportAsync(RecorderRig rig, string from, string to, params string[] more)
    {
        var file = Path.Combine(RecorderRig.NewFolder(), "bundle.zip");
        var run = await CliRun.OfAsync(["export", "--from", from, "--to", to, "--store", rig.DataDirectory, "--keys", Path.Combine(rig.Folder, "keys"), "--out", file, "--not-recorded", .. more]);
        Assert.Equal((0, ""), (run.Code, run.Output));
        return file;
    }

    private static string Unpack(string bundle)
    {
        var folder = RecorderRig.NewFolder();
        ZipFile.ExtractToDirectory(bundle, folder);
        return folder;
    }
}
