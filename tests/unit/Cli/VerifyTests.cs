using Chaperone.Recorder.Store;
using Chaperone.Recorder.Tests;
using Microsoft.Data.Sqlite;

namespace Chaperone.Cli.Tests;

public class VerifyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Verify_IntactStore_SaysSoAndChangesNothing()
    {
        await using var rig = await StoppedWithThreeAsync();
        var before = Snapshot(rig);

        var run = await CliRun.OfAsync("verify", "--store", rig.DataDirectory);

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Equal("The ledger is intact.", run.Lines[0]);
        Assert.StartsWith("  holds       3 records, root ", run.Lines[1], StringComparison.Ordinal);
        Assert.Equal("  checkpoint  signed over 3 records", run.Lines[2]);
        Assert.Equal("  tiles       all recomputed", run.Lines[3]);
        Assert.Equal("  gaps        none recorded", run.Lines[4]);
        Assert.Equal("  missing     edge-a (started 2023-11-14 22:13:20Z): 3 to 3, not recorded as a gap yet", run.Lines[5]);
        Assert.StartsWith("  key         chaperone.local/ledger+", run.Lines[6], StringComparison.Ordinal);
        Assert.Contains("compare it with the one you kept", run.Lines[7], StringComparison.Ordinal);
        Assert.Equal(before, Snapshot(rig));
    }

    /// <summary>A mistyped key says nothing about the evidence.</summary>
    [Fact]
    public async Task Verify_AGivenKeyThatIsNone_CannotCheck()
    {
        await using var rig = await StoppedWithThreeAsync();

        var run = await CliRun.OfAsync("verify", rig.DataDirectory, "--key", "name+hash");
        var (code, said) = await EvidenceTests.ScriptAsync(RecorderRig.NewFolder(), "name+hash");

        Assert.Equal((2, 2), (run.Code, code));
        Assert.StartsWith("Cannot verify: Not a verifier key", run.Error, StringComparison.Ordinal);
        Assert.Equal("CANNOT CHECK: the key you gave is not a verifier key (name+hash+key) whose hash fits\n", said);
    }

    [Fact]
    public async Task Verify_AFileThatIsNoZip_SaysSo()
    {
        var file = Path.Combine(RecorderRig.NewFolder(), "evidence.zip");
        await File.WriteAllTextAsync(file, "no zip at all", Cancel);

        var run = await CliRun.OfAsync("verify", file);

        Assert.Equal(1, run.Code);
        Assert.Equal("NOT INTACT: zip: it is no zip, or its directory is damaged\n", run.Output);
    }

    [Fact]
    public async Task Verify_APathWithNothingThere_NamesWhatMayStandThere()
    {
        var run = await CliRun.OfAsync("verify", "/nowhere/at/all");

        Assert.Equal(2, run.Code);
        Assert.Equal("Cannot verify: There is nothing at /nowhere/at/all. Name a bundle, a published log, or the recorder's data directory.\n", run.Error);
    }

    [Fact]
    public async Task Verify_WithTheKeptKeyAndCheckpoint_ProvesThatItOnlyGrew()
    {
        await using var rig = await StoppedWithThreeAsync();
        var kept = Path.Combine(rig.Folder, "kept");
        File.Copy(Path.Combine(rig.LogDirectory, "checkpoint"), kept);
        await using var again = await RecorderRig.StartAsync(rig.Folder);
        await again.KeepAsync(again.Entry());
        await again.AssertIntactAsync(4);

        var run = await CliRun.OfAsync("verify", "--store", Path.Combine(rig.DataDirectory, "ledger.db"), "--key", Path.Combine(rig.LogDirectory, "log.vkey"), "--checkpoint", kept);
        var published = await CliRun.OfAsync("verify", "--log", rig.LogDirectory, "--checkpoint", kept);

        Assert.Equal(0, run.Code);
        Assert.Contains("  earlier     the ledger begins with every record of the checkpoint you kept", run.Lines);
        Assert.DoesNotContain("read from the log itself", run.Output, StringComparison.Ordinal);
        Assert.Equal((0, "The published log is intact."), (published.Code, published.Lines[0]));
    }

    /// <summary>A rewritten ledger with the same key is intact in itself; only the kept checkpoint tells.</summary>
    [Fact]
    public async Task Verify_LedgerRewrittenWithTheSameKey_FailsAgainstTheKeptCheckpoint()
    {
        await using var rig = await StoppedWithThreeAsync();
        var kept = Path.Combine(rig.LogDirectory, "checkpoint");
        var folder = RecorderRig.NewFolder();
        Directory.CreateDirectory(Path.Combine(folder, "keys"));
        foreach (var key in Directory.EnumerateFiles(Path.Combine(rig.Folder, "keys")))
        {
            var copy = Path.Combine(folder, "keys", Path.GetFileName(key));
            File.Copy(key, copy);
            File.SetUnixFileMode(copy, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        await using var forged = await RecorderRig.StartAsync(folder);
        await forged.KeepAsync(forged.Entry(), forged.Entry(), forged.Entry(), forged.Entry());
        await forged.AssertIntactAsync(4);

        var alone = await CliRun.OfAsync("verify", "--store", forged.DataDirectory);
        var against = await CliRun.OfAsync("verify", "--store", forged.DataDirectory, "--checkpoint", kept);

        Assert.Equal(0, alone.Code);
        Assert.Equal((1, "NOT INTACT: earlier checkpoint: its root is not that of the first 3 leaves of the store"), (against.Code, Assert.Single(against.Lines)));
    }

    [Fact]
    public async Task Verify_OneByteOfTheStoreFlipped_SaysOneLineThatNamesThePlace()
    {
        await using var rig = await StoppedWithThreeAsync();
        await using (var attacker = new SqliteConnection($"Data Source={rig.LedgerFile};Pooling=False"))
        {
            await attacker.OpenAsync(Cancel);
            SqliteDatabase.Execute(attacker, "DROP TRIGGER record_keep; UPDATE record SET object = cast(x'FF' || substr(object, 2) AS blob) WHERE idx = 1;");
        }

        var run = await CliRun.OfAsync("verify", "--store", rig.DataDirectory);

        Assert.Equal(1, run.Code);
        Assert.Equal("NOT INTACT: record 1: its sealed object is not the one that was logged", Assert.Single(run.Lines));
    }

    [Theory]
    [InlineData("verify", "--store", "/nowhere/at/all")]
    [InlineData("verify", "--log", "/nowhere/at/all")]
    [InlineData("verify", "--store", "a", "--postgres", "b")]
    [InlineData("verify", "--key", "nonsense", "--log", ".")]
    [InlineData("verify", "--unknown")]
    [InlineData("export")]
    [InlineData("export", "--session", "not-a-guid")]
    [InlineData("frobnicate")]
    public async Task Run_WhatCannotBeRead_EndsWithTwoAndASentence(params string[] args)
    {
        var run = await CliRun.OfAsync(args);

        Assert.Equal((2, ""), (run.Code, run.Output));
        Assert.NotEqual("", run.Error);
    }

    [Theory]
    [InlineData("--help", "verify")]
    [InlineData("verify --help", "Exit codes: 0 all is well; 1 something was changed")]
    [InlineData("export --help", "--session")]
    [InlineData("version", "Chaperone 0.1.0")]
    public async Task Run_Help_SaysWhatItCanDo(string line, string words)
    {
        var run = await CliRun.OfAsync(line.Split(' '));

        Assert.Equal(0, run.Code);
        Assert.Contains(words, run.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_AFileThatIsNoLedger_IsSaid()
    {
        await using var rig = await StoppedWithThreeAsync();
        await File.WriteAllTextAsync(rig.LedgerFile, new string('x', 8192), Cancel);

        var run = await CliRun.OfAsync("verify", "--store", rig.DataDirectory);

        Assert.Equal(1, run.Code);
        Assert.StartsWith("NOT INTACT: store: cannot be read", Assert.Single(run.Lines), StringComparison.Ordinal);
    }

    internal static async Task<RecorderRig> StoppedWithThreeAsync()
    {
        var rig = await RecorderRig.StartAsync();
        await rig.KeepAsync(rig.Entry(stamp: rig.Stamp(1)), rig.Entry(stamp: rig.Stamp(2)), rig.Entry(stamp: rig.Stamp(4)));
        await rig.AssertIntactAsync(3);
        await rig.StopAsync();
        return rig;
    }

    private static IEnumerable<(string, DateTime, long)> Snapshot(RecorderRig rig) =>
    [
        .. Directory.EnumerateFiles(rig.DataDirectory, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(f => (f, File.GetLastWriteTimeUtc(f), new FileInfo(f).Length)),
    ];
}
