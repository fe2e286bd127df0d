using System.Text;
using Chaperone.Contracts;
using Chaperone.Recorder.Search;

namespace Chaperone.Recorder.Tests;

public class SearchTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("diabetes")]
    [InlineData("DIABET*")]
    [InlineData("Nina")]
    [InlineData("get_patient")]
    [InlineData("clinical-reads")]
    [InlineData("clinic diabetes")]
    [InlineData("  \"diabetes\"  ")]
    public async Task Find_WordOfMaskedTextOrFacts_FindsItsSession(string search)
    {
        await using var rig = await RecorderRig.StartAsync();
        var session = Guid.CreateVersion7(rig.Time.GetUtcNow());
        await rig.KeepAsync(rig.Entry(session: session, masked: """{"content":[{"type":"text","text":"{\"note\":\"seen\\nDiabetes\"}"}]}"""));
        await rig.FollowAsync();

        var page = await rig.AskAsync<ListSessions, SessionPage>(new ListSessions { Search = search });

        Assert.Equal((1, session), (page.Total, Assert.Single(page.Items).SessionId));
    }

    [Theory]
    [InlineData("hypertension")]
    [InlineData("diabetes hypertension")]
    [InlineData("diabet")]
    [InlineData("NEAR(")]
    [InlineData("*")]
    [InlineData("\"")]
    [InlineData("rawsecret")]
    [InlineData("'; DROP TABLE session; --")]
    public async Task Find_WhatNoRecordHolds_FindsNothing(string search)
    {
        await using var rig = await RecorderRig.StartAsync();
        await rig.KeepAsync(rig.Entry(masked: "{\"note\":\"diabetes\"}", raw: "{\"note\":\"rawsecret\"}"));
        await rig.FollowAsync();

        var page = await rig.AskAsync<ListSessions, SessionPage>(new ListSessions { Search = search });

        Assert.Equal(0, page.Total);
        Assert.Empty(page.Items);
    }

    [Fact]
    public async Task Find_WithoutWords_ListsNewestFirstWithCounts()
    {
        await using var rig = await RecorderRig.StartAsync();
        var older = Guid.CreateVersion7(rig.Time.GetUtcNow());
        var first = rig.Entry(session: older);
        first = first with { Call = first.Call! with { ClientName = "Demo Client" } };
        var denied = rig.Entry(session: older);
        await rig.KeepAsync(first, denied with { Decision = denied.Decision! with { Effect = CallEffect.Deny } });
        var outcome = rig.Entry(session: older) with
        {
            Kind = RecordKind.Outcome,
            Outcome = new OutcomeFacts { Status = OutcomeStatus.Answered, HttpStatus = 200, Findings = [new MaskFinding { Type = "SSN", Count = 2 }, new MaskFinding { Type = "NAME", Count = 1 }] },
        };
        await rig.KeepAsync(outcome);
        rig.Time.Advance(TimeSpan.FromMinutes(1));
        var newer = Guid.CreateVersion7(rig.Time.GetUtcNow());
        await rig.KeepAsync(rig.Entry(session: newer));
        await rig.FollowAsync();

        var page = await rig.AskAsync<ListSessions, SessionPage>(new ListSessions());
        Assert.Equal("Demo Client", page.Items[1].ClientName);
        var bounded = await rig.AskAsync<ListSessions, SessionPage>(new ListSessions { To = rig.Time.GetUtcNow() - TimeSpan.FromSeconds(1) });
        var second = await rig.AskAsync<ListSessions, SessionPage>(new ListSessions { Offset = 1, Limit = 1 });

        Assert.Equal([newer, older], page.Items.Select(i => i.SessionId));
        Assert.Equal((2, 1, 3), (page.Items[1].Calls, page.Items[1].Denied, page.Items[1].Masked));
        Assert.Equal(older, Assert.Single(bounded.Items).SessionId);
        Assert.Equal((2, older), (second.Total, Assert.Single(second.Items).SessionId));
    }

    [Fact]
    public async Task Project_Twice_CountsEachRecordOnce()
    {
        await using var rig = await RecorderRig.StartAsync();
        await rig.KeepAsync(rig.Entry());
        await rig.FollowAsync();
        await rig.FollowAsync();

        var page = await rig.AskAsync<ListSessions, SessionPage>(new ListSessions());

        Assert.Equal(1, Assert.Single(page.Items).Calls);
    }

    [Fact]
    public async Task Project_AfterSearchWasDeleted_BuildsItAgain()
    {
        var session = Guid.CreateVersion7(DateTimeOffset.UnixEpoch);
        await using var rig = await RecorderRig.StartAsync();
        await rig.KeepAsync(rig.Entry(session: session, masked: "{\"note\":\"diabetes\"}"));
        await rig.FollowAsync();
        await rig.StopAsync();
        foreach (var file in Directory.EnumerateFiles(rig.DataDirectory, "search.db*"))
        {
            File.Delete(file);
        }

        await using var again = await RecorderRig.StartAsync(rig.Folder);
        await again.FollowAsync();

        var page = await again.AskAsync<ListSessions, SessionPage>(new ListSessions { Search = "diabetes" });
        Assert.Equal(session, Assert.Single(page.Items).SessionId);
    }

    [Fact]
    public async Task State_MovedFromWhatItIsNot_StaysAsItIs()
    {
        await using var rig = await RecorderRig.StartAsync();
        var search = rig.Get<ISearchStore>();
        await search.OpenAsync(Cancel);

        Assert.False(await search.TryMoveStateAsync("place", "a", "b", Cancel));
        Assert.True(await search.TryMoveStateAsync("place", null, "a", Cancel));
        Assert.False(await search.TryMoveStateAsync("place", null, "b", Cancel));
        Assert.False(await search.TryMoveStateAsync("place", "b", "c", Cancel));
        Assert.Equal("a", await search.ReadStateAsync("place", Cancel));
        Assert.True(await search.TryMoveStateAsync("place", "a", "c", Cancel));
        Assert.Equal("c", await search.ReadStateAsync("place", Cancel));
    }

    /// <summary>A search that a larger, foreign ledger left is not believed.</summary>
    [Fact]
    public async Task Project_SearchKnowsMoreThanTheLedger_BeginsAgain()
    {
        await using var rig = await RecorderRig.StartAsync();
        await rig.Get<ISearchStore>().OpenAsync(Cancel);
        await rig.Get<ISearchStore>().ProjectAsync(0, [], 1000, Cancel);
        await rig.KeepAsync(rig.Entry());

        await rig.FollowAsync();
        await rig.FollowAsync();

        Assert.Equal(1, await rig.Get<ISearchStore>().ReadWatermarkAsync(Cancel));
        Assert.Single((await rig.AskAsync<ListSessions, SessionPage>(new ListSessions())).Items);
    }

    [Fact]
    public async Task ReadSession_InPages_GivesMaskedPartsOnlyInLedgerOrder()
    {
        await using var rig = await RecorderRig.StartAsync();
        var session = Guid.CreateVersion7(rig.Time.GetUtcNow());
        var entries = Enumerable.Range(0, 5).Select(i => rig.Entry(session: session, masked: $"{{\"i\":{i}}}")).ToArray();
        foreach (var entry in entries)
        {
            await rig.KeepAsync(entry, rig.Entry());
        }

        await rig.FollowAsync();

        var first = await rig.AskAsync<ReadSession, SessionTranscript>(new ReadSession { SessionId = session, Limit = 3 });
        var rest = await rig.AskAsync<ReadSession, SessionTranscript>(new ReadSession { SessionId = session, FromIndex = first.Entries[^1].Index + 1 });
        var none = await rig.AskAsync<ReadSession, SessionTranscript>(new ReadSession { SessionId = Guid.CreateVersion7(DateTimeOffset.UnixEpoch) });

        Assert.Equal((true, false), (first.More, rest.More));
        Assert.Equal(session, first.Session!.SessionId);
        var all = first.Entries.Concat(rest.Entries).ToArray();
        Assert.Equal(entries.Select(e => e.EventId), all.Select(e => e.Entry.EventId));
        Assert.Equal([0, 2, 4, 6, 8], all.Select(e => e.Index));
        Assert.All(all, e => Assert.Equal("request_masked", Assert.Single(e.Entry.Parts).Name));
        Assert.Equal("{\"i\":4}", Encoding.UTF8.GetString(rig.Seal.Open(all[4].Entry.Parts[0].Content, all[4].Entry.EventId)));
        Assert.Equal((null, 0), (none.Session, none.Entries.Length));
    }
}
