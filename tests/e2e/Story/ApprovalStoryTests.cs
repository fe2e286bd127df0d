using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Chaperone.E2E.Tests.Clients;
using Chaperone.E2E.Tests.Console;
using Chaperone.TestKit;
using Microsoft.Playwright;

namespace Chaperone.E2E.Tests.Story;

/// <summary>The whole story of a held call, as the people in it see it: the Inspector waits, a person clicks in a real browser, the session page tells it all.</summary>
[Collection(StoryGateway.Name)]
public sealed class ApprovalStoryTests(StoryGateway stage, Chromium chromium) : IClassFixture<Chromium>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("modern", "MRN-100111")]
    [InlineData("legacy", "MRN-100112")]
    public async Task Inspector_WaitsForTheClick_AndTheSessionPageTellsTheStory(string era, string mrn)
    {
        await using var desk = await chromium.OpenAsync();
        await desk.SignInAsync(stage.Console, StoryGateway.Approver);
        var inspector = Programs.RunAsync(
            Patience,
            Token,
            [
                NpmPackages.Node, NpmPackages.File(".bin/mcp-inspector"), "--cli", stage.Server.ToString(), "--transport", "http", "--protocol-era", era,
                "--header", $"Authorization: Bearer {stage.Issuer.Mint(StoryGateway.Engineer)}", "--format", "json", "-q",
                "--method", "tools/call", "--tool-name", "delete_patient", "--tool-args-json", $$"""{"mrn":"{{mrn}}","reason":"duplicate chart"}""",
            ]);

        var id = await OpenPendingAsync(desk.Page, inspector);
        await desk.PictureAsync($"story-{era}-request");
        Assert.DoesNotContain(mrn, await desk.Page.ContentAsync(), StringComparison.Ordinal);
        Assert.True(stage.Clinic.Has(mrn), "it ran before anybody had said yes");
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        Assert.Contains("Approved. The exact call may run once.", await desk.Page.Locator("#result").TextContentAsync(), StringComparison.Ordinal);
        await desk.PictureAsync($"story-{era}-approved");
        var (code, output, errors) = await inspector;

        Assert.True(code == 0, errors + output);
        Assert.False(stage.Clinic.Has(mrn));
        await AssertStoryAsync(id, $"story-{era}-session");
        Assert.Empty(desk.Complaints);
    }

    [Fact]
    public async Task Denied_TheRequesterReadsWhoAndWhy()
    {
        const string Mrn = "MRN-100113";
        using var engineer = new TaskCaller(stage, StoryGateway.Engineer);
        await using var desk = await chromium.OpenAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 390, Height = 844 } });
        await desk.SignInAsync(stage.Console, StoryGateway.Approver);
        var task = await engineer.CallAsync("delete_patient", Mrn);

        var id = await OpenPendingAsync(desk.Page, null);
        await desk.Page.Locator("#reason").FillAsync("This is the wrong chart");
        await desk.PictureAsync("story-deny-phone");
        Assert.Equal(0, await desk.OverhangAsync());
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Deny" }).ClickAsync();
        await desk.Page.Locator("#result").WaitForAsync();

        Assert.Equal(
            $"delete_patient was denied by Ada Approver (approval {id}): This is the wrong chart. Not executed.",
            await engineer.EndAsync(task));
        Assert.True(stage.Clinic.Has(Mrn));
    }

    [Fact]
    public async Task Expired_BothSidesAreTold()
    {
        using var engineer = new TaskCaller(stage, StoryGateway.Engineer);
        var task = await engineer.CallAsync("update_patient", "MRN-100114");
        var id = IdOf(task);
        Assert.True(id.Length > 0, task.ToJsonString());

        var words = await engineer.EndAsync(task);

        Assert.Equal($"Approval {id} expired before anybody decided. Not executed. Repeat the call to ask again.", words);
        using var approver = await stage.ReadAsync(StoryGateway.Approver);
        var page = await approver.PostAsync($"/approvals/{id}", "/approvals", Token, ("decision", "approve"), ("reason", ""));
        Assert.Contains("Your answer did not count", page.Html, StringComparison.Ordinal);
        Assert.Contains("expired", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"decision\"", page.Html, StringComparison.Ordinal);
    }

    /// <summary>Attack: who asked has all the groups, too, and posts the form that the page does not offer.</summary>
    [Fact]
    public async Task SelfApproval_IsRefusedInWords()
    {
        const string Mrn = "MRN-100115";
        using var both = new TaskCaller(stage, StoryGateway.Both);
        var task = await both.CallAsync("delete_patient", Mrn);
        var id = IdOf(task);
        using var console = await stage.ReadAsync(StoryGateway.Both);

        var seen = await console.GetAsync($"/approvals/{id}", Token);
        var forced = await console.PostAsync($"/approvals/{id}", "/approvals", Token, ("decision", "approve"), ("reason", "trust me"));

        Assert.Contains("This is your own request. Somebody else has to answer it.", seen.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"approve\"", seen.Html, StringComparison.Ordinal);
        Assert.Contains("Your answer did not count", forced.Html, StringComparison.Ordinal);
        Assert.Contains($"You asked for {id} yourself; somebody else has to decide.", forced.Html, StringComparison.Ordinal);
        Assert.True(stage.Clinic.Has(Mrn));
    }

    /// <summary>Attack: the same task is looked at again, and the same call is sent again, after it was approved and made.</summary>
    [Fact]
    public async Task Replay_IsRefusedInWords()
    {
        const string Mrn = "MRN-100116";
        using var engineer = new TaskCaller(stage, StoryGateway.Engineer);
        var task = await engineer.CallAsync("delete_patient", Mrn);
        var id = IdOf(task);
        using var approver = await stage.ReadAsync(StoryGateway.Approver);
        await approver.PostAsync($"/approvals/{id}", $"/approvals/{id}", Token, ("decision", "approve"), ("reason", ""));
        await engineer.EndAsync(task);
        Assert.False(stage.Clinic.Has(Mrn));

        var looked = await engineer.EndAsync(await engineer.LookAsync(task));
        var again = await engineer.CallAsync("delete_patient", Mrn);
        var twice = await approver.PostAsync($"/approvals/{id}", $"/approvals", Token, ("decision", "approve"), ("reason", ""));

        Assert.Equal($"Approval {id} was already used by one call. Not executed again. Repeat the call to ask anew.", looked);
        Assert.NotEqual(id, IdOf(again));
        Assert.Contains("Your answer did not count", twice.Html, StringComparison.Ordinal);

        await engineer.CancelAsync(again);
        Assert.Equal("cancelled", (string?)(await engineer.LookAsync(again))["status"]);
        Assert.Contains("withdrawn by the requester", (await approver.GetAsync($"/approvals/{IdOf(again)}", Token)).Html, StringComparison.Ordinal);
    }

    private static string IdOf(JsonObject task) => Regex.Match((string?)task["statusMessage"] ?? task.ToJsonString(), "APR-[0-9]+").Value;

    /// <summary>Waits until the list shows a request by itself, and opens it as a person does.</summary>
    private static async Task<string> OpenPendingAsync(IPage page, Task<(int Code, string Output, string Errors)>? caller)
    {
        await page.GotoAsync(new Uri(new Uri(page.Url), "/approvals").ToString());
        var cards = page.Locator("a[id^=pending-]").Filter(new() { HasText = "delete_patient" }).Filter(new() { HasText = "Egon Engineer" });
        var shown = cards.First.WaitForAsync();
        if (caller is not null && await Task.WhenAny(shown, caller) == caller)
        {
            var (_, output, errors) = await caller;
            Assert.Fail($"the call was not held: {output}{errors}");
        }

        await shown;
        var id = (await cards.First.GetAttributeAsync("id"))!["pending-".Length..];
        await cards.First.ClickAsync();
        await page.Locator("#decision").WaitForAsync();
        return id;
    }

    /// <summary>The session page, found by its links, tells every step of the request with who and how.</summary>
    private async Task AssertStoryAsync(string id, string picture)
    {
        await using var visit = await chromium.OpenAsync();
        await visit.SignInAsync(stage.Console, StoryGateway.Analyst);
        await visit.Page.GotoAsync(new Uri(stage.Console, "/sessions").ToString());
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Egon Engineer" }).First.ClickAsync();
        var titles = visit.Page.Locator(".timeline .step-head strong");
        string[] story = [];
        await TestLimits.UntilAsync(
            async () =>
            {
                story = [.. (await titles.AllTextContentsAsync()).Where(t => t.StartsWith($"{id} ", StringComparison.Ordinal)).Select(t => t[(id.Length + 1)..])];
                if (story.Contains("released") && story.Contains("notified"))
                {
                    return true;
                }

                await visit.Page.ReloadAsync();
                return false;
            },
            $"the story of {id} to end; so far: {string.Join(", ", story)}",
            Token);
        await visit.PictureAsync(picture);

        // Telling people goes on beside the rest: where it stands among them is chance.
        Assert.Contains("notified", story);
        Assert.Equal(["asked", "seen", "approved", "released"], story.Where(s => s != "notified"));
        var seen = visit.Page.Locator(".timeline li").Filter(new() { HasText = $"{id} approved" }).First;
        Assert.Contains("Ada Approver", await seen.TextContentAsync(), StringComparison.Ordinal);
        Assert.Contains("by console", await seen.TextContentAsync(), StringComparison.Ordinal);
        Assert.Contains(await titles.AllTextContentsAsync(), t => t.EndsWith(" tools/call delete_patient", StringComparison.Ordinal));
        Assert.Empty(visit.Complaints);
    }
}
