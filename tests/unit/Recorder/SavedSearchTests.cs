using System.Text;
using Chaperone.Contracts;
using Chaperone.Recorder.Doors;

namespace Chaperone.Recorder.Tests;

public class SavedSearchTests
{
    private static readonly Principal Analyst = new() { Issuer = "https://issuer.example", Subject = "analyst", Groups = ["soc"], ClientId = "console" };

    [Fact]
    public async Task Keep_ThenAnotherProcess_HasItForItsOwnerOnly()
    {
        await using var rig = await RecorderRig.StartAsync();
        var id = Guid.CreateVersion7(rig.Time.GetUtcNow());
        Assert.True((await KeepAsync(rig, Analyst, id, "Jane Roe's calls")).Kept);
        await rig.StopAsync();

        await using var again = await RecorderRig.StartAsync(rig.Folder);
        var mine = await again.AskAsync<ListSearches, SearchList>(new ListSearches { Owner = Analyst });
        var others = await again.AskAsync<ListSearches, SearchList>(new ListSearches { Owner = Analyst with { Issuer = "https://other.example" } });

        var kept = Assert.Single(mine.Items);
        Assert.Equal((id, "Jane Roe's calls"), (kept.SearchId, Encoding.UTF8.GetString(again.Seal.Open(kept.Content, id))));
        Assert.Empty(others.Items);
        Assert.DoesNotContain("Jane", Encoding.Latin1.GetString(await File.ReadAllBytesAsync(Path.Combine(again.DataDirectory, "saved.db"), TestContext.Current.CancellationToken)), StringComparison.Ordinal);
    }

    /// <summary>Attack: another person's id is named, to overwrite or to delete their search.</summary>
    [Fact]
    public async Task Keep_AnotherPersonsId_ChangesNothing()
    {
        await using var rig = await RecorderRig.StartAsync();
        var id = Guid.CreateVersion7(rig.Time.GetUtcNow());
        var thief = Analyst with { Subject = "thief" };
        await KeepAsync(rig, Analyst, id, "mine");

        Assert.False((await KeepAsync(rig, thief, id, "theirs")).Kept);
        await rig.AskAsync<KeepSearch, SearchKept>(new KeepSearch { Owner = thief, SearchId = id });

        var kept = Assert.Single((await rig.AskAsync<ListSearches, SearchList>(new ListSearches { Owner = Analyst })).Items);
        Assert.Equal("mine", Encoding.UTF8.GetString(rig.Seal.Open(kept.Content, id)));
    }

    [Fact]
    public async Task Keep_TooManyOrTooLong_GetsASentence()
    {
        await using var rig = await RecorderRig.StartAsync();
        var first = Guid.CreateVersion7(rig.Time.GetUtcNow());
        await KeepAsync(rig, Analyst, first, "first");
        for (var i = 1; i < KeepSearchDoor.Most; i++)
        {
            Assert.True((await KeepAsync(rig, Analyst, Guid.CreateVersion7(rig.Time.GetUtcNow()), $"{i}")).Kept);
        }

        var more = await KeepAsync(rig, Analyst, Guid.CreateVersion7(rig.Time.GetUtcNow()), "one too many");
        var replaced = await KeepAsync(rig, Analyst, first, "first, again");
        var large = await KeepAsync(rig, Analyst, first, new string('x', 9000));
        await rig.AskAsync<KeepSearch, SearchKept>(new KeepSearch { Owner = Analyst, SearchId = first });

        Assert.Contains("Delete one first", more.Problem, StringComparison.Ordinal);
        Assert.True(replaced.Kept);
        Assert.Contains("at most 8192", large.Problem, StringComparison.Ordinal);
        Assert.Equal(KeepSearchDoor.Most - 1, (await rig.AskAsync<ListSearches, SearchList>(new ListSearches { Owner = Analyst })).Items.Length);
    }

    private static Task<SearchKept> KeepAsync(RecorderRig rig, Principal owner, Guid id, string content) =>
        rig.AskAsync<KeepSearch, SearchKept>(new KeepSearch { Owner = owner, SearchId = id, Content = rig.Seal.Seal(Encoding.UTF8.GetBytes(content), id) });
}
