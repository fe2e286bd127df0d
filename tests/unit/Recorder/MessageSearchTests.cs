using System.Text;
using System.Text.Json;
using Chaperone.Contracts;
using Chaperone.Recorder.Search;

namespace Chaperone.Recorder.Tests;

public class MessageSearchTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(MessageField.User, "NURSE-1", true)]
    [InlineData(MessageField.User, "Nina Nurse", true)]
    [InlineData(MessageField.User, "Nina", false)]
    [InlineData(MessageField.Client, "Demo Client", true)]
    [InlineData(MessageField.Server, "clinic", true)]
    [InlineData(MessageField.Server, "get_patient", false)]
    [InlineData(MessageField.Tool, "get_patient", true)]
    [InlineData(MessageField.Tool, "patient", false)]
    [InlineData(MessageField.Method, "tools/call", true)]
    [InlineData(MessageField.Decision, "allow", true)]
    [InlineData(MessageField.Decision, "deny", false)]
    [InlineData(MessageField.Rule, "clinical-reads", true)]
    [InlineData(MessageField.Masked, "ssn", true)]
    [InlineData(MessageField.Masked, "NAME", false)]
    [InlineData(MessageField.Rule, "\" OR 1=1", false)]
    public async Task Find_ByField_TakesTheWholeValueInAnyCase(MessageField field, string value, bool found)
    {
        await using var rig = await RecorderRig.StartAsync();
        await rig.KeepAsync(Outcome(rig));
        await rig.FollowAsync();

        var page = await FindAsync(rig, null, [new MessageFilter { Field = field, Value = value }]);

        Assert.Null(page.Problem);
        Assert.Equal(found ? 1 : 0, page.Items.Length);
    }

    [Fact]
    public async Task Find_WordsAndFields_AllMustBeThereAndTheExcerptShowsTheFirst()
    {
        await using var rig = await RecorderRig.StartAsync();
        var session = Guid.CreateVersion7(rig.Time.GetUtcNow());
        await rig.KeepAsync(
            rig.Entry(session: session, masked: $$"""{"note":"{{string.Join(' ', Enumerable.Repeat("filler", 60))}} Diabetes mellitus since [DATE]"}""", raw: "{\"name\":\"rawsecret\"}"),
            rig.Entry(masked: """{"note":"diabetes insipidus"}"""));
        await rig.FollowAsync();

        var page = await FindAsync(rig, "\"diabetes mellitus\" sin*", [new MessageFilter { Field = MessageField.Session, Value = session.ToString() }]);

        var item = Assert.Single(page.Items);
        Assert.Equal((0, session), (item.Index, item.Entry!.Call!.SessionId));
        Assert.Empty(item.Entry.Parts);
        var excerpt = Encoding.UTF8.GetString(rig.Seal.Open(item.Excerpt!, item.Entry.EventId));
        Assert.Contains("Diabetes mellitus since [DATE]", excerpt, StringComparison.Ordinal);
        Assert.InRange(excerpt.Length, 1, SearchExcerpt.Longest);
        Assert.Empty((await FindAsync(rig, "rawsecret", [])).Items);
        Assert.Empty((await FindAsync(rig, "mellitus insipidus", [])).Items);
    }

    [Fact]
    public async Task Find_InPages_GivesEachOnceNewestFirst()
    {
        await using var rig = await RecorderRig.StartAsync();
        for (var i = 0; i < 7; i++)
        {
            await rig.KeepAsync(rig.Entry(masked: """{"note":"diabetes"}"""));
        }

        await rig.FollowAsync();

        var seen = new List<long>();
        long? before = null;
        do
        {
            var page = await FindAsync(rig, "diabetes", [], before: before, limit: 3);
            seen.AddRange(page.Items.Select(i => i.Index));
            before = page.Next;
        }
        while (before is not null);

        Assert.Equal([6, 5, 4, 3, 2, 1, 0], seen);
    }

    [Theory]
    [InlineData("diabetes")]
    [InlineData(null)]
    public async Task Find_TimeRange_IsExactAtBothEnds(string? words)
    {
        await using var rig = await RecorderRig.StartAsync();
        var start = rig.Time.GetUtcNow();
        for (var i = 0; i < 6; i++)
        {
            await rig.KeepAsync(rig.Entry(masked: """{"note":"diabetes"}"""));
            rig.Time.Advance(TimeSpan.FromMinutes(40));
        }

        await rig.FollowAsync();

        var page = await FindAsync(rig, words, [], start.AddMinutes(40), start.AddMinutes(160));
        var none = await FindAsync(rig, words, [], start.AddDays(7));

        Assert.Equal([4, 3, 2, 1], page.Items.Select(i => i.Index));
        Assert.Empty(none.Items);
    }

    [Fact]
    public async Task Find_BrokenQuery_GetsASentence()
    {
        await using var rig = await RecorderRig.StartAsync();

        Assert.Contains("quotation mark", (await FindAsync(rig, "\"open", [])).Problem, StringComparison.Ordinal);
        Assert.Contains("longer than 256", (await FindAsync(rig, null, [new MessageFilter { Field = MessageField.Rule, Value = new string('x', 257) }])).Problem, StringComparison.Ordinal);
        Assert.Contains("quotation mark", (await rig.AskAsync<ListSessions, SessionPage>(new ListSessions { Search = "\"open" })).Problem, StringComparison.Ordinal);
    }

    /// <summary>Invariant 4: names that a client chose and that look like an identifier are no field, and nothing raw lies in the file.</summary>
    [Fact]
    public async Task Find_IdentifiersAsNames_AreNoField()
    {
        await using var rig = await RecorderRig.StartAsync();
        var entry = rig.Entry();
        await rig.KeepAsync(entry with { Call = rig.Call(entry.Call!.SessionId, target: "patient_078051120") with { ClientName = "MRN 12345678" } });
        await rig.FollowAsync();

        Assert.Empty((await FindAsync(rig, null, [new MessageFilter { Field = MessageField.Tool, Value = "patient_078051120" }])).Items);
        Assert.Empty((await FindAsync(rig, null, [new MessageFilter { Field = MessageField.Client, Value = "MRN 12345678" }])).Items);
    }

    /// <summary>A search of an older version is built again from the ledger, with all that the new one knows.</summary>
    [Fact]
    public async Task Open_SearchOfTheFirstSchema_IsBuiltAgain()
    {
        await using var rig = await RecorderRig.StartAsync();
        await rig.KeepAsync(rig.Entry());
        using (var old = Store.SqliteDatabase.OpenWriter(Path.Combine(rig.DataDirectory, "search.db"), [SqliteSearchSchema.Versions[0]], durable: false))
        {
            Store.SqliteDatabase.Execute(old, "INSERT INTO state VALUES ('watermark', '1'), ('place', 'kept')");
        }

        await rig.FollowAsync();

        Assert.Single((await FindAsync(rig, "clinical-reads", [])).Items);
        Assert.Equal("kept", await rig.Get<ISearchStore>().ReadStateAsync("place", Cancel));
    }

    /// <summary>A person who reveals something is told beside the session, and is no activity of it.</summary>
    [Fact]
    public async Task Project_Reveal_MovesNoSession()
    {
        await using var rig = await RecorderRig.StartAsync();
        var session = Guid.CreateVersion7(rig.Time.GetUtcNow());
        var entry = rig.Entry(session: session);
        await rig.KeepAsync(entry);
        var last = rig.Time.GetUtcNow();
        rig.Time.Advance(TimeSpan.FromDays(1));
        await rig.KeepAsync(rig.Entry(session: session) with { Kind = RecordKind.Reveal, Decision = null, Actor = entry.Call!.Principal });
        await rig.FollowAsync();

        var item = Assert.Single((await rig.AskAsync<ListSessions, SessionPage>(new ListSessions())).Items);

        Assert.Equal((1, last), (item.Calls, item.LastAt));
        Assert.Equal(2, (await FindAsync(rig, null, [new MessageFilter { Field = MessageField.Session, Value = session.ToString() }])).Items.Length);
    }

    private static RecordEntry Outcome(RecorderRig rig)
    {
        var entry = rig.Entry();
        return entry with
        {
            Kind = RecordKind.Outcome,
            Call = entry.Call! with { ClientName = "Demo Client" },
            Outcome = new OutcomeFacts { Status = OutcomeStatus.Answered, HttpStatus = 200, Findings = [new MaskFinding { Type = "SSN", Count = 2 }] },
        };
    }

    private static Task<MessagePage> FindAsync(
        RecorderRig rig, string? words, MessageFilter[] filters, DateTimeOffset? from = null, DateTimeOffset? to = null, long? before = null, int limit = 50)
    {
        var id = Guid.CreateVersion7(rig.Time.GetUtcNow());
        var terms = JsonSerializer.SerializeToUtf8Bytes(new MessageTerms { Words = words, Filters = filters });
        return rig.AskAsync<FindMessages, MessagePage>(new FindMessages { QueryId = id, Terms = rig.Seal.Seal(terms, id), From = from, To = to, Before = before, Limit = limit });
    }
}
