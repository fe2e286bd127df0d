using Chaperone.Bus;
using Chaperone.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Chaperone.E2E.Tests.Console;

/// <summary>Search, replay, verify and reveal, in a real browser beside the real recorder.</summary>
public sealed class ReplayTests(Chromium chromium) : IClassFixture<Chromium>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Search_WordAndField_FindsSavesAndLeadsToTheRecord()
    {
        await using var stage = await ReplayStage.StartAsync(Token);
        await using var visit = await SignInAsync(stage);
        var page = visit.Page;

        await page.GetByRole(AriaRole.Link, new() { Name = "Search", Exact = true }).ClickAsync();
        await page.GetByLabel("Words in masked text").FillAsync("diab* \"type 2\"");
        await page.Locator("summary", new() { HasText = "Fields, from and to" }).ClickAsync();
        await page.GetByLabel("Masked type").FillAsync("name");
        await page.GetByLabel("Decision").SelectOptionAsync("allow");
        await page.Keyboard.PressAsync("Tab");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search", Exact = true }).ClickAsync();
        await page.Locator(".hit").First.WaitForAsync();
        await visit.PictureAsync("found");

        Assert.Equal(1, await page.Locator(".hit").CountAsync());
        Assert.Equal(["Diab", "type 2"], await page.Locator(".hit mark").AllTextContentsAsync());
        Assert.DoesNotContain("diab", page.Url, StringComparison.OrdinalIgnoreCase);

        await page.GetByLabel("Save as").FillAsync("Diabetes reads");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await page.Locator("#result").WaitForAsync();
        await page.GotoAsync(new Uri(stage.Console.Url, "/search").ToString());
        await page.GetByRole(AriaRole.Link, new() { Name = "Diabetes reads" }).ClickAsync();
        Assert.Equal("diab* \"type 2\"", await page.GetByLabel("Words in masked text").InputValueAsync());
        await page.Locator(".hit a").First.ClickAsync();
        await page.Locator(".step.now").WaitForAsync();

        Assert.Equal("i3", await page.Locator(".step.now").GetAttributeAsync("id"));
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Timeline_StepAndPlay_FollowTheRecords()
    {
        await using var stage = await ReplayStage.StartAsync(Token);
        await using var visit = await SignInAsync(stage);
        var page = visit.Page;
        await page.GotoAsync(stage.SessionPage.ToString());

        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("ArrowRight");
        Assert.Equal("i2", await NowAsync(page));
        await page.Keyboard.PressAsync("k");
        Assert.Equal("i1", await NowAsync(page));
        Assert.Equal(6, await page.Locator(".step.later").CountAsync());
        Assert.Contains("Step 2 of 8", await page.Locator("[data-place]").TextContentAsync(), StringComparison.Ordinal);
        await visit.PictureAsync("stepping");

        await page.Locator("[data-pace]").SelectOptionAsync("60");
        await page.Locator("[data-play]").ClickAsync();
        await page.Locator("#i7.now").WaitForAsync();
        await page.Locator("[data-play]", new() { HasText = "Play" }).WaitForAsync();

        Assert.Contains("61.5 ms after the request: the server took 48 ms, the gateway and waiting 13.5 ms", await page.Locator("#i3").TextContentAsync(), StringComparison.Ordinal);
        await page.Locator("[data-all]").ClickAsync();
        Assert.Equal(0, await page.Locator(".step.later").CountAsync());
        Assert.Empty(visit.Complaints);
    }

    /// <summary>A replay at the pace it had takes as long as it took.</summary>
    [Fact]
    public async Task Timeline_PlayedAsItWas_WaitsBetweenCalls()
    {
        await using var stage = await ReplayStage.StartAsync(Token);
        await using var visit = await SignInAsync(stage);
        var page = visit.Page;
        await page.GotoAsync(stage.SessionPage.ToString());
        await page.Locator("[data-pace]").SelectOptionAsync("10");

        var took = await page.EvaluateAsync<double>(
            """
            () => new Promise((done) => {
              const start = performance.now();
              new MutationObserver(() => { if (document.querySelector('#i4.now')) { done(performance.now() - start); } }).observe(document.querySelector('.timeline'), { subtree: true, attributes: true });
              document.querySelector('[data-play]').click();
            })
            """);

        // 9 s between the first record and the fifth, ten times as fast.
        Assert.InRange(took, 880, 30_000);
    }

    [Fact]
    public async Task ToolLists_ChangedInTheSession_AreNamed()
    {
        await using var stage = await ReplayStage.StartAsync(Token);
        await using var visit = await SignInAsync(stage);
        await visit.Page.GotoAsync(stage.SessionPage.ToString());

        var lists = await visit.Page.Locator(".tool-lists").InnerTextAsync();
        await visit.Page.Locator(".change summary").ClickAsync();

        Assert.Contains("changed once", lists, StringComparison.Ordinal);
        Assert.Matches(@"added\s+send_mail", lists);
        Assert.Matches(@"removed\s+query", lists);
        Assert.Matches(@"changed\s+get_patient\s+description", lists);
        Assert.Contains("and mails a copy", await visit.Page.Locator(".change").InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_Intact_IsVerifiedByTheBrowser()
    {
        await using var stage = await ReplayStage.StartAsync(Token);
        await using var visit = await SignInAsync(stage);
        await visit.Page.GotoAsync(stage.SessionPage.ToString());

        for (var i = 0; i < 8; i++)
        {
            Assert.StartsWith("Verified by this browser", await VerifyAsync(visit.Page, i), StringComparison.Ordinal);
        }

        Assert.Equal(0, await visit.Page.Locator(".checks .no, .checks .unknown").CountAsync());
        Assert.Contains("Ed25519", await visit.Page.Locator("#i3 .checks").TextContentAsync(), StringComparison.Ordinal);
        await visit.PictureAsync("verified");
        Assert.Empty(visit.Complaints);
    }

    /// <summary>Its place in the tree of its own log is another than its number in the ledger, and that log has a name of its own.</summary>
    [Fact]
    public async Task Verify_RecordOfALaterLog_IsVerifiedByTheBrowser()
    {
        await using var stage = await ReplayStage.StartInTheNextYearAsync(Token);
        await using var visit = await SignInAsync(stage);
        await visit.Page.GotoAsync(stage.SessionPage.ToString());

        // Number 0 is last year's, and 1 carries its log over.
        for (var i = 2; i < 10; i++)
        {
            Assert.StartsWith("Verified by this browser", await VerifyAsync(visit.Page, i), StringComparison.Ordinal);
        }

        Assert.Equal(0, await visit.Page.Locator(".checks .no, .checks .unknown").CountAsync());
        Assert.Contains($"is signed by chaperone.local/ledger/{TimeProvider.System.GetUtcNow().Year} ", await visit.Page.Locator("#i5 .checks").TextContentAsync(), StringComparison.Ordinal);
        await visit.PictureAsync("verified-later-log");
        stage.Alter("UPDATE leaf SET bytes = CAST(replace(CAST(bytes AS TEXT), '\"v\":1', '\"v\":2') AS BLOB) WHERE idx = 5");
        Assert.StartsWith("NOT verified", await VerifyAsync(visit.Page, 5), StringComparison.Ordinal);
    }

    /// <summary>Attacks on the store: the object, the header, the leaf, and a leaf replaced together with its hash.</summary>
    [Theory]
    [InlineData("UPDATE record SET object = CAST(substr(object, 1, 40) || CASE substr(object, 41, 1) WHEN x'07' THEN x'08' ELSE x'07' END || substr(object, 42) AS BLOB) WHERE idx = 3", "The encrypted object in the store is not the one that was logged")]
    [InlineData("UPDATE record SET header = CAST(replace(CAST(header AS TEXT), 'clinical-reads', 'clinical-weeds') AS BLOB) WHERE idx = 3", "The header in the store is not the one that was logged")]
    [InlineData("UPDATE leaf SET bytes = CAST(replace(CAST(bytes AS TEXT), '\"v\":1', '\"v\":2') AS BLOB) WHERE idx = 3", "does not lead to the root")]
    [InlineData("UPDATE leaf SET bytes = (SELECT bytes FROM leaf WHERE idx = 1), hash = (SELECT hash FROM leaf WHERE idx = 1) WHERE idx = 3", "names another event")]
    [InlineData("DELETE FROM record WHERE idx = 3", "was altered")]
    public async Task Verify_AlteredRecord_IsShownAsNotVerified(string sql, string says)
    {
        await using var stage = await ReplayStage.StartAsync(Token);
        await using var visit = await SignInAsync(stage);
        stage.Alter($"DROP TRIGGER IF EXISTS record_stay; {sql}");
        await visit.Page.GotoAsync(stage.SessionPage.ToString());

        var verdict = await VerifyAsync(visit.Page, 3);
        await visit.PictureAsync($"altered-{says.Length}");

        Assert.StartsWith("NOT verified", verdict, StringComparison.Ordinal);
        Assert.Contains(says, await visit.Page.Locator("#i3 .checks").TextContentAsync(), StringComparison.Ordinal);
        Assert.StartsWith("Verified by this browser", await VerifyAsync(visit.Page, 2), StringComparison.Ordinal);
    }

    /// <summary>Attack: the gateway shows another page than it logged, e.g. another decision.</summary>
    [Theory]
    [InlineData("rule", "another-rule")]
    [InlineData("effect", "deny")]
    [InlineData("kind", "outcome")]
    [InlineData("at", "2026-01-01T00:00:00.000Z")]
    [InlineData("leaf", "0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task Verify_PageSaysOtherwise_IsShownAsNotVerified(string fact, string value)
    {
        await using var stage = await ReplayStage.StartAsync(Token);
        await using var visit = await SignInAsync(stage);
        await visit.Page.GotoAsync(stage.SessionPage.ToString());
        await visit.Page.EvaluateAsync("([f, v]) => { document.getElementById('i2').dataset[f] = v; }", new[] { fact, value });

        Assert.StartsWith("NOT verified", await VerifyAsync(visit.Page, 2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_KeptKey_NoticesAnotherOne()
    {
        await using var stage = await ReplayStage.StartAsync(Token);
        await using var visit = await SignInAsync(stage);
        var page = visit.Page;
        var key = (await stage.Console.Services.GetRequiredService<IDoor<ReadIntegrity, IntegrityReport>>().AnswerAsync(new ReadIntegrity(), Token)).VerifierKey;
        await page.GotoAsync(stage.SessionPage.ToString());
        await page.Locator(".about-verify summary").ClickAsync();

        await page.Locator("#pin-key").FillAsync(key);
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep in this browser" }).ClickAsync();
        await page.Locator("#pin-result", new() { HasText = "Kept" }).WaitForAsync();
        var own = await VerifyAsync(page, 1);
        await page.Locator("#pin-key").FillAsync("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep in this browser" }).ClickAsync();
        await page.Locator("#pin-result", new() { HasText = "530d903a" }).WaitForAsync();
        var other = await VerifyAsync(page, 1);
        await page.Locator("#pin-key").FillAsync("example.com/foo+00000000+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep in this browser" }).ClickAsync();
        await page.Locator("#pin-result", new() { HasText = "not a verifier key" }).WaitForAsync();

        Assert.StartsWith("Verified by this browser", own, StringComparison.Ordinal);
        Assert.StartsWith("NOT verified", other, StringComparison.Ordinal);
        Assert.Contains("another key", await page.Locator("#i1 .checks").TextContentAsync(), StringComparison.Ordinal);
    }

    /// <summary>An older browser does not look as if it had checked.</summary>
    [Fact]
    public async Task Verify_BrowserWithoutEd25519_SaysSo()
    {
        await using var stage = await ReplayStage.StartAsync(Token);
        await using var visit = await SignInAsync(stage);
        await visit.Page.AddInitScriptAsync("SubtleCrypto.prototype.importKey = () => Promise.reject(new DOMException('no', 'NotSupportedError'));");
        await visit.Page.GotoAsync(stage.SessionPage.ToString());

        Assert.Contains("verified in part only", await VerifyAsync(visit.Page, 3), StringComparison.Ordinal);
        Assert.Contains("cannot check Ed25519", await visit.Page.Locator("#i3 .checks .unknown").TextContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reveal_WithReason_ShowsOnceAndTellsTheSession()
    {
        await using var stage = await ReplayStage.StartAsync(Token);
        await using var visit = await SignInAsync(stage);
        var page = visit.Page;
        await page.GotoAsync(stage.SessionPage.ToString());
        await page.Locator("#i2").GetByRole(AriaRole.Link, new() { Name = "Show sealed content" }).ClickAsync();
        Assert.DoesNotContain("078-05-1120", await page.ContentAsync(), StringComparison.Ordinal);
        await page.GetByLabel("Reason").FillAsync("Complaint 4711 of Jane Roe");
        await visit.PictureAsync("reveal-form");

        await page.GetByRole(AriaRole.Button, new() { Name = "Record and show" }).ClickAsync();
        await page.Locator(".revealed").WaitForAsync();
        await visit.PictureAsync("revealed");
        Assert.Contains("078-05-1120", await page.Locator(".revealed").TextContentAsync(), StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Link, new() { Name = "Back to the session" }).ClickAsync();
        await page.GotoAsync(stage.SessionPage.ToString());
        var told = await page.Locator(".step.person").First.InnerTextAsync();
        Assert.Contains("Sealed content shown", told, StringComparison.Ordinal);
        Assert.Contains("Olga Officer", told, StringComparison.Ordinal);
        Assert.DoesNotContain("Jane Roe", await page.ContentAsync(), StringComparison.Ordinal);
        Assert.Empty(visit.Complaints);
    }

    [Theory]
    [InlineData(320)]
    [InlineData(390)]
    public async Task Phone_SessionAndSearch_FitAndWork(int width)
    {
        await using var stage = await ReplayStage.StartAsync(Token);
        await using var visit = await SignInAsync(stage, new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = 740 }, HasTouch = true });
        var page = visit.Page;
        await page.GotoAsync(stage.SessionPage.ToString());

        await page.Locator("[data-on]").TapAsync();
        Assert.Equal("i0", await NowAsync(page));
        Assert.StartsWith("Verified by this browser", await VerifyAsync(page, 0), StringComparison.Ordinal);
        await visit.PictureAsync($"phone-session-{width}");
        Assert.True(await visit.OverhangAsync() <= 0);
        await page.GotoAsync(new Uri(stage.Console.Url, "/search?decision=deny&range=all").ToString());
        await visit.PictureAsync($"phone-search-{width}");
        Assert.Equal(2, await page.Locator(".hit").CountAsync());
        Assert.True(await visit.OverhangAsync() <= 0);
        Assert.Empty(visit.Complaints);
    }

    private async Task<Visit> SignInAsync(ReplayStage stage, BrowserNewContextOptions? options = null)
    {
        var visit = await chromium.OpenAsync(options);
        await visit.SignInAsync(stage.Console, ReplayStage.Officer);
        return visit;
    }

    private static async Task<string> VerifyAsync(IPage page, int index)
    {
        var step = page.Locator($"#i{index}");
        await step.Locator("[data-verify]").ClickAsync();
        await step.Locator("[data-verify]:enabled").WaitForAsync();
        return await step.Locator(".verdict .notice").InnerTextAsync();
    }

    private static async Task<string?> NowAsync(IPage page) => await page.Locator(".step.now").GetAttributeAsync("id");
}
