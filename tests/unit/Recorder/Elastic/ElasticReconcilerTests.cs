using Chaperone.Recorder.Elastic;

namespace Chaperone.Recorder.Tests.Elastic;

public class ElasticReconcilerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reconcile_AllThere_SaysSoAndSendsNothing()
    {
        await using var server = await ElasticServer.StartAsync();
        await using var rig = await ElasticRig.StartAsync(server);
        await rig.KeepManyAsync(20);
        await rig.FollowElasticAsync();
        server.Proxy.Sent.Clear();

        rig.PassAnHour();
        await rig.FollowElasticAsync();

        Assert.Equal(Reconciliation.Clean, rig.Get<ReconciliationRounds>().Last);
        Assert.Equal(0, server.Proxy.Count("/_bulk"));
        Assert.Equal(20, (await rig.Store.ReadHeadAsync(Cancel)).Size);
    }

    [Fact]
    public async Task Reconcile_DocumentsGone_SendsThemAgainAndRecordsIt()
    {
        await using var server = await ElasticServer.StartAsync();
        await using var rig = await ElasticRig.StartAsync(server);
        await rig.KeepManyAsync(150);
        await rig.FollowElasticAsync();
        await RemoveAsync(server, ElasticDatasets.Audit, 3, 149);
        await RemoveAsync(server, ElasticDatasets.Content, 7);
        await server.RollOverAllAsync();

        rig.PassAnHour();
        await rig.FollowElasticAsync();

        Assert.Equal(new Reconciliation(3, 0, 0), rig.Get<ReconciliationRounds>().Last);
        await rig.FollowElasticAsync();
        await server.AssertHasAsync(ElasticDatasets.Audit, [.. Enumerable.Range(0, 150).Select(i => (long)i)]);
        await server.AssertHasAsync(ElasticDatasets.Content, [.. Enumerable.Range(0, 150).Select(i => (long)i)]);
        var note = Assert.Single(await server.DocumentsAsync(ElasticDatasets.Control)).Text("chaperone.note");
        Assert.Equal("""{"doubled":0,"foreign":0,"missing":3,"reconciled":"elasticsearch","records":150}""", note);

        // The console's last verification is another kind of review.
        await rig.FollowAsync();
        Assert.Null(await rig.StateAsync("verified"));
    }

    /// <summary>As many documents as records, but one is missing and another one is there twice.</summary>
    [Fact]
    public async Task Reconcile_OneMissingAndAnotherDoubled_SeesBoth()
    {
        await using var server = await ElasticServer.StartAsync();
        await using var rig = await ElasticRig.StartAsync(server);
        await rig.KeepManyAsync(10);
        await rig.FollowElasticAsync();
        var twin = (await server.DocumentsAsync(ElasticDatasets.Audit)).Single(d => d.Values("event.sequence").Single().GetValue<long>() == 5);
        await RemoveAsync(server, ElasticDatasets.Audit, 2);
        await server.RolloverAsync(ElasticDatasets.Audit);
        await server.InjectAsync(ElasticDatasets.Audit, twin.Id, twin.Source.ToJsonString());

        rig.PassAnHour();
        await rig.FollowElasticAsync();

        Assert.Equal(new Reconciliation(1, 1, 0), rig.Get<ReconciliationRounds>().Last);
        await server.AssertHasAsync(ElasticDatasets.Audit, [0, 1, 2, 3, 4, 5, 5, 6, 7, 8, 9]);
        Assert.Null(rig.Health.ElasticWarning);
    }

    /// <summary>Bodies that retention took away do not come back.</summary>
    [Fact]
    public async Task Reconcile_OldBodiesGone_StayGone()
    {
        await using var server = await ElasticServer.StartAsync();
        await using var rig = await ElasticRig.StartAsync(server, more: ("ContentDays", "30"));
        await rig.KeepManyAsync(5);
        await rig.FollowElasticAsync();
        await RemoveAsync(server, ElasticDatasets.Content, 0, 1, 2, 3, 4);
        await RemoveAsync(server, ElasticDatasets.Audit, 1);

        rig.Time.Advance(TimeSpan.FromDays(31));
        await rig.FollowElasticAsync();

        Assert.Equal(new Reconciliation(1, 0, 0), rig.Get<ReconciliationRounds>().Last);
        await server.AssertHasAsync(ElasticDatasets.Audit, [0, 1, 2, 3, 4]);
        Assert.Empty(await server.SequencesAsync(ElasticDatasets.Content));
    }

    [Fact]
    public async Task Reconcile_OlderThanSixYears_IsLeftToRetention()
    {
        await using var server = await ElasticServer.StartAsync();
        await using var rig = await ElasticRig.StartAsync(server);
        await rig.KeepManyAsync(5);
        await rig.FollowElasticAsync();
        await RemoveAsync(server, ElasticDatasets.Audit, 0, 1, 2, 3, 4);

        rig.Time.Advance(TimeSpan.FromDays(ElasticTemplates.FloorDays));
        await rig.FollowElasticAsync();

        Assert.Empty(await server.SequencesAsync(ElasticDatasets.Audit));
    }

    [Theory]
    [InlineData(3, 3.0, 3, true)]
    [InlineData(2, 3.0, 2, false)]
    [InlineData(3, 4.0, 3, false)]
    [InlineData(3, 3.0, 2, false)]
    public void Count_OfThreeRecords_IsRightOnlyWhenAllNumbersAre(long records, double sum, long distinct, bool right) =>
        Assert.Equal(right, new RangeCount(records, sum, distinct, 0, 0, 0).HasEach(0, 3));

    private static async Task RemoveAsync(ElasticServer server, string dataset, params long[] sequences)
    {
        foreach (var document in (await server.DocumentsAsync(dataset)).Where(d => sequences.Contains(d.Values("event.sequence").Single().GetValue<long>())))
        {
            await server.RemoveAsync(dataset, document);
        }
    }
}
