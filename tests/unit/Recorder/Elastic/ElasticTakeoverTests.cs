using Chaperone.Recorder.Elastic;
using Chaperone.Recorder.Search;
using Chaperone.TestKit;
using Chaperone.TestKit.Elastic;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chaperone.Recorder.Tests.Elastic;

/// <summary>Several recorders on one ledger: one sends, and whoever follows it looks first.</summary>
public class ElasticTakeoverTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Projectors_Two_OneSendsTheOtherWaits()
    {
        await using var server = await ElasticServer.StartAsync();
        await using var rig = await ElasticRig.StartAsync(server);
        await rig.KeepManyAsync(10);
        await rig.FollowElasticAsync();
        var second = Another(rig);

        Assert.Equal(ElasticStep.Waiting, await second.StepAsync(Cancel));
        await rig.KeepManyAsync(10);
        Assert.Equal(ElasticStep.Waiting, await second.StepAsync(Cancel));
        rig.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(ElasticStep.Waiting, await second.StepAsync(Cancel));
        rig.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(ElasticStep.Moved, await second.StepAsync(Cancel));

        Assert.Equal(ElasticStep.Waiting, await rig.Get<ElasticProjector>().StepAsync(Cancel));
        await rig.AssertEachOnceAsync(server, 20);
    }

    /// <summary>The first stalls with a request under way; the second takes over after a rollover; then the first wakes up.</summary>
    [Fact]
    public async Task Projectors_FirstStallsAndWakesUp_SendsNothingMore()
    {
        await using var server = await ElasticServer.StartAsync();
        await using var rig = await ElasticRig.StartAsync(server, batch: 10);
        await rig.KeepManyAsync(5);
        await rig.FollowElasticAsync();
        await rig.KeepManyAsync(30);
        var hang = new ProxyFault(ProxyFaultKind.Hang);
        server.Proxy.Fault = ElasticProxy.FirstBulk(hang);
        var stalled = rig.Get<ElasticProjector>().StepAsync(Cancel).AsTask();
        await hang.Reached.Task.WaitAsync(TestLimits.Signal, Cancel);
        await server.RollOverAllAsync();

        var second = Another(rig);
        Assert.Equal(ElasticStep.Waiting, await second.StepAsync(Cancel));
        rig.Time.Advance(TimeSpan.FromSeconds(60));
        while (await second.StepAsync(Cancel) == ElasticStep.Moved)
        {
        }

        await Assert.ThrowsAsync<ElasticException>(() => stalled.WaitAsync(TestLimits.Signal, Cancel));
        Assert.Equal(ElasticStep.Waiting, await rig.Get<ElasticProjector>().StepAsync(Cancel));
        await rig.AssertEachOnceAsync(server, 35);
    }

    [Fact]
    public async Task Claim_MovedByAnother_StopsBeforeAnythingIsSent()
    {
        await using var rig = await RecorderRig.StartAsync();
        await rig.Get<ISearchStore>().OpenAsync(Cancel);
        var first = new ElasticClaims(rig.Get<ISearchStore>(), TimeSpan.FromSeconds(60), rig.Time);
        var second = new ElasticClaims(rig.Get<ISearchStore>(), TimeSpan.FromSeconds(60), rig.Time);
        var mark = await first.TakeAsync(10, Cancel);
        Assert.Null(await second.TakeAsync(10, Cancel));
        rig.Time.Advance(TimeSpan.FromSeconds(60));
        var taken = await second.TakeAsync(12, Cancel);

        await Assert.ThrowsAsync<ClaimLostException>(async () => await first.MoveAsync(mark!, mark!, Cancel));

        Assert.Equal((0, 12, true), (taken!.Next, taken.Sent, taken.IsUncertain));
    }

    [Fact]
    public async Task Claim_GivenBack_IsTakenAtOnceAndLookedAt()
    {
        await using var rig = await RecorderRig.StartAsync();
        await rig.Get<ISearchStore>().OpenAsync(Cancel);
        var first = new ElasticClaims(rig.Get<ISearchStore>(), TimeSpan.FromSeconds(60), rig.Time);
        var mark = await first.TakeAsync(0, Cancel);
        await first.MoveAsync(mark!, mark! with { Next = 4, Sent = 4 }, Cancel);

        await first.ReleaseAsync(Cancel);

        var taken = await new ElasticClaims(rig.Get<ISearchStore>(), TimeSpan.FromSeconds(60), rig.Time).TakeAsync(9, Cancel);
        Assert.Equal((4, 9), (taken!.Next, taken.Sent));
    }

    [Fact]
    public async Task Claim_OfALargerLedger_BeginsAgain()
    {
        await using var rig = await RecorderRig.StartAsync();
        await rig.Get<ISearchStore>().OpenAsync(Cancel);
        await rig.Get<ISearchStore>().WriteStateAsync("elastic", new ElasticMark(500, 500, Guid.Empty, 3).ToString(), Cancel);

        var taken = await new ElasticClaims(rig.Get<ISearchStore>(), TimeSpan.FromSeconds(60), rig.Time).TakeAsync(20, Cancel);

        Assert.Equal((0, true), (taken!.Next, taken.IsUncertain));
    }

    /// <summary>Whatever order of cuts, lost answers, refusals, rollovers, takeovers and restarts: each document once.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Project_AnyOrderOfFaults_StoresEachOnce(uint seed)
    {
        var dice = seed * 2654435761u;
        uint Roll(uint sides) => (dice = (dice * 1664525u) + 1013904223u) / 65536 % sides;
        await using var server = await ElasticServer.StartAsync();
        var rig = await ElasticRig.StartAsync(server, batch: 8);
        var records = 0;
        for (var round = 0; round < 40; round++)
        {
            var more = (int)Roll(20);
            await rig.KeepManyAsync(more);
            records += more;
            server.Proxy.Fault = Roll(3) switch
            {
                0 => ElasticProxy.FirstBulk(new ProxyFault(Roll(2) == 0 ? ProxyFaultKind.CutAfter : ProxyFaultKind.CutBefore)),
                1 => ElasticProxy.FirstBulk(ProxyFault.Answer(Roll(2) == 0 ? 503 : 429)),
                _ => _ => null,
            };
            var pause = await rig.RoundAsync();
            if (Roll(3) == 0)
            {
                await server.RollOverAllAsync();
            }

            rig.Time.Advance(pause ?? TimeSpan.FromSeconds(1));
            if (Roll(8) == 0)
            {
                await rig.StopAsync();
                rig = await ElasticRig.StartAsync(server, rig.Folder, batch: 8);
            }
        }

        server.Proxy.Fault = _ => null;
        await rig.FollowElasticAsync();
        await rig.AssertEachOnceAsync(server, records);
        await rig.StopAsync();
    }

    /// <summary>The projector of another process on the same stores.</summary>
    private static ElasticProjector Another(RecorderRig rig)
    {
        var reader = new BatchReader(rig.Store, rig.Get<ElasticDocuments>(), 10, 1024 * 1024);
        var writer = new ElasticWriter(rig.Get<ElasticStreams>(), reader, rig.Get<TamperAlarm>(), 1024 * 1024, NullLogger<ElasticWriter>.Instance);
        return new ElasticProjector(rig.Store, new ElasticClaims(rig.Get<ISearchStore>(), TimeSpan.FromSeconds(60), rig.Time), reader, writer);
    }
}
