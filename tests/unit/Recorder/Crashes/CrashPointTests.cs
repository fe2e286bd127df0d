using Chaperone.Contracts;
using Chaperone.Recorder.Numbering;
using Chaperone.Recorder.Search;
using Chaperone.Recorder.Sealing;
using Chaperone.Recorder.Store;
using Microsoft.Data.Sqlite;

namespace Chaperone.Recorder.Tests.Crashes;

/// <summary>
/// Each point where the gateway can crash, many times over with other numbers of calls around it. After each: what was served
/// is a subset of what was sequenced, no id is there twice, and no gap is unreported.
/// </summary>
public class CrashPointTests
{
    private const int Runs = 50;

    // The whole ledger is read at each check, so that a stage with many crashes behind it is checked now and then.
    private const int RunsPerStage = 10;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task Edge_DiesBeforeItPublishesTheIntent() => RepeatAsync(1, async stage =>
    {
        stage.Next(RecordKind.Intent);
        await SayAndRestartEdgeAsync(stage);
    });

    [Fact]
    public Task Edge_DiesBeforeTheIntentIsConfirmed() => RepeatAsync(2, async stage =>
    {
        var intent = stage.Next(RecordKind.Intent);
        Arm(stage, before: stage.Dice.Toss());
        Assert.False(await stage.TryKeepAsync(intent));
        await SayAndRestartEdgeAsync(stage);
    });

    [Fact]
    public Task Edge_DiesAfterTheIntentBeforeItForwards() => RepeatAsync(3, async stage =>
    {
        Assert.True(await stage.TryKeepAsync(stage.Next(RecordKind.Intent)));
        await SayAndRestartEdgeAsync(stage);
    });

    [Fact]
    public Task Edge_DiesAfterTheCallWasExecuted() => RepeatAsync(4, async stage =>
    {
        var intent = stage.Next(RecordKind.Intent);
        Assert.True(await stage.TryKeepAsync(intent));
        stage.Execute(intent);
        if (stage.Dice.Toss())
        {
            stage.Next(RecordKind.Outcome);
        }

        await SayAndRestartEdgeAsync(stage);
    });

    [Fact]
    public Task Masking_DiesBeforeTheOutcomeIsConfirmed() => RepeatAsync(5, async stage =>
    {
        var intent = stage.Next(RecordKind.Intent);
        Assert.True(await stage.TryKeepAsync(intent));
        stage.Execute(intent);
        var outcome = stage.Next(RecordKind.Outcome);
        Arm(stage, before: stage.Dice.Toss());
        Assert.False(await stage.TryKeepAsync(outcome));

        // Withheld; delivered again by the queue, and only then released.
        Assert.True(await stage.TryKeepAsync(outcome));
        stage.Serve(outcome);
    });

    [Fact]
    public Task Edge_DiesAfterTheOutcomeBeforeItReleases() => RepeatAsync(6, async stage =>
    {
        var intent = stage.Next(RecordKind.Intent);
        Assert.True(await stage.TryKeepAsync(intent));
        stage.Execute(intent);
        Assert.True(await stage.TryKeepAsync(stage.Next(RecordKind.Outcome)));
        await SayAndRestartEdgeAsync(stage);
    });

    [Fact]
    public Task Recorder_DiesWithRecordsSealedButNotAppended() => RepeatAsync(7, async stage =>
    {
        var entry = stage.Next(RecordKind.Intent);
        Arm(stage, before: true);
        Assert.False(await stage.TryKeepAsync(entry));
        await stage.CutPowerAsync();
        Assert.True(await stage.TryKeepAsync(entry));
    });

    [Fact]
    public Task Sequencer_DiesBeforeTheCommit() => RepeatAsync(8, async stage =>
    {
        var batch = Batch(stage);
        Arm(stage, before: true);
        Assert.False(await stage.TryKeepAsync(batch));
        await stage.RestartRecorderAsync();
        Assert.True(await stage.TryKeepAsync(batch));
    });

    [Fact]
    public Task Sequencer_DiesAfterTheCommitBeforeItAcknowledges() => RepeatAsync(9, async stage =>
    {
        var batch = Batch(stage);
        Arm(stage, before: false);
        Assert.False(await stage.TryKeepAsync(batch));
        await stage.CutPowerAsync();
        Assert.True(await stage.TryKeepAsync(batch));
        Assert.True(await stage.TryKeepAsync(batch[0]));
    });

