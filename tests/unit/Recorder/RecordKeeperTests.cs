using Chaperone.Bus;

namespace Chaperone.Recorder.Tests;

public class RecordKeeperTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keep_OneRecord_IsInTheStoreWhenItReturns()
    {
        await using var rig = await RecorderRig.StartAsync();
        var entry = rig.Entry();

        await rig.KeepAsync(entry);

        var records = await rig.Store.ReadRecordsAsync(0, 10, Cancel);
        Assert.Equal(entry.EventId, Assert.Single(records).Leaf.EventId);
    }

    [Fact]
    public async Task Keep_SameEventTwice_IsKeptOnce()
    {
        await using var rig = await RecorderRig.StartAsync();
        var entry = rig.Entry();

        await rig.KeepAsync(entry, entry);
        await rig.KeepAsync(entry);

        Assert.Equal(1, (await rig.Store.ReadHeadAsync(Cancel)).Size);
    }

    [Fact]
    public async Task Keep_ManyAtOnce_AreAllKeptInFewCommits()
    {
        await using var rig = await RecorderRig.StartAsync();
        var entries = Enumerable.Range(0, 1000).Select(_ => rig.Entry()).ToArray();

        await Task.WhenAll(entries.Select(e => rig.KeepAsync(e)));

        var leaves = await rig.Store.ReadLeavesAsync(0, 2000, Cancel);
        Assert.Equal(entries.Select(e => e.EventId).Order(), leaves.Select(l => l.EventId).Order());
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (long)i), leaves.Select(l => l.Index));
    }

    [Fact]
    public async Task Keep_PartThatDoesNotOpen_FailsAloneAndItsFellowsAreKept()
    {
        await using var rig = await RecorderRig.StartAsync();
        var good = rig.Entry();
        var poison = rig.Entry() with { Parts = rig.Entry().Parts };

        var refused = await Assert.ThrowsAsync<RecordRefusedException>(() => rig.KeepAsync(good, poison));

        Assert.Equal(poison.EventId, Assert.Single(refused.EventIds));
        Assert.Equal(good.EventId, Assert.Single(await rig.Store.ReadLeavesAsync(0, 10, Cancel)).EventId);
    }

    [Fact]
    public async Task Publish_AfterKeep_SignsACheckpointOfTheStore()
    {
        await using var rig = await RecorderRig.StartAsync();
        await rig.KeepAsync(rig.Entry(), rig.Entry(), rig.Entry());

        await rig.Log.PublishAsync(Cancel);

        var lines = await File.ReadAllLinesAsync(Path.Combine(rig.LogDirectory, "checkpoint"), Cancel);
        Assert.Equal(["chaperone.local/ledger", "3", (await rig.Store.ReadHeadAsync(Cancel)).Root.ToString()], lines[..3]);
    }
}
