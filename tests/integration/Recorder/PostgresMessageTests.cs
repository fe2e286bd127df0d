using System.Text.Json;
using Chaperone.Contracts;
using Chaperone.Recorder.Tests;
using Chaperone.TestKit;

namespace Chaperone.Integration.Tests.Recorder;

/// <summary>Search for messages and saved searches on a real PostgreSQL: the same answers as from SQLite.</summary>
public class PostgresMessageTests(SharedPostgres postgres)
{
    private static readonly Principal Analyst = new() { Issuer = "https://issuer.example", Subject = "analyst", Groups = ["soc"], ClientId = "console" };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Find_WordsFieldsTimeAndPages_AsInSqlite()
    {
        await using var rig = await PostgresRig.StartAsync(await DatabaseAsync());
        var start = rig.Time.GetUtcNow();
        for (var i = 0; i < 6; i++)
        {
            var entry = rig.Entry(masked: """{"note":"Diabetes mellitus"}""", raw: """{"note":"rawsecret"}""");
            await rig.KeepAsync(entry with { Decision = entry.Decision! with { Effect = i % 2 == 0 ? CallEffect.Allow : CallEffect.Deny } });
            rig.Time.Advance(TimeSpan.FromMinutes(40));
        }

        await rig.FollowAsync();

        Assert.Equal("5 4 3 2 1 0", await IndicesAsync(rig, "diabetes"));
        Assert.Equal("5 4 3 2 1 0", await IndicesAsync(rig, "\"diabetes mellitus\" diab*"));
        Assert.Equal("", await IndicesAsync(rig, "\"mellitus diabetes\""));
        Assert.Equal("", await IndicesAsync(rig, "rawsecret"));
        Assert.Equal("5 3 1", await IndicesAsync(rig, "diabetes", [(MessageField.Decision, "deny"), (MessageField.User, "nina nurse"), (MessageField.Method, "tools/call")]));
        Assert.Equal("", await IndicesAsync(rig, null, [(MessageField.Rule, "' OR 1=1 --")]));
        Assert.Equal("4 3 2 1", await IndicesAsync(rig, "diabetes", [], start.AddMinutes(40), start.AddMinutes(160)));
        Assert.Equal("4 3 2 1", await IndicesAsync(rig, null, [], start.AddMinutes(40), start.AddMinutes(160)));
        Assert.Equal("", await IndicesAsync(rig, null, [], start.AddDays(30)));
        Assert.Equal("3 2", await IndicesAsync(rig, "diabetes", [], before: 4, limit: 2));
    }

    [Theory]
    [InlineData("diabetes", 1)]
    [InlineData("DIABET*", 1)]
    [InlineData("diabet", 0)]
    [InlineData("get_patient", 1)]
    [InlineData("clinical-reads", 1)]
    [InlineData("clinic diabetes", 1)]
    [InlineData("rawsecret", 0)]
    [InlineData("diabetes hypertension", 0)]
    [InlineData("a & !b | (c", 0)]
    [InlineData("'", 0)]
    public async Task Search_WordsOfMaskedText_FindTheirSession(string search, int found)
    {
        await using var rig = await PostgresRig.StartAsync(await DatabaseAsync());
        await rig.KeepAsync(rig.Entry(masked: """{"text":"{\"note\":\"seen\\nDiabetes\"}"}""", raw: "{\"note\":\"rawsecret\"}"));
        await rig.FollowAsync();

        var page = await rig.AskAsync<ListSessions, SessionPage>(new ListSessions { Search = search, From = rig.Time.GetUtcNow().AddDays(-1) });

        Assert.Equal((found, found), (page.Total, page.Items.Length));
    }

    [Fact]
    public async Task SavedSearch_KeptByOneRecorder_IsListedByAnother()
    {
        var database = await DatabaseAsync();
        await using var first = await PostgresRig.StartAsync(database);
        await using var second = await PostgresRig.StartAsync(database, first.Folder);
        var id = Guid.CreateVersion7(first.Time.GetUtcNow());

        Assert.True((await first.AskAsync<KeepSearch, SearchKept>(new KeepSearch { Owner = Analyst, SearchId = id, Content = first.Seal.Seal("mine"u8, id) })).Kept);
        Assert.False((await second.AskAsync<KeepSearch, SearchKept>(new KeepSearch { Owner = Analyst with { Subject = "thief" }, SearchId = id, Content = first.Seal.Seal("theirs"u8, id) })).Kept);

        var kept = Assert.Single((await second.AskAsync<ListSearches, SearchList>(new ListSearches { Owner = Analyst })).Items);
        Assert.Equal("mine"u8.ToArray(), second.Seal.Open(kept.Content, id));
        await second.AskAsync<KeepSearch, SearchKept>(new KeepSearch { Owner = Analyst, SearchId = id });
        Assert.Empty((await first.AskAsync<ListSearches, SearchList>(new ListSearches { Owner = Analyst })).Items);
    }

    private static async Task<string> IndicesAsync(
        RecorderRig rig, string? words, (MessageField Field, string Value)[]? filters = null, DateTimeOffset? from = null, DateTimeOffset? to = null, long? before = null, int limit = 50)
    {
        var id = Guid.CreateVersion7(rig.Time.GetUtcNow());
        var terms = JsonSerializer.SerializeToUtf8Bytes(new MessageTerms { Words = words, Filters = [.. (filters ?? []).Select(f => new MessageFilter { Field = f.Field, Value = f.Value })] });
        var page = await rig.AskAsync<FindMessages, MessagePage>(new FindMessages { QueryId = id, Terms = rig.Seal.Seal(terms, id), From = from, To = to, Before = before, Limit = limit });
        Assert.Null(page.Problem);
        return string.Join(' ', page.Items.Select(i => i.Index));
    }

    private async Task<string> DatabaseAsync() => await (await postgres.GetAsync()).CreateDatabaseAsync(Cancel);
}