    [Fact]
    public Task Recorder_DiesAfterTheAcknowledgementBeforeTiles() => RepeatAsync(10, async stage =>
    {
        Assert.True(await stage.TryKeepAsync(Batch(stage)));
        await stage.CutPowerAsync();
        Assert.Equal((await stage.Rig.Store.ReadHeadAsync(Cancel)).Size, stage.Rig.Log.Last!.Size);
    });

    [Fact]
    public Task Recorder_DiesInTheMiddleOfATileOrCheckpoint() => RepeatAsync(11, async stage =>
    {
        Assert.True(await stage.TryKeepAsync(Batch(stage)));
        await stage.Rig.Log.PublishAsync(Cancel);
        var tiles = Directory.GetFiles(stage.Rig.LogDirectory, "*", SearchOption.AllDirectories).Where(f => f.Contains("/tile/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToArray();
        var torn = tiles[stage.Dice.Throw(tiles.Length)];
        await File.WriteAllBytesAsync(torn, (await File.ReadAllBytesAsync(torn, Cancel))[..3], Cancel);
        await File.WriteAllTextAsync(Path.Combine(stage.Rig.LogDirectory, ".checkpoint.tmp"), "chaperone.lo", Cancel);
        Assert.True(await stage.TryKeepAsync(Batch(stage)));
        await stage.RestartRecorderAsync();

        // A partial tile that newer ones replaced is evidence nobody needs; the verifier names it until it is gone.
        if (File.Exists(torn) && new FileInfo(torn).Length == 3)
        {
            File.Delete(torn);
        }
    });

    [Fact]
    public Task Sequencers_TwoOnOneStore_OneMovesTheHead() => RepeatAsync(12, async stage =>
    {
        var (ours, theirs) = (Batch(stage), Batch(stage));
        stage.Faults.BeforeCommit = new HeadMovedException();
        await using (var other = await RecorderRig.StartAsync(stage.Folder))
        {
            var both = await Task.WhenAll(stage.TryKeepAsync(ours), KeepAsync(other, theirs));
            Assert.Equal([true, true], both);
        }

        // What the other one confirmed is known, and is not added again.
        Assert.True(await stage.TryKeepAsync(theirs));
    });

    [Fact]
    public Task Database_RestoredFromAnOldBackup_IsRefused() => RepeatAsync(13, async stage =>
    {
        var (ledger, backup) = (stage.Rig.LedgerFile, stage.Rig.LedgerFile + ".backup");
        using (var source = new SqliteConnection($"Data Source={ledger};Pooling=False"))
        using (var target = new SqliteConnection($"Data Source={backup};Pooling=False"))
        {
            await source.OpenAsync(Cancel);
            await target.OpenAsync(Cancel);
            source.BackupDatabase(target);
        }

        Assert.True(await stage.CallAsync());
        await stage.Rig.Log.PublishAsync(Cancel);
        await stage.Rig.StopAsync();
        var newest = ledger + ".newest";
        File.Move(ledger, newest);
        File.Move(backup, ledger);
        await stage.StartRecorderAsync();
        Assert.Contains("Records were taken back", stage.Rig.Health.Refusal, StringComparison.Ordinal);
        Assert.False(await stage.CallAsync());
        await stage.Rig.StopAsync();
        File.Move(newest, ledger, overwrite: true);
        await stage.StartRecorderAsync();
    });

    [Fact]
    public Task Search_AwayForDays_StopsNothingAndCatchesUp() => RepeatAsync(14, async stage =>
    {
        await stage.Rig.StopAsync();
        var search = Path.Combine(stage.Rig.DataDirectory, "search.db");
        File.Delete(search);
        File.Delete(search + "-wal");
        File.Delete(search + "-shm");
        Directory.CreateDirectory(search);
        await stage.StartRecorderAsync();
        Assert.True(await stage.CallAsync());
        await Assert.ThrowsAnyAsync<Exception>(stage.Rig.FollowAsync);
        Directory.Delete(search);
        await stage.Rig.FollowAsync();
        Assert.Equal((await stage.Rig.Store.ReadHeadAsync(Cancel)).Size, await stage.Rig.Get<ISearchStore>().ReadWatermarkAsync(Cancel));
    });

    [Fact]
    public Task Journal_ThatTakesNothing_RefusesCalls() => RepeatAsync(15, async stage =>
    {
        for (var i = stage.Dice.Throw(3); i >= 0; i--)
        {
            Arm(stage, before: true);
            Assert.False(await stage.CallAsync());
        }
    });

    [Fact]
    public Task Disk_Full_RefusesCallsUntilThereIsRoom() => RepeatAsync(16, async stage =>
    {
        var writer = ((SqliteLedgerStore)stage.Faults.Inner).Writer;
        SqliteDatabase.Execute(writer, "PRAGMA max_page_count = 1");
        var kept = true;
        for (var i = 0; i < 20 && kept; i++)
        {
            kept = await stage.CallAsync();
        }

        Assert.False(kept);
        Assert.NotNull(stage.Rig.Health.Problem);
        SqliteDatabase.Execute(writer, "PRAGMA max_page_count = 1000000");
    });

    [Fact]
    public Task RecordKey_Away_KeepsNothing() => RepeatAsync(17, async stage =>
    {
        Assert.True(await stage.CallAsync());
        await stage.Rig.StopAsync();
        var key = Path.Combine(stage.Folder, "keys", "record.key");
        var sealedKey = await File.ReadAllTextAsync(key, Cancel);
        await File.WriteAllTextAsync(key, "", Cancel);
        await stage.StartRecorderAsync();
        Assert.Throws<InvalidDataException>(stage.Rig.Get<RecordSealer>);
        await stage.Rig.StopAsync();
        await File.WriteAllTextAsync(key, sealedKey, Cancel);
        await stage.StartRecorderAsync();
    });

    [Fact]
    public Task Clock_ThatJumps_ChangesNoOrder() => RepeatAsync(18, async stage =>
    {
        var before = (await stage.Rig.Store.ReadHeadAsync(Cancel)).Size;
        var batch = Batch(stage).Select(e => e with { OccurredAt = e.OccurredAt.AddHours(stage.Dice.Throw(48) - 24) }).ToArray();
        foreach (var entry in batch)
        {
            Assert.True(await stage.TryKeepAsync(entry));
        }

        Assert.Equal(batch.Select(e => e.EventId), (await stage.Rig.Store.ReadLeavesAsync(before, batch.Length, Cancel)).Select(l => l.EventId));
    });

    [Fact]
    public Task Queue_Purged_IsAGap() => RepeatAsync(19, async stage =>
    {
        for (var i = stage.Dice.Throw(5); i >= 0; i--)
        {
            stage.Next(RecordKind.Intent);
        }

        if (stage.Dice.Toss())
        {
            Assert.True(await stage.CallAsync());
        }

        await stage.HeartbeatAsync();
    }, gaps: true);

    [Fact]
    public Task Record_ThatCanNeverBeKept_FailsAloneAndIsAGap() => RepeatAsync(20, async stage =>
    {
        var poison = stage.Next(RecordKind.Intent);
        var fellow = stage.Next(RecordKind.Intent);
        Assert.False(await stage.TryKeepAsync(poison with { Parts = fellow.Parts }, fellow));
        await stage.HeartbeatAsync();
    }, gaps: true);

    /// <summary>Runs one crash many times, with calls before and after it, and holds the ledger against what was seen.</summary>
    private static async Task RepeatAsync(int point, Func<CrashStage, Task> crash, bool gaps = false)
    {
        for (var first = 0; first < Runs; first += RunsPerStage)
        {
            await using var stage = await CrashStage.OpenAsync((point * 1000) + first);
            for (var run = 0; run < RunsPerStage; run++)
            {
                for (var calls = stage.Dice.Throw(3); calls > 0; calls--)
                {
                    Assert.True(await stage.CallAsync());
                }

                await crash(stage);
                Assert.True(await stage.CallAsync());
            }

            await stage.HeartbeatAsync();
            await stage.CheckAsync();
            if (gaps)
            {
                Assert.NotEmpty(await GapsAsync(stage));
            }
        }
    }

    private static async Task<IEnumerable<NumberRange>> GapsAsync(CrashStage stage) =>
        (await stage.Rig.Store.ReadRecordsAsync(0, int.MaxValue, Cancel))
            .Where(r => (RecordKind)r.Leaf.Kind == RecordKind.Gap)
            .Select(r => NumberingNotes.ReadGap(RecordHeader.Read(r.Header!).Note)!);

    private static async Task SayAndRestartEdgeAsync(CrashStage stage)
    {
        if (stage.Dice.Toss())
        {
            await stage.HeartbeatAsync();
        }

        stage.RestartEdge();
    }

    private static RecordEntry[] Batch(CrashStage stage) => [.. Enumerable.Range(0, 1 + stage.Dice.Throw(20)).Select(_ => stage.Next(RecordKind.Intent))];

    private static void Arm(CrashStage stage, bool before)
    {
        var power = new IOException("power");
        stage.Faults.BeforeCommit = before ? power : null;
        stage.Faults.AfterCommit = before ? null : power;
    }

    private static async Task<bool> KeepAsync(RecorderRig rig, RecordEntry[] entries)
    {
        await rig.KeepAsync(entries);
        return true;
    }
}
