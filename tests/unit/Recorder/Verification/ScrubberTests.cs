using Chaperone.Contracts;
using Chaperone.Recorder.Sealing;
using Chaperone.Recorder.Store;
using Chaperone.Recorder.Verification;
using Microsoft.Data.Sqlite;

namespace Chaperone.Recorder.Tests.Verification;

public class ScrubberTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Round_OverAnIntactStore_EndsWithARecordThatSaysSo()
    {
        await using var rig = await StartAsync(40);

        await RoundAsync(rig, 40);

        var last = Assert.Single(await rig.Store.ReadRecordsAsync(40, 10, Cancel));
        Assert.Equal("""{"damaged":0,"records":40,"review":"scrub"}""", RecordHeader.Read(last.Header!).Note);
        Assert.Null(rig.Health.ScrubWarning);
        await rig.AssertIntactAsync(41);
    }

    /// <summary>A disk that forgot, or somebody with the database: the place is named once, recorded, and told.</summary>
    [Theory]
    [InlineData("DROP TRIGGER record_keep; UPDATE record SET object = cast(x'FF' || substr(object, 2) AS blob) WHERE idx = 7", "record 7: its sealed object is not the one that was logged")]
    [InlineData("DROP TRIGGER record_stay; DELETE FROM record WHERE idx = 7", "record 7: the store does not have it")]
    [InlineData("DROP TRIGGER leaf_stay; DELETE FROM leaf WHERE idx = 7", "leaf 7: the store does not have it")]
    public async Task Round_OverADamagedRecord_IsAnAlarmRecord(string damage, string found)
    {
        await using var rig = await StartAsync(20);
        await using (var attacker = new SqliteConnection($"Data Source={rig.LedgerFile};Pooling=False"))
        {
            await attacker.OpenAsync(Cancel);
            SqliteDatabase.Execute(attacker, damage);
        }

        await RoundAsync(rig, 20);
        await RoundAsync(rig, 20);

        Assert.StartsWith(found, rig.Health.ScrubWarning, StringComparison.Ordinal);
        var added = await rig.Store.ReadLeavesAsync(20, 10, Cancel);
        Assert.Single(added, l => (RecordKind)l.Kind == RecordKind.Alarm);
        Assert.Single(rig.Errors, e => e.StartsWith("Critical Alarm record-damaged: " + found, StringComparison.Ordinal));
    }

    /// <summary>A leaf that was swapped with its hash and record fits itself, but not the signed tree.</summary>
    [Fact]
    public async Task Round_OverALeafSwappedForAnother_FindsThatItIsNotInTheTree()
    {
        await using var rig = await StartAsync(20);
        await using (var attacker = new SqliteConnection($"Data Source={rig.LedgerFile};Pooling=False"))
        {
            await attacker.OpenAsync(Cancel);
            SqliteDatabase.Execute(attacker, """
                DROP TRIGGER leaf_keep; DROP TRIGGER record_keep;
                UPDATE record SET idx = -1 WHERE idx = 3; UPDATE record SET idx = 3 WHERE idx = 4; UPDATE record SET idx = 4 WHERE idx = -1;
                UPDATE leaf SET idx = -1 WHERE idx = 3; UPDATE leaf SET idx = 3 WHERE idx = 4; UPDATE leaf SET idx = 4 WHERE idx = -1;
                """);
        }

        await RoundAsync(rig, 20);

        Assert.Equal(2, (await rig.Store.ReadLeavesAsync(20, 10, Cancel)).Count(l => (RecordKind)l.Kind == RecordKind.Alarm));
        Assert.Contains("not the one in the signed tree", rig.Health.ScrubWarning, StringComparison.Ordinal);
    }

    /// <summary>A round takes the time set, and a small ledger is not read all the time.</summary>
    [Fact]
    public async Task Pause_OfAStep_StretchesTheRound()
    {
        await using var rig = await StartAsync(32);

        Assert.Equal(TimeSpan.FromHours(1), await rig.Get<Scrubber>().StepAsync(Cancel));
        await using var hasty = await StartAsync(32, new Dictionary<string, string?> { ["Recorder:ScrubWithin"] = "00:01:00" });
        Assert.Equal(TimeSpan.FromSeconds(30), await hasty.Get<Scrubber>().StepAsync(Cancel));
    }

    private static async Task<RecorderRig> StartAsync(int records, Dictionary<string, string?>? settings = null)
    {
        var rig = await RecorderRig.StartAsync(settings: settings);
        await rig.KeepAsync([.. Enumerable.Range(0, records).Select(_ => rig.Entry())]);
        await rig.Log.PublishAsync(Cancel);
        return rig;
    }

    private static async Task RoundAsync(RecorderRig rig, int records)
    {
        for (var read = 0; read <= records; read += 16)
        {
            await rig.Get<Scrubber>().StepAsync(Cancel);
        }

        await rig.Get<Scrubber>().StepAsync(Cancel);
    }
}
