using System.Text;
using Chaperone.Bus;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using Chaperone.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Chaperone.E2E.Tests.Console;

/// <summary>An emergency in a real browser, against the real policy room and the real recorder: opened, used, closed, and reviewed by somebody else.</summary>
public sealed class BreakGlassPageTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Policy = """
        version: 1
        roles: { nurse: { groups: [nurses] }, emergency: { groups: [er] }, privacy: { groups: [privacy-office] } }
        servers: { clinic: { url: 'http://127.0.0.1:1/mcp', pinning: off } }
        break_glass: { roles: [emergency], reviewers: [privacy], at_most: 30m }
        rules:
          - { name: clinical-reads, match: { role: nurse, tool: 'get_*' }, effect: allow }
          - { name: emergency-notes, match: { tool: read_notes, principal: { break_glass: true } }, effect: allow }

        """;

    private static readonly TestPerson Physician = new("p-er", "Eve Emergency-Physician", "nurses", "er");
    private static readonly TestPerson Reviewer = new("p-privacy", "Pia Privacy", "privacy-office", "soc");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1280)]
    [InlineData(360)]
    public async Task Window_OpenedUsedClosedAndReviewed(int width)
    {
        await using var stage = await ReplayStage.StartAsync(decides: true, Token, Policy);
        stage.Console.Issuer.Add(Physician).Add(Reviewer);
        await using var visit = await chromium.OpenAsync(Size(width));
        await visit.SignInAsync(stage.Console, Physician);
        var page = visit.Page;
        await page.GetByRole(AriaRole.Heading, new() { Name = "Break-glass" }).WaitForAsync();
        var denied = await CallAsync(stage);

        await page.GetByLabel("Reason").FillAsync("Unconscious in the ER, her own physician cannot be reached.");
        await page.GetByLabel("Minutes").FillAsync("10");
        await visit.PictureAsync($"glass-form-{width}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Break the glass" }).ClickAsync();
        await page.Locator(".broken").WaitForAsync();
        await visit.PictureAsync($"glass-open-{width}");
        Assert.Contains("Your window is open", await page.Locator("#result").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("expires in 9 min", await page.Locator(".broken").InnerTextAsync(), StringComparison.Ordinal);
        Assert.True(await visit.OverhangAsync() <= 0);
        var allowed = await CallAsync(stage);
        await page.GetByRole(AriaRole.Button, new() { Name = "Close now" }).ClickAsync();
        await page.Locator("#result").WaitForAsync();
        Assert.Equal(0, await page.Locator(".broken").CountAsync());
        var closed = await CallAsync(stage);

        Assert.Equal([CallEffect.Deny, CallEffect.Allow, CallEffect.Deny], new[] { denied, allowed, closed }.Select(d => d.Effect));
        Assert.Contains("break the glass", denied.Reason, StringComparison.Ordinal);
        Assert.NotNull(allowed.BreakGlass);
        await ReviewAsync(stage, width, allowed.BreakGlass!.Value);
        Assert.Empty(visit.Complaints);
    }

    private async Task ReviewAsync(ReplayStage stage, int width, Guid window)
    {
        await using var visit = await chromium.OpenAsync(Size(width));
        await visit.SignInAsync(stage.Console, Reviewer);
        var page = visit.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "Break-glass" }).ClickAsync();
        Assert.Contains("1 window waits for a review", await page.Locator("#unreviewed").InnerTextAsync(), StringComparison.Ordinal);
        await visit.PictureAsync($"glass-waits-{width}");
        Assert.True(await visit.OverhangAsync() <= 0);
        await page.GetByRole(AriaRole.Link, new() { Name = "Eve Emergency-Physician" }).ClickAsync();
        Assert.Contains("her own physician cannot be reached", await page.Locator("blockquote").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains(window.ToString(), await page.Locator("dl.facts").InnerTextAsync(), StringComparison.Ordinal);
        await page.GetByLabel("What you found").FillAsync("One note of one patient, who was in the ER. Fine.");
        await visit.PictureAsync($"glass-review-{width}");
        Assert.True(await visit.OverhangAsync() <= 0);
        await page.GetByRole(AriaRole.Button, new() { Name = "It was justified" }).ClickAsync();
        await page.Locator("#result").WaitForAsync();
        await visit.PictureAsync($"glass-reviewed-{width}");
        Assert.Contains("justified", await page.Locator(".headline .badge").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await page.Locator("#glass-review").CountAsync());
        Assert.Equal("Break-glass", (await page.GetByRole(AriaRole.Navigation, new() { Name = "Pages" }).Locator("a[aria-current]").InnerTextAsync()).Trim());
        Assert.Empty(visit.Complaints);
    }

    private static BrowserNewContextOptions Size(int width) => new() { ViewportSize = new ViewportSize { Width = width, Height = 800 } };

    private static async Task<DecisionFacts> CallAsync(ReplayStage stage)
    {
        var services = stage.Console.Services;
        var call = stage.Console.Facts.Call(Physician, "read_notes");
        var decided = await services.GetRequiredService<IDoor<EvaluateCall, CallDecided>>().AnswerAsync(
            new EvaluateCall
            {
                Call = call,
                Stamp = new EdgeStamp { Edge = "edge-1", Epoch = 1, Number = Interlocked.Increment(ref _number), EventId = Guid.CreateVersion7() },
                Message = services.GetRequiredService<IPayloadSeal>().Seal(Encoding.UTF8.GetBytes("""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"read_notes"}}"""), call.CallId),
            },
            Token);
        return decided.Decision;
    }

    private static long _number;
}
