using Chaperone.Recorder.Elastic;

namespace Chaperone.Recorder.Tests.Elastic;

/// <summary>Elasticsearch is never evidence, but who writes there under our ids is noticed.</summary>
public class ElasticTamperTests
{
    private static readonly string Forged =
        """{"@timestamp":"2026-11-23T06:40:16Z","event":{"id":"ID","sequence":SEQ,"hash":"00ff","dataset":"chaperone.audit","action":"nothing"},"chaperone":{"log":{"origin":"chaperone.local/ledger"}}}""";

    [Fact]
    public async Task Project_IdTakenWithTheSameHash_IsNoAlarm()
    {
        await using var server = await ElasticServer.StartAsync();
        await using var rig = await ElasticRig.StartAsync(server);
        await rig.KeepManyAsync(2);
        await rig.FollowElasticAsync();

        // A 409 for what is there already.
        await rig.Get<ElasticWriter>().StoreAsync(await ItemsAsync(rig, 0, 2), TestContext.Current.CancellationToken);

        Assert.Null(rig.Health.ElasticWarning);
        await rig.AssertEachOnceAsync(server, 2);
    }

    /// <summary>Attack: somebody who may create documents puts a harmless one under the id of a record that comes.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Project_IdTakenWithAnotherHash_RaisesTheAlarmAndGoesOn(bool begun)
    {
        await using var server = await ElasticServer.StartAsync();
        await using var rig = await ElasticRig.StartAsync(server);
        await rig.KeepManyAsync(3);
        if (begun)
        {
            await rig.FollowElasticAsync();
        }

        var victim = rig.Entry();
        await server.InjectAsync(ElasticDatasets.Audit, victim.EventId.ToString(), Forge(victim.EventId.ToString(), 3));
        await rig.KeepAsync(victim, rig.Entry());
        await rig.FollowElasticAsync();

        Assert.Contains("1 record(s) that are not those of the ledger, the first is 3", rig.Health.ElasticWarning, StringComparison.Ordinal);
        Assert.Contains(rig.Errors, e => e.StartsWith("Critical Record 3 is in chaperone.audit with another hash", StringComparison.Ordinal));
        await server.AssertHasAsync(ElasticDatasets.Audit, [0L, 1L, 2L, 3L, 4L]);
        Assert.Null(rig.Health.Problem);
    }

    [Fact]
    public async Task Alarm_AfterRestart_IsStillThereUntilTheDocumentIsGone()
    {
        await using var server = await ElasticServer.StartAsync();
        await using var rig = await ElasticRig.StartAsync(server);
        var victim = rig.Entry();
        await server.InjectAsync(ElasticDatasets.Audit, victim.EventId.ToString(), Forge(victim.EventId.ToString(), 0));
        await rig.KeepAsync(victim);
        await rig.FollowElasticAsync();
        await rig.StopAsync();

        await using var again = await ElasticRig.StartAsync(server, rig.Folder);
        await again.FollowElasticAsync();
        Assert.Contains("the first is 0", again.Health.ElasticWarning, StringComparison.Ordinal);

        var forged = (await server.DocumentsAsync(ElasticDatasets.Audit)).Single(d => d.Text("event.hash") == "00ff");
        await server.RemoveAsync(ElasticDatasets.Audit, forged);
        again.PassAnHour();
        await again.FollowElasticAsync();
        await again.FollowElasticAsync();

        Assert.Null(again.Health.ElasticWarning);
        Assert.Equal(new[] { 0L }, (await server.DocumentsAsync(ElasticDatasets.Audit)).Where(d => d.Text("event.action") == "tools/call").Select(d => d.Values("event.sequence").Single().GetValue<long>()));
    }

    [Fact]
    public async Task Reconcile_DocumentBeyondTheLedger_RaisesTheAlarm()
    {
        await using var server = await ElasticServer.StartAsync();
        await using var rig = await ElasticRig.StartAsync(server);
        await rig.KeepManyAsync(2);
        await rig.FollowElasticAsync();
        await server.InjectAsync(ElasticDatasets.Audit, "made-up", Forge("made-up", 4711));

        rig.PassAnHour();
        await rig.FollowElasticAsync();

        Assert.Contains("the first is 4711", rig.Health.ElasticWarning, StringComparison.Ordinal);
    }

    private static string Forge(string id, long sequence) =>
        Forged.Replace("ID", id, StringComparison.Ordinal).Replace("SEQ", $"{sequence}", StringComparison.Ordinal);

    private static async Task<IReadOnlyList<ElasticItem>> ItemsAsync(RecorderRig rig, long from, int count) =>
        rig.Get<ElasticDocuments>().Of(await rig.Store.ReadRecordsAsync(from, count, TestContext.Current.CancellationToken));
}
