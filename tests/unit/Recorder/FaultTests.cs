using Chaperone.Recorder.Store;
using Chaperone.TestKit;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Chaperone.Recorder.Tests;

/// <summary>Crash points of the recorder, and stores that cannot be written. After each step the whole ledger is verified.</summary>
public class FaultTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Crash_BeforeCommit_AssignsNothing_AndRedeliveryKeepsOnce()
    {
        await using var rig = await StartFaultyAsync();
        var entry = rig.Entry();
        Faults(rig).BeforeCommit = new IOException("power");

        await Assert.ThrowsAsync<RecordsNotKeptException>(() => rig.KeepAsync(entry));
        await rig.AssertIntactAsync(0);
        await rig.KeepAsync(entry);

        await rig.AssertIntactAsync(1);
    }

    [Fact]
    public async Task Crash_AfterCommitBeforeAcknowledging_RedeliveryAddsNoSecondLeaf()
    {
        await using var rig = await StartFaultyAsync();
        var entry = rig.Entry();
        Faults(rig).AfterCommit = new IOException("power");

        await Assert.ThrowsAsync<RecordsNotKeptException>(() => rig.KeepAsync(entry));
        await rig.KeepAsync(entry);

        await rig.AssertIntactAsync(1);
    }

    [Fact]
    public async Task Head_MovedByAnother_IsReloadedAndTriedAgain()
    {
        await using var rig = await StartFaultyAsync();
        Faults(rig).BeforeCommit = new HeadMovedException();

        await rig.KeepAsync(rig.Entry());

        await rig.AssertIntactAsync(1);
    }

    [Fact]
    public async Task Crash_BeforeTiles_RestartDerivesThemBeforeItTakesRecords()
    {
        await using var rig = await RecorderRig.StartAsync();
        await rig.KeepAsync([.. Enumerable.Range(0, 300).Select(_ => rig.Entry())]);
        await using var again = await RecorderRig.StartAsync(rig.CopyFolder());

        await again.KeepAsync(again.Entry());

        Assert.True((await File.ReadAllLinesAsync(Path.Combine(again.LogDirectory, "checkpoint"), Cancel))[1] is "300");
        Assert.True(File.Exists(Path.Combine(again.LogDirectory, "tile", "0", "000")));
        await again.AssertIntactAsync(301);
    }

    [Theory]
    [InlineData("tile/0/001.p/44")]
    [InlineData("tile/entries/001.p/44")]
    [InlineData("tile/1/000.p/1")]
    public async Task Crash_TornTileAndHalfWrittenCheckpoint_AreMadeAgain(string torn)
    {
        await using var rig = await RecorderRig.StartAsync();
        await rig.KeepAsync([.. Enumerable.Range(0, 300).Select(_ => rig.Entry())]);
        await rig.AssertIntactAsync(300);
        var folder = rig.CopyFolder();
        var log = Path.Combine(folder, "recorder", "log");
        await File.WriteAllBytesAsync(Path.Combine(log, torn), [1, 2, 3], Cancel);
        await File.WriteAllTextAsync(Path.Combine(log, ".checkpoint.tmp"), "chaperone.lo", Cancel);

        await using var again = await RecorderRig.StartAsync(folder);
        await again.KeepAsync(again.Entry());
        await again.Log.PublishAsync(Cancel);
        await again.KeepAsync([.. Enumerable.Range(0, 300).Select(_ => again.Entry())]);

        Assert.Null(again.Health.Problem);
        var report = await again.VerifyAsync();
        Assert.True(report.IsIntact, report.Summary);
    }

    [Fact]
    public async Task Rollback_StoreOfYesterday_IsRefusedAndNothingIsSigned()
    {
        await using var rig = await RecorderRig.StartAsync();
        await rig.KeepAsync(rig.Entry());
        await rig.AssertIntactAsync(1);
        var yesterday = rig.CopyFolder();
        await rig.KeepAsync(rig.Entry());
        await rig.AssertIntactAsync(2);
        var today = rig.CopyFolder();
        var checkpoint = await File.ReadAllTextAsync(Path.Combine(today, "recorder", "log", "checkpoint"), Cancel);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(today, "recorder"), "ledger.db*"))
        {
            File.Delete(file);
        }

        foreach (var file in Directory.EnumerateFiles(Path.Combine(yesterday, "recorder"), "ledger.db*"))
        {
            File.Copy(file, Path.Combine(today, "recorder", Path.GetFileName(file)));
        }

        await using var again = await RecorderRig.StartAsync(today);
        var refused = await Assert.ThrowsAsync<RecordsNotKeptException>(() => again.KeepAsync(again.Entry()));

        Assert.Contains("Records were taken back", refused.Message, StringComparison.Ordinal);
        Assert.Equal(refused.Message, again.Health.Problem);
        await Assert.ThrowsAsync<RecordsNotKeptException>(async () => await again.Log.PublishAsync(Cancel));
        Assert.Equal(checkpoint, await File.ReadAllTextAsync(Path.Combine(again.LogDirectory, "checkpoint"), Cancel));
        var report = await again.VerifyAsItIsAsync();
        Assert.Contains(report.Findings, f => f.ToString() == "checkpoint: says 2 records, but the store has only 1: records were taken back");
    }

    [Fact]
    public async Task OtherStore_OfMoreRecords_IsRefused()
    {
        await using var rig = await RecorderRig.StartAsync();
        await rig.KeepAsync(rig.Entry());
        await rig.AssertIntactAsync(1);
        await using var other = await RecorderRig.StartAsync();
        await other.KeepAsync(other.Entry(), other.Entry(), other.Entry());
        var folder = rig.CopyFolder();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(other.CopyFolder(), "recorder"), "ledger.db*"))
        {
            File.Copy(file, Path.Combine(folder, "recorder", Path.GetFileName(file)), overwrite: true);
        }

        await using var again = await RecorderRig.StartAsync(folder);
        var refused = await Assert.ThrowsAsync<RecordsNotKeptException>(() => again.KeepAsync(again.Entry()));

        Assert.Contains("does not fit its last checkpoint", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SigningKey_Replaced_IsRefused()
    {
        await using var rig = await RecorderRig.StartAsync();
        await rig.KeepAsync(rig.Entry());
        await rig.AssertIntactAsync(1);
        var folder = rig.CopyFolder();
        File.Delete(Path.Combine(folder, "keys", "ledger.key"));

        await using var again = await RecorderRig.StartAsync(folder);
        var refused = await Assert.ThrowsAsync<RecordsNotKeptException>(() => again.KeepAsync(again.Entry()));

        Assert.Contains("Restore the signing key file", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TwoWriters_OnOneStore_KeepEverythingOnce()
    {
        await using var first = await RecorderRig.StartAsync();
        await first.KeepAsync(first.Entry());
        await using var second = await RecorderRig.StartAsync(first.Folder);
        var entries = Enumerable.Range(0, 200).Select(_ => first.Entry()).ToArray();

        await Task.WhenAll(entries.SelectMany(e => (Task[])[KeepUntilKeptAsync(first, e), KeepUntilKeptAsync(second, e)]));

        await first.AssertIntactAsync(201);
    }

    [Fact]
    public async Task DiskFull_RefusesThenRecoversByItself()
    {
        await using var rig = await RecorderRig.StartAsync();
        await rig.KeepAsync(rig.Entry());
        var writer = ((SqliteLedgerStore)rig.Store).Writer;
        SqliteDatabase.Execute(writer, "PRAGMA max_page_count = 1");
        var entry = rig.Entry(raw: Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(1_000_000)));

        var refused = await Assert.ThrowsAsync<RecordsNotKeptException>(() => rig.KeepAsync(entry));

        Assert.Contains("database or disk is full", refused.Message, StringComparison.Ordinal);
        Assert.NotNull(rig.Health.Problem);
        SqliteDatabase.Execute(writer, "PRAGMA max_page_count = 1000000");
        await rig.KeepAsync(entry);
        Assert.Null(rig.Health.Problem);
        await rig.AssertIntactAsync(2);
    }

    /// <summary>Without traffic too: an orchestrator sends none to a recorder that is not ready.</summary>
    [Fact]
    public async Task StoreLocked_RefusesThenBecomesReadyWithoutTraffic()
    {
        await using var rig = await RecorderRig.StartAsync();
        await rig.KeepAsync(rig.Entry());
        await using (var other = new SqliteConnection($"Data Source={rig.LedgerFile};Pooling=False"))
        {
            await other.OpenAsync(Cancel);
            SqliteDatabase.Execute(other, "BEGIN IMMEDIATE");
            await Assert.ThrowsAsync<RecordsNotKeptException>(() => rig.KeepAsync(rig.Entry()));
            Assert.NotNull(rig.Health.Problem);
            SqliteDatabase.Execute(other, "ROLLBACK");
        }

        await TestLimits.UntilAsync(
            () =>
            {
                rig.Time.Advance(TimeSpan.FromSeconds(1));
                return ValueTask.FromResult(rig.Health.Problem is null);
            },
            "the recorder to be ready again",
            Cancel);
        await rig.AssertIntactAsync(1);
    }

    [Fact]
    public async Task StoreSwappedUnderTheRunningRecorder_IsRefused()
    {
        await using var rig = await RecorderRig.StartAsync();
        await rig.KeepAsync(rig.Entry(), rig.Entry());
        SqliteDatabase.Execute(
            ((SqliteLedgerStore)rig.Store).Writer,
            "UPDATE head SET size = 0, range = x'0000000000000000', root = x'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'");

        var refused = await Assert.ThrowsAsync<RecordsNotKeptException>(() => rig.KeepAsync(rig.Entry()));

        Assert.Contains("it held 2 records and now holds 0", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_OfANewerVersion_IsNotTouched()
    {
        await using var rig = await RecorderRig.StartAsync();
        await rig.KeepAsync(rig.Entry());
        var folder = rig.CopyFolder();
        await using (var other = new SqliteConnection($"Data Source={Path.Combine(folder, "recorder", "ledger.db")};Pooling=False"))
        {
            await other.OpenAsync(Cancel);
            SqliteDatabase.Execute(other, "PRAGMA user_version = 99");
        }

        await using var again = await RecorderRig.StartAsync(folder);
        var refused = await Assert.ThrowsAsync<RecordsNotKeptException>(() => again.KeepAsync(again.Entry()));

        Assert.Contains("newer version of Chaperone", refused.Message, StringComparison.Ordinal);
    }

    private static async Task KeepUntilKeptAsync(RecorderRig rig, Contracts.RecordEntry entry)
    {
        while (true)
        {
            try
            {
                await rig.KeepAsync(entry);
                return;
            }
            catch (RecordsNotKeptException)
            {
                // The other writer held the file longer than this one waits: delivered again, as the bus does.
            }
        }
    }

    private static Task<RecorderRig> StartFaultyAsync() => RecorderRig.StartAsync(change: services =>
    {
        var store = services.Single(s => s.ServiceType == typeof(ILedgerStore));
        services.Remove(store);
        services.AddSingleton<ILedgerStore>(p => new FaultyStore((ILedgerStore)store.ImplementationFactory!(p)));
    });

    private static FaultyStore Faults(RecorderRig rig) => (FaultyStore)rig.Store;
}
