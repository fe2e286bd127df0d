using System.Net;
using Chaperone.Contracts;

namespace Chaperone.Console.Tests.Pages;

public sealed class SearchTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Search_WordsFieldsAndTime_AskTheRecorderAndKeepWordsOutOfAddressAndRecord()
    {
        await using var stage = await StageAsync(1);
        using var browser = await stage.SignInAsync(ConsoleStage.Analyst, Token);

        var page = await browser.PostAsync(
            "/search", "/search", Token, ("words", "Jane Roe"), ("tool", "get_patient"), ("decision", ""), ("range", "custom"), ("from", "2026-07-01T00:00"), ("to", "2026-07-01T23:59"), ("tz", "Europe/Berlin"));

        var asked = stage.Rooms.Questions.OfType<FindMessages>().Last();
        Assert.Equal((new DateTimeOffset(2026, 6, 30, 22, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 7, 1, 22, 0, 0, TimeSpan.Zero).AddTicks(-1)), (asked.From!.Value.ToUniversalTime(), asked.To!.Value.ToUniversalTime()));
        var terms = stage.Rooms.Terms.Last();
        Assert.Equal(("Jane Roe", MessageField.Tool, "get_patient"), (terms.Words, Assert.Single(terms.Filters).Field, terms.Filters[0].Value));
        Assert.Contains("tool=get_patient", page.Address.Query, StringComparison.Ordinal);
        Assert.DoesNotContain("Roe", page.Address.ToString(), StringComparison.Ordinal);
        Assert.Equal("searched messages by words, tool", stage.Rooms.Journal.Last().Note);
        Assert.Contains("tools/call get_patient", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_LinkOfAnotherAnalyst_Opens()
    {
        await using var stage = await StageAsync(1, ("Console:AnalystGroups:1", "nurses"));
        using var analyst = await stage.SignInAsync(ConsoleStage.Analyst, Token);
        using var nurse = await stage.SignInAsync(ConsoleStage.Nurse, Token);

        var link = (await analyst.PostAsync("/search", "/search", Token, ("words", "Diabetes"))).Address.PathAndQuery;
        var page = await nurse.GetAsync(link, Token);

        Assert.Equal("Diabetes", stage.Rooms.Terms.Last().Words);
        Assert.Contains("<mark>Diabetes</mark>", page.Html, StringComparison.Ordinal);
        Assert.Contains("That link has expired", (await nurse.GetAsync("/search?q=forged", Token)).Html, StringComparison.Ordinal);
    }

    /// <summary>Invariant 1: no record, no service.</summary>
    [Fact]
    public async Task Search_CannotBeRecorded_ShowsNothing()
    {
        await using var stage = await StageAsync(1);
        using var browser = await stage.SignInAsync(ConsoleStage.Analyst, Token);
        stage.Rooms.JournalAway = true;

        var page = await browser.GetAsync("/search", Token);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.Status);
        Assert.DoesNotContain("get_patient", page.Html, StringComparison.Ordinal);
        Assert.Empty(stage.Rooms.Questions.OfType<FindMessages>());
    }

    [Fact]
    public async Task Search_ManyMessages_ArePagedByCursor()
    {
        await using var stage = await StageAsync(40);
        using var browser = await stage.SignInAsync(ConsoleStage.Analyst, Token);

        var first = await browser.GetAsync("/search?tool=get_patient", Token);
        var second = await browser.GetAsync("/search?tool=get_patient&before=30", Token);

        Assert.Contains("before=30\" rel=\"next\"", first.Html, StringComparison.Ordinal);
        Assert.Contains("#i30\"", first.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("#i29\"", first.Html, StringComparison.Ordinal);
        Assert.Contains("#i29\"", second.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("rel=\"next\"", second.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("words", "\"", "quotation mark")]
    [InlineData("tz", "Mars/Olympus", "no time zone of that name")]
    [InlineData("range", "forever", "no time range of that name")]
    public async Task Search_Broken_GetsASentence(string field, string value, string says)
    {
        await using var stage = await StageAsync(1);
        using var browser = await stage.SignInAsync(ConsoleStage.Analyst, Token);

        var page = await browser.PostAsync("/search", "/search", Token, (field, value));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains(says, page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Saved_KeptRecalledReplacedAndDeleted_ByItsOwnerOnly()
    {
        await using var stage = await StageAsync(1, ("Console:AnalystGroups:1", "nurses"));
        using var analyst = await stage.SignInAsync(ConsoleStage.Analyst, Token);
        using var nurse = await stage.SignInAsync(ConsoleStage.Nurse, Token);
        var found = await analyst.PostAsync("/search", "/search", Token, ("words", "Diabetes"), ("tool", "get_patient"), ("range", "7d"));

        var save = found.Address.PathAndQuery.Replace("/search?", "/search?handler=Save&", StringComparison.Ordinal);
        var saved = await analyst.PostAsync(save, "/search", Token, ("name", "Morning <look>"));
        await analyst.PostAsync(save, "/search", Token, ("name", "morning <LOOK>"));
        var kept = Assert.Single(stage.Rooms.Searches);
        var recalled = await analyst.GetAsync($"/search?saved={kept.Key}", Token);
        var terms = stage.Rooms.Terms.Last();
        var foreign = await nurse.GetAsync($"/search?saved={kept.Key}", Token);
        var nameless = await analyst.PostAsync(save, "/search", Token, ("name", " "));
        var deleted = await analyst.PostAsync($"/search?handler=Forget&id={kept.Key}", "/search", Token);

        Assert.Contains("Saved. Only you see it.", saved.Html, StringComparison.Ordinal);
        Assert.Contains("Morning <look>", WebUtility.HtmlDecode(saved.Html), StringComparison.Ordinal);
        Assert.DoesNotContain("<look>", saved.Html, StringComparison.Ordinal);
        Assert.Equal(("Diabetes", "get_patient"), (terms.Words, terms.Filters[0].Value));
        Assert.Contains("value=\"7d\" selected", recalled.Html, StringComparison.Ordinal);
        Assert.Contains("not among yours", foreign.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("ook", foreign.Html.Split("<form class=\"query\"")[0].Split("main")[^1], StringComparison.Ordinal);
        Assert.Contains("needs a name", nameless.Html, StringComparison.Ordinal);
        Assert.Contains("Deleted.", deleted.Html, StringComparison.Ordinal);
        Assert.Empty(stage.Rooms.Searches);
    }

    [Fact]
    public async Task Search_ApproverOnly_IsRefused()
    {
        await using var stage = await StageAsync(1);
        using var browser = await stage.SignInAsync(ConsoleStage.Approver, Token);

        Assert.Equal("/no-access", (await browser.GetAsync("/search", Token)).Address.AbsolutePath);
    }

    private static async Task<ConsoleStage> StageAsync(int calls, params (string Key, string Value)[] settings)
    {
        var stage = await ConsoleStage.StartAsync(Token, null, settings);
        var made = stage.Facts.Session(ConsoleStage.Nurse, calls);
        stage.Rooms.Sessions[made.Session.SessionId] = made;
        return stage;
    }
}
