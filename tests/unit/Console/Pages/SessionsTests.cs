using System.Net;
using Chaperone.Contracts;
using Chaperone.TestKit.Rooms;

namespace Chaperone.Console.Tests.Pages;

public sealed class SessionsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Session_Read_TellsTheStoryAndIsRecorded()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        var id = Add(stage, 2);
        using var browser = await stage.SignInAsync(ConsoleStage.Analyst, Token);

        var page = await browser.GetAsync($"/sessions/{id}", Token);

        foreach (var fact in new[] { "Nora Nurse", "tools/call get_patient", "client → server", "server → client", "allowed", "clinical-reads", "12.4 ms", "NAME ×2", "SSN ×1", "[NAME]", "leaf 3", "Request, masked" })
        {
            Assert.Contains(fact, WebUtility.HtmlDecode(page.Html), StringComparison.Ordinal);
        }

        var entry = stage.Rooms.Journal.Last();
        Assert.Equal((RecordKind.Review, $"viewed session {id} from ledger index 0", "p-analyst"), (entry.Kind, entry.Note, entry.Actor!.Subject));
    }

    /// <summary>Invariant 1: no record, no service.</summary>
    [Fact]
    public async Task Session_ViewCannotBeRecorded_ShowsNothing()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        var id = Add(stage, 1);
        using var browser = await stage.SignInAsync(ConsoleStage.Analyst, Token);
        stage.Rooms.JournalAway = true;

        var page = await browser.GetAsync($"/sessions/{id}", Token);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.Status);
        Assert.DoesNotContain("get_patient", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("secret detail", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Session_Long_IsPagedByLedgerIndex()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        var id = Add(stage, 75);
        using var browser = await stage.SignInAsync(ConsoleStage.Analyst, Token);

        var first = await browser.GetAsync($"/sessions/{id}", Token);
        var second = await browser.GetAsync($"/sessions/{id}?from=100", Token);

        Assert.Contains($"/sessions/{id}?from=100", first.Html, StringComparison.Ordinal);
        Assert.Contains("id=\"i99\"", first.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"i100\"", first.Html, StringComparison.Ordinal);
        Assert.Contains("id=\"i149\"", second.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("rel=\"next\"", second.Html, StringComparison.Ordinal);
    }

    /// <summary>Attack: markup in a masked answer.</summary>
    [Fact]
    public async Task Session_HostileAnswer_IsText()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        var made = stage.Facts.Session(ConsoleStage.Nurse, 1, "<b>tool</b>", """{"x":"</pre><script>alert(1)</script>"}""");
        stage.Rooms.Sessions[made.Session.SessionId] = made;
        using var browser = await stage.SignInAsync(ConsoleStage.Analyst, Token);

        var page = await browser.GetAsync($"/sessions/{made.Session.SessionId}", Token);

        Assert.DoesNotContain("<script>alert", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>tool", page.Html, StringComparison.Ordinal);
        Assert.Contains("<script>alert(1)</script>", WebUtility.HtmlDecode(page.Html), StringComparison.Ordinal);
    }

    /// <summary>Defence in depth: a part that does not say it is masked is not shown, even if it were sent.</summary>
    [Fact]
    public async Task Session_RawPart_IsNotShown()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        var made = stage.Facts.Session(ConsoleStage.Nurse, 1);
        var raw = stage.Facts.Entry(9, RecordKind.Intent, null, null, RoomFacts.Decision(CallEffect.Allow, "r", "x"), ("request_raw", "078-05-1120"));
        raw = raw with { Entry = raw.Entry with { Parts = [raw.Entry.Parts[0] with { Searchable = false }] } };
        stage.Rooms.Sessions[made.Session.SessionId] = (made.Session, [.. made.Entries, raw]);
        using var browser = await stage.SignInAsync(ConsoleStage.Analyst, Token);

        var page = await browser.GetAsync($"/sessions/{made.Session.SessionId}", Token);

        Assert.Contains("leaf 9", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("078-05-1120", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("request_raw", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Session_Unknown_Is404WithoutRecord()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        using var browser = await stage.SignInAsync(ConsoleStage.Analyst, Token);

        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/sessions/{Guid.Empty}", Token)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/sessions/not-an-id", Token)).Status);
        Assert.DoesNotContain(stage.Rooms.Journal, e => e.Kind == RecordKind.Review);
    }

    [Fact]
    public async Task Sessions_Search_AsksTheRecorderAndKeepsWordsOutOfAddressAndRecord()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        Add(stage, 1);
        using var browser = await stage.SignInAsync(ConsoleStage.Analyst, Token);

        var page = await browser.PostAsync("/sessions", "/sessions", Token, ("words", "Nora"), ("from", "2026-01-01T00:00"), ("to", ""));

        var asked = Assert.IsType<ListSessions>(stage.Rooms.Questions.Last());
        Assert.Equal(("Nora", new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), null), (asked.Search, asked.From, asked.To));
        Assert.Contains("Nora Nurse", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Nora", page.Address.ToString(), StringComparison.Ordinal);
        Assert.Equal("searched sessions", stage.Rooms.Journal.Last().Note);
    }

    [Fact]
    public async Task Sessions_SomebodyElsesSearchLink_IsNotOpened()
    {
        await using var stage = await ConsoleStage.StartAsync(Token, null, ("Console:AnalystGroups:1", "nurses"));
        Add(stage, 1);
        using var analyst = await stage.SignInAsync(ConsoleStage.Analyst, Token);
        using var nurse = await stage.SignInAsync(ConsoleStage.Nurse, Token);

        var link = (await analyst.PostAsync("/sessions", "/sessions", Token, ("words", "Jane Roe"))).Address.PathAndQuery;
        var page = await nurse.GetAsync(link, Token);

        Assert.Contains("That search has expired", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Jane Roe", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sessions_RecorderAway_SaysSo()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        using var browser = await stage.SignInAsync(ConsoleStage.Analyst, Token);
        stage.Rooms.RecorderAway = true;

        var page = await browser.GetAsync("/sessions", Token);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.Status);
        Assert.Contains("The recorder room does not answer", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("secret detail", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sessions_ApproverOnly_IsRefused()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        var id = Add(stage, 1);
        using var browser = await stage.SignInAsync(ConsoleStage.Approver, Token);

        Assert.Equal("/no-access", (await browser.GetAsync("/sessions", Token)).Address.AbsolutePath);
        Assert.Equal("/no-access", (await browser.GetAsync($"/sessions/{id}", Token)).Address.AbsolutePath);
    }

    private static Guid Add(ConsoleStage stage, int calls)
    {
        var made = stage.Facts.Session(ConsoleStage.Nurse, calls);
        stage.Rooms.Sessions[made.Session.SessionId] = made;
        return made.Session.SessionId;
    }
}
