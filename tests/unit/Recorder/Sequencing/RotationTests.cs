using System.Text;
using Chaperone.Ledger;
using Chaperone.Recorder.Sealing;
using Chaperone.Recorder.Store;
using Chaperone.Recorder.Verification;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Chaperone.Recorder.Tests;

/// <summary>The log of each year on the real store and real files. After each step everything is verified: both logs and what carries over.</summary>
public class RotationTests
{
    private const string Ledger = "chaperone.local/ledger";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Year_Turned_ClosesTheLogAndOpensTheNext_ForEachYear()
    {
        await using var rig = await RecorderRig.StartAsync();
        await rig.KeepAsync(rig.Entry(), rig.Entry());
        await AssertIntactAsync(rig, 2, 1);

        for (var year = 2027; year <= 2034; year++)
        {
            rig.Time.SetUtcNow(new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero));
            await rig.KeepAsync(rig.Entry(), rig.Entry());
            await AssertIntactAsync(rig, 2 + ((year - 2026) * 3), year - 2025);
            Assert.StartsWith($"{Ledger}/{year}\n3\n", Text(rig, $"{year}/checkpoint"), StringComparison.Ordinal);
        }

        Assert.StartsWith($"{Ledger}\n2\n", Text(rig, "checkpoint"), StringComparison.Ordinal);
        var carried = LeafFormat.Read((await rig.Store.ReadLeavesAsync(2, 1, Cancel))[0].Bytes).Carried;
        Assert.Equal(CarryOver.Of(Ledger, new TreeHead(2, (await rig.Store.ReadLogsAsync(Cancel))[0].Closed!.Head.Root), Text(rig, "checkpoint")), carried);
        Assert.Equal(9, Text(rig, "logs").TrimEnd('\n').Split('\n').Length);
    }

    [Fact]
    public async Task Clock_GoesBackOrStays_NoLogIsOpened()
    {
        await using var rig = await RecorderRig.StartAsync();
        rig.Time.SetUtcNow(new DateTimeOffset(2026, 12, 31, 23, 59, 59, TimeSpan.Zero));
        await rig.KeepAsync(rig.Entry());
        await AssertIntactAsync(rig, 1, 1);
        rig.Time.Advance(TimeSpan.FromSeconds(1));
        await rig.KeepAsync(rig.Entry());
        await AssertIntactAsync(rig, 3, 2);

        var restarted = rig.CopyFolder();
        await using var again = await RecorderRig.StartAsync(restarted);
        await again.KeepAsync(again.Entry());

        await AssertIntactAsync(again, 4, 2);
    }

    [Fact]
    public async Task Rotation_Never_KeepsOneLog()
    {
        await using var rig = await RecorderRig.StartAsync(settings: new Dictionary<string, string?> { ["Recorder:Rotation"] = "Never" });
        await rig.KeepAsync(rig.Entry());
        rig.Time.SetUtcNow(new DateTimeOffset(2029, 5, 1, 0, 0, 0, TimeSpan.Zero));
        await rig.KeepAsync(rig.Entry());

        await AssertIntactAsync(rig, 2, 1);
    }

    [Fact]
    public async Task Kill_BeforeTheCommit_TheOldLogGoesOn_AndItIsTriedAgain()
    {
        await using var rig = await StartFaultyAsync();
        await rig.KeepAsync(rig.Entry());
        rig.Time.SetUtcNow(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
        ((FaultyStore)rig.Store).BeforeCommit = new IOException("power");

        await rig.KeepAsync(rig.Entry());
        await AssertIntactAsync(rig, 2, 1);
        rig.Time.Advance(TimeSpan.FromSeconds(11));
        await rig.KeepAsync(rig.Entry());

        await AssertIntactAsync(rig, 4, 2);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Kill_AfterTheCommit_TheNewLogIsOpen_Once(bool restart)
    {
        await using var rig = await StartFaultyAsync();
        await rig.KeepAsync(rig.Entry());
        rig.Time.SetUtcNow(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
        ((FaultyStore)rig.Store).AfterCommit = new IOException("power");
        await rig.KeepAsync(rig.Entry());

        await using var next = restart ? await RecorderRig.StartAsync(rig.CopyFolder()) : null;
        var after = next ?? rig;
        after.Time.SetUtcNow(new DateTimeOffset(2027, 1, 1, 0, 1, 0, TimeSpan.Zero));
        await after.KeepAsync(after.Entry());

        await AssertIntactAsync(after, 4, 2);
    }

    [Theory]
    [InlineData("UPDATE leaf SET bytes = cast(replace(cast(bytes AS TEXT), '\"size\":2', '\"size\":1') AS blob) WHERE idx = 2", "leaf 2")]
    [InlineData("UPDATE leaf SET bytes = cast(replace(cast(bytes AS TEXT), '\"size\":2', '\"size\":1') AS blob), hash = HASH(cast(replace(cast(bytes AS TEXT), '\"size\":2', '\"size\":1') AS blob)) WHERE idx = 2", "leaf 2: it does not carry over how chaperone.local/ledger was closed")]
    [InlineData("UPDATE record SET header = x'00' WHERE idx = 0", "record 0")]
    [InlineData("UPDATE record SET object = x'00' WHERE idx = 3", "record 3")]
    [InlineData("UPDATE log SET closed_note = replace(closed_note, 'ledger' || char(10) || '2', 'ledger' || char(10) || '1') WHERE number = 1", "log chaperone.local/ledger")]
    [InlineData("UPDATE log SET closed_root = zeroblob(32) WHERE number = 1", "log chaperone.local/ledger")]
    [InlineData("UPDATE log SET origin = 'elsewhere' WHERE number = 1", "log chaperone.local/ledger/2027")]
    [InlineData("UPDATE log SET first = 1 WHERE number = 1", "list of logs contradicts itself")]
    [InlineData("DELETE FROM log WHERE number = 1", "")]
    public async Task Store_OneValueChangedInEitherLog_IsNamed(string sql, string place)
    {
        await using var rig = await StartWithTwoLogsAsync();
        await using (var attacker = new SqliteConnection($"Data Source={rig.LedgerFile};Pooling=False"))
        {
            await attacker.OpenAsync(Cancel);
            attacker.CreateFunction("HASH", (byte[] bytes) => Rfc6962.HashLeaf(bytes).ToArray());
            SqliteDatabase.Execute(attacker, "DROP TRIGGER leaf_keep; DROP TRIGGER record_keep; DROP TRIGGER log_keep; DROP TRIGGER log_stay;");
            SqliteDatabase.Execute(attacker, sql);
        }

        var report = await rig.VerifyAsItIsAsync();

        Assert.False(report.IsIntact);
        Assert.Contains(report.Findings, f => f.ToString().Contains(place, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("tile/entries/000.p/2", "leaf")]
    [InlineData("checkpoint", "checkpoint")]
    [InlineData("2027/tile/entries/000.p/3", "2027/leaf")]
    [InlineData("2027/tile/0/000.p/3", "2027/")]
    [InlineData("2027/checkpoint", "2027/checkpoint")]
    public async Task Files_OneByteChangedInEitherLog_IsNamed(string file, string place)
    {
        await using var rig = await StartWithTwoLogsAsync();
        var path = Path.Combine(rig.LogDirectory, file);
        var bytes = await File.ReadAllBytesAsync(path, Cancel);
        bytes[^30] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, Cancel);

        var report = await rig.VerifyAsItIsAsync();

        Assert.False(report.IsIntact);
        Assert.Contains(report.Findings, f => f.Place.StartsWith(place, StringComparison.Ordinal));
    }

    /// <summary>A backup from before the turn of the year has as many records as the old log was closed with: only the new log's folder tells.</summary>
    [Fact]
    public async Task Store_RestoredFromBeforeTheTurn_SignsNothing()
    {
        await using var rig = await RecorderRig.StartAsync();
        await rig.KeepAsync(rig.Entry(), rig.Entry());
        await AssertIntactAsync(rig, 2, 1);
        var backup = rig.CopyFolder();
        rig.Time.SetUtcNow(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await rig.KeepAsync(rig.Entry());
        await AssertIntactAsync(rig, 4, 2);
        var restored = rig.CopyFolder();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(restored, "recorder"), "ledger.db*"))
        {
            File.Delete(file);
        }

        foreach (var file in Directory.EnumerateFiles(Path.Combine(backup, "recorder"), "ledger.db*"))
        {
            File.Copy(file, Path.Combine(restored, "recorder", Path.GetFileName(file)));
        }

        await using var again = await RecorderRig.StartAsync(restored);

        Assert.Contains("2027/checkpoint: is of the log chaperone.local/ledger/2027, which the store does not have", again.Health.Refusal, StringComparison.Ordinal);
        await Assert.ThrowsAsync<RecordsNotKeptException>(() => again.KeepAsync(again.Entry()));
    }

    [Fact]
    public async Task Files_LostAndDerivedAgain_AreTheSame()
    {
        await using var rig = await StartWithTwoLogsAsync();
        var copy = rig.CopyFolder();
        Directory.Delete(Path.Combine(copy, "recorder", "log"), recursive: true);

        await using var again = await RecorderRig.StartAsync(copy);
        await AssertIntactAsync(again, 5, 2);

        Assert.Equal(Text(rig, "checkpoint"), Text(again, "checkpoint"));
        Assert.Equal(Text(rig, "2027/checkpoint"), Text(again, "2027/checkpoint"));
    }

    [Fact]
    public async Task Store_OfTheVersionBefore_IsReadAsItIs_AndGoesOnUntilTheNextTurn()
    {
        await using var rig = await RecorderRig.StartAsync();
        await rig.KeepAsync(rig.Entry());
        await AssertIntactAsync(rig, 1, 1);
        var copy = rig.CopyFolder();
        var file = Path.Combine(copy, "recorder", "ledger.db");
        await using (var old = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            await old.OpenAsync(Cancel);
            SqliteDatabase.Execute(old, "DROP TABLE log; PRAGMA user_version = 1;");
        }

        await using (var store = new SqliteLedgerStore(file, readOnly: true))
        {
            Assert.Equal((1, 0L), ((await store.ReadLogsAsync(Cancel)).Count, (await store.ReadHeadAsync(Cancel)).First));
        }

        await using var later = await RecorderRig.StartAsync(copy);
        await later.KeepAsync(later.Entry());
        await AssertIntactAsync(later, 2, 1);
        later.Time.SetUtcNow(new DateTimeOffset(2027, 3, 1, 0, 0, 0, TimeSpan.Zero));
        await later.KeepAsync(later.Entry());

        await AssertIntactAsync(later, 4, 2);
    }

    [Fact]
    public async Task Scrub_And_Search_GoThroughBothLogs()
    {
        await using var rig = await StartWithTwoLogsAsync();
        await rig.FollowAsync();
        var scrubber = rig.Get<Scrubber>();
        for (var i = 0; i < 3; i++)
        {
            await scrubber.StepAsync(Cancel);
        }

        Assert.Null(rig.Health.ScrubWarning);
        await AssertIntactAsync(rig, 6, 2);
        Assert.Contains("\"records\":5", (await rig.Store.ReadRecordsAsync(5, 1, Cancel))[0].Header is { } header ? Encoding.UTF8.GetString(header).Replace("\\", "", StringComparison.Ordinal) : "", StringComparison.Ordinal);
    }

    /// <summary>Two records in the first log; the carry-over and two in that of 2027.</summary>
    internal static async Task<RecorderRig> StartWithTwoLogsAsync(string? folder = null)
    {
        var rig = await RecorderRig.StartAsync(folder);
        await rig.KeepAsync(rig.Entry(), rig.Entry());
        await AssertIntactAsync(rig, 2, 1);
        rig.Time.SetUtcNow(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await rig.KeepAsync(rig.Entry(), rig.Entry());
        await AssertIntactAsync(rig, 5, 2);
        return rig;
    }

    private static async Task AssertIntactAsync(RecorderRig rig, long records, int logs)
    {
        var report = await rig.VerifyAsync();
        Assert.Equal($"intact: {records} records{(logs == 1 ? "" : $" in {logs} logs")}, root {report.Head.Root}", report.Summary);
        Assert.Equal(records, report.Signed);
    }

    private static string Text(RecorderRig rig, string file) => File.ReadAllText(Path.Combine(rig.LogDirectory, file));

    private static Task<RecorderRig> StartFaultyAsync() => RecorderRig.StartAsync(change: services =>
    {
        var store = services.Single(s => s.ServiceType == typeof(ILedgerStore));
        services.Remove(store);
        services.AddSingleton<ILedgerStore>(p => new FaultyStore((ILedgerStore)store.ImplementationFactory!(p)));
    });
}
