using Chaperone.Console.Tests;
using Chaperone.Contracts;
using Chaperone.TestKit;
using Microsoft.Playwright;

namespace Chaperone.E2E.Tests.Console;

public sealed class ApprovalPageTests(Chromium chromium) : IClassFixture<Chromium>
{
    private static readonly string[] Groups = ["charge-nurses"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Approve_ByKeyboardAlone_Counts()
    {
        await using var stage = await StageAsync("APR-1");
        await using var visit = await chromium.OpenAsync();
        await visit.SignInAsync(stage, ConsoleStage.Approver);
        var page = visit.Page;

        await page.Locator("#pending-APR-1").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#decision").WaitForAsync();
        await page.Keyboard.PressAsync("a");
        await page.Locator("dialog[open]").WaitForAsync();
        Assert.Empty(stage.Rooms.Answers);
        await page.Keyboard.PressAsync("Escape");
        await page.Locator("dialog[open]").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.Keyboard.PressAsync("a");
        await page.Locator("dialog[open]").WaitForAsync();
        await page.Keyboard.PressAsync("Enter");

        Assert.Contains("Approved. The exact call may run once.", await page.Locator("#result").TextContentAsync(), StringComparison.Ordinal);
        Assert.True(Assert.Single(stage.Rooms.Answers).Approve);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Deny_ByKeyboard_AsksForTheReasonFirst()
    {
        await using var stage = await StageAsync("APR-1");
        await using var visit = await chromium.OpenAsync();
        await visit.SignInAsync(stage, ConsoleStage.Approver);
        var page = visit.Page;
        await page.GotoAsync(new Uri(stage.Url, "/approvals/APR-1").ToString());

        await page.Keyboard.PressAsync("d");
        await page.Locator("#reason-problem").WaitForAsync();
        Assert.Equal("reason", await page.EvaluateAsync<string>("() => document.activeElement.id"));
        await page.Keyboard.TypeAsync("adds the wrong chart");
        Assert.Equal(0, await page.Locator("dialog[open]").CountAsync());
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");

        Assert.Contains("Denied.", await page.Locator("#result").TextContentAsync(), StringComparison.Ordinal);
        Assert.Equal((false, "adds the wrong chart"), (Assert.Single(stage.Rooms.Answers).Approve, stage.Rooms.Answers.Single().Reason));
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Approve_WithoutScript_Counts()
    {
        await using var stage = await StageAsync("APR-1");
        await using var visit = await chromium.OpenAsync(new BrowserNewContextOptions { JavaScriptEnabled = false });
        await visit.SignInAsync(stage, ConsoleStage.Approver);
        var page = visit.Page;

        await page.Locator("#pending-APR-1").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();

        Assert.Contains("Approved.", await page.Locator("#result").TextContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PendingList_NewRequest_AppearsByItselfAndKeepsTheFocus()
    {
        await using var stage = await StageAsync("APR-1");
        await using var visit = await chromium.OpenAsync();
        await visit.SignInAsync(stage, ConsoleStage.Approver);
        var page = visit.Page;
        await page.Locator("#pending-APR-1").FocusAsync();

        Add(stage, "APR-2");
        await page.Locator("#pending-APR-2").WaitForAsync();

        Assert.Equal("pending-APR-1", await page.EvaluateAsync<string>("() => document.activeElement.id"));
        Assert.StartsWith("(2) ", await page.TitleAsync(), StringComparison.Ordinal);
        Assert.Matches("expires in [0-9]+ min [0-9]{2} s", await page.Locator("#pending-APR-1 [data-expires]").TextContentAsync());
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task PendingList_RoomAway_SaysSoAndRecovers()
    {
        await using var stage = await StageAsync("APR-1");
        await using var visit = await chromium.OpenAsync();
        await visit.SignInAsync(stage, ConsoleStage.Approver);
        var notice = visit.Page.Locator("[data-poll-trouble]");

        stage.Rooms.ApprovalAway = true;
        await notice.WaitForAsync(new() { State = WaitForSelectorState.Visible });
        stage.Rooms.ApprovalAway = false;
        await notice.WaitForAsync(new() { State = WaitForSelectorState.Hidden });

        Assert.Equal(1, await visit.Page.Locator("#pending-APR-1").CountAsync());
    }

    [Fact]
    public async Task Request_DecidedBySomebodyElse_ShowsItByItself()
    {
        await using var stage = await StageAsync("APR-1");
        await using var visit = await chromium.OpenAsync();
        await visit.SignInAsync(stage, ConsoleStage.Approver);
        await visit.Page.GotoAsync(new Uri(stage.Url, "/approvals/APR-1").ToString());

        var item = stage.Rooms.Approvals["APR-1"];
        stage.Rooms.Approvals["APR-1"] = item with { Status = item.Status with { State = ApprovalState.Denied, DecidedBy = "Somebody" } };
        await visit.Page.Locator("#decision").WaitForAsync(new() { State = WaitForSelectorState.Detached });

        Assert.Equal("denied", await visit.Page.Locator(".headline .badge").First.TextContentAsync());
    }

    /// <summary>Attack: markup in every string a client may choose, looked at by a real browser.</summary>
    [Fact]
    public async Task Request_HostileStrings_ShowAsTextAndRunNothing()
    {
        const string Hostile = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>";
        await using var stage = await ConsoleStage.StartAsync(Token);
        var person = new TestPerson("p-bad", Hostile, Hostile);
        stage.Rooms.Approvals["APR-1"] = stage.Facts.Pending("APR-1", person, Hostile, $$"""{"x":{{System.Text.Json.JsonSerializer.Serialize(Hostile)}}}""", Groups);
        await using var visit = await chromium.OpenAsync();
        await visit.SignInAsync(stage, ConsoleStage.Approver);
        var page = visit.Page;

        // The list is drawn twice: by the server, and by the script once something changes.
        stage.Rooms.Approvals["APR-2"] = stage.Facts.Pending("APR-2", person, Hostile, "{}", Groups);
        await page.Locator("#pending-APR-2").WaitForAsync();
        Assert.Contains(Hostile, await page.Locator("#pending-APR-1").TextContentAsync(), StringComparison.Ordinal);
        await page.Locator("#pending-APR-1").ClickAsync();
        await page.Locator("#decision").WaitForAsync();

        Assert.Contains("onerror", await page.Locator(".payload").First.TextContentAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await page.Locator("main img, main script").CountAsync());
        Assert.DoesNotContain("owned", (await page.TitleAsync()).Split('<')[0], StringComparison.Ordinal);
        Assert.Empty(visit.Complaints);
    }

    private static async Task<ConsoleStage> StageAsync(string id)
    {
        var stage = await ConsoleStage.StartAsync(Token);
        Add(stage, id);
        return stage;
    }

    private static void Add(ConsoleStage stage, string id) =>
        stage.Rooms.Approvals[id] = stage.Facts.Pending(id, ConsoleStage.Nurse, "delete_patient", """{"patient_id":4711,"reason":"duplicate of [NAME]"}""", Groups);
}
