using System.Text.Json;
using Chaperone.Contracts;
using Chaperone.Recorder.Sealing;
using Chaperone.Recorder.Search;

namespace Chaperone.Recorder.Tests;

public class RecentRecordsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Take_FromWhereTheSearchIs_HandsOutWhatWasCommittedInOrder()
    {
        await using var rig = await RecorderRig.StartAsync();
        var entries = new[] { rig.Entry(), rig.Entry(), rig.Entry() };
        await rig.KeepAsync(entries[0]);
        await rig.KeepAsync(entries[1], entries[2]);
        var recent = rig.Get<RecentRecords>();

        var two = recent.Take(1, 2);

        Assert.Equal(entries[1..].Select(e => e.EventId), two.Select(r => r.Entry.EventId));
        Assert.Empty(recent.Take(0, 2));
        Assert.Empty(recent.Take(3, 2));
    }

    /// <summary>Only masked parts stay in memory in clear.</summary>
    [Fact]
    public async Task Take_RecordWithRawPart_HoldsMaskedPartsOnly()
    {
        await using var rig = await RecorderRig.StartAsync();
        await rig.KeepAsync(rig.Entry(raw: "{\"name\":\"rawsecret\"}"));

        var record = Assert.Single(rig.Get<RecentRecords>().Take(0, 10));

        Assert.Equal(["request_masked"], record.Parts.Select(p => p.Name));
        Assert.Empty(record.Entry.Parts);
    }

    [Fact]
    public async Task Add_AfterAHole_ForgetsWhatWasBefore()
    {
        await using var rig = await RecorderRig.StartAsync();
        var recent = new RecentRecords();
        var record = rig.Get<RecordSealer>().Seal(rig.Entry());
        recent.Add(0, [record]);

        recent.Add(5, [record]);

        Assert.Empty(recent.Take(0, 10));
        Assert.Single(recent.Take(5, 10));
    }

    [Fact]
    public async Task Add_MoreThanItMayHold_ForgetsAndGoesOn()
    {
        await using var rig = await RecorderRig.StartAsync();
        var recent = new RecentRecords();
        var record = rig.Get<RecordSealer>().Seal(rig.Entry());
        for (var i = 0; i < 5000; i++)
        {
            recent.Add(i, [record]);
        }

        Assert.Empty(recent.Take(0, 10));
        Assert.Equal(5000 - 4096, recent.Take(4096, 5000).Count);
    }

    /// <summary>The search is the same whether it was told by memory or read from the ledger.</summary>
    [Fact]
    public async Task Follow_FromMemoryAndFromLedger_FindTheSame()
    {
        await using var rig = await RecorderRig.StartAsync();
        var session = Guid.CreateVersion7(rig.Time.GetUtcNow());
        await rig.KeepAsync(rig.Entry(session: session, masked: """{"text":"a\\nDiabetes\u0001x"}"""), rig.Entry(session: session));
        await rig.FollowAsync();
        var fromMemory = await FindAsync(rig);

        rig.Get<RecentRecords>().Forget();
        await rig.Get<ISearchStore>().ClearAsync(Cancel);
        await rig.FollowAsync();

        Assert.Equal(fromMemory, await FindAsync(rig));
        Assert.Contains(session.ToString(), fromMemory, StringComparison.Ordinal);
    }

    private static async Task<string> FindAsync(RecorderRig rig) =>
        JsonSerializer.Serialize(await rig.AskAsync<ListSessions, SessionPage>(new ListSessions { Search = "diabetes clinical-reads" }));
}
