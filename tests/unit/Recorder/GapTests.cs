using Chaperone.Contracts;
using Chaperone.Recorder.Numbering;

namespace Chaperone.Recorder.Tests;

/// <summary>Invariant 9: a number that an edge gave out and that never arrived is recorded and alarmed.</summary>
public class GapTests
{
    private static readonly TimeSpan Due = TimeSpan.FromSeconds(31);

    [Fact]
    public async Task Number_MissingLongerThanAllowed_IsRecordedOnceAndShown()
    {
        await using var rig = await RecorderRig.StartAsync();
        await rig.KeepAsync(Stamped(rig, 1), Stamped(rig, 2), Stamped(rig, 5));

        Assert.Equal(0, await rig.FollowAsync());
        rig.Time.Advance(Due);
        Assert.Equal(1, await rig.FollowAsync());
        rig.Time.Advance(Due);
        Assert.Equal(0, await rig.FollowAsync());

        var report = await rig.AskAsync<ReadIntegrity, IntegrityReport>(new ReadIntegrity());
        var gap = Assert.Single(report.Gaps);
        Assert.Equal(("edge-a", 1_700_000_000_000, 3, 4), (gap.Edge, gap.Epoch, gap.From, gap.To));
        Assert.Contains(rig.Errors, e => e.StartsWith("Critical Edge edge-a", StringComparison.Ordinal));
        await rig.AssertIntactAsync(4);
    }

    [Fact]
    public async Task Number_ArrivingLateButInTime_IsNoGap()
    {
        await using var rig = await RecorderRig.StartAsync();
        await rig.KeepAsync(Stamped(rig, 1), Stamped(rig, 3));
        await rig.FollowAsync();
        rig.Time.Advance(TimeSpan.FromSeconds(29));
        await rig.KeepAsync(Stamped(rig, 2));
        rig.Time.Advance(Due);

        Assert.Equal(0, await rig.FollowAsync());
        await rig.AssertIntactAsync(3);
    }

    [Fact]
    public async Task Number_ArrivingAfterItsGapWasRecorded_IsKeptAllTheSame()
    {
        await using var rig = await RecorderRig.StartAsync();
        await rig.KeepAsync(Stamped(rig, 1), Stamped(rig, 3));
        await rig.FollowAsync();
        rig.Time.Advance(Due);
        Assert.Equal(1, await rig.FollowAsync());

        await rig.KeepAsync(Stamped(rig, 2));
        rig.Time.Advance(Due);

        Assert.Equal(0, await rig.FollowAsync());
        await rig.AssertIntactAsync(4);
    }

    [Fact]
    public async Task Heartbeat_OfAHigherLastNumber_ShowsTheMissingTail()
    {
        await using var rig = await RecorderRig.StartAsync();
        await rig.KeepAsync(Stamped(rig, 1), Heartbeat(rig, number: 4, last: 4));
        await rig.FollowAsync();
        rig.Time.Advance(Due);

        Assert.Equal(1, await rig.FollowAsync());
        await rig.FollowAsync();
        var gap = Assert.Single((await rig.AskAsync<ReadIntegrity, IntegrityReport>(new ReadIntegrity())).Gaps);
        Assert.Equal((2, 3), (gap.From, gap.To));
    }

    [Fact]
    public async Task Restart_BetweenNoticingAndRecording_RecordsTheGapOnce()
    {
        await using var rig = await RecorderRig.StartAsync();
        await rig.KeepAsync(Stamped(rig, 1), Stamped(rig, 3));
        await rig.FollowAsync();
        await rig.StopAsync();

        await using var again = await RecorderRig.StartAsync(rig.Folder);
        again.Time.Advance(Due);
        Assert.Equal(1, await again.FollowAsync());
        again.Time.Advance(Due);
        Assert.Equal(0, await again.FollowAsync());
        await again.AssertIntactAsync(3);
    }

    /// <summary>The state is lost after the gap was recorded: the ledger itself says that it was.</summary>
    [Fact]
    public async Task SearchDeleted_AfterTheGapWasRecorded_RecordsNothingAgain()
    {
        await using var rig = await RecorderRig.StartAsync();
        await rig.KeepAsync(Stamped(rig, 2));
        await rig.FollowAsync();
        rig.Time.Advance(Due);
        Assert.Equal(1, await rig.FollowAsync());
        await rig.StopAsync();
        foreach (var file in Directory.EnumerateFiles(rig.DataDirectory, "search.db*"))
        {
            File.Delete(file);
        }

        await using var again = await RecorderRig.StartAsync(rig.Folder);
        await again.FollowAsync();
        again.Time.Advance(Due);

        Assert.Equal(0, await again.FollowAsync());
        Assert.Single((await again.AskAsync<ReadIntegrity, IntegrityReport>(new ReadIntegrity())).Gaps);
    }

    [Fact]
    public async Task NewLifeOfAnEdge_HasNumbersOfItsOwn_AndTheOldOnesHolesAreStillRecorded()
    {
        await using var rig = await RecorderRig.StartAsync();
        await rig.KeepAsync(Stamped(rig, 1), Stamped(rig, 3));
        await rig.KeepAsync(Stamped(rig, 1, epoch: 1_800_000_000_000), Stamped(rig, 2, epoch: 1_800_000_000_000));
        await rig.FollowAsync();
        rig.Time.Advance(Due);

        Assert.Equal(1, await rig.FollowAsync());
        await rig.FollowAsync();
        Assert.Equal(1_700_000_000_000, Assert.Single((await rig.AskAsync<ReadIntegrity, IntegrityReport>(new ReadIntegrity())).Gaps).Epoch);
    }

    [Fact]
    public void Tracker_ManyLives_ForgetsTheOldestAndStaysSmall()
    {
        var tracker = new NumberingTracker();
        var now = DateTimeOffset.UnixEpoch;
        for (var epoch = 1; epoch <= 1000; epoch++)
        {
            tracker.Arrived("edge-a", epoch, 1, now);
        }

        tracker.Arrived("edge-a", 1, 7, now);

        Assert.Empty(tracker.Missing(DateTimeOffset.MaxValue));
        Assert.InRange(tracker.Save().Length, 1, 10_000);
        Assert.Equal(tracker.Save(), NumberingTracker.Restore(tracker.Save()).Save());
    }

    private static RecordEntry Stamped(RecorderRig rig, long number, long epoch = 1_700_000_000_000) => rig.Entry(stamp: rig.Stamp(number, epoch));

    private static RecordEntry Heartbeat(RecorderRig rig, long number, long last)
    {
        var stamp = rig.Stamp(number);
        return new RecordEntry
        {
            EventId = stamp.EventId,
            Kind = RecordKind.Heartbeat,
            OccurredAt = rig.Time.GetUtcNow(),
            Source = "edge",
            Stamp = stamp,
            Note = $"{{\"last\":{last}}}",
        };
    }
}
