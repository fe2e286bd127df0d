using Chaperone.Console.Tests;
using Microsoft.Playwright;

namespace Chaperone.E2E.Tests.Console;

/// <summary>An admin tries policies in a real browser, against the real policy room and the real recorder.</summary>
public sealed class PolicyTrialPageTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string NoSsn = ReplayStage.Policy + "  - { name: no-ssn, match: { tool: get_patient, arguments: { ssn: '^[0-9-]+$' } }, effect: deny }\n";

    private const string Cases = """
        cases:
        - name: nurses read charts
          as: nora(nurses)
          server: clinic
          call: { tool: get_patient }
          expect: { effect: allow, rule: clinical-reads }
        - name: nobody exports
          as: nora(nurses)
          server: clinic
          call: { tool: export_all }
          expect: { effect: approve }
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Conditions on arguments see the message as it came, which no page shows.</summary>
    [Theory]
    [InlineData(1280)]
    [InlineData(360)]
    public async Task Diff_DraftOverRecordedCalls_ListsTheOneThatChanges(int width)
    {
        await using var stage = await ReplayStage.StartAsync(decides: true, Token);
        await using var visit = await chromium.OpenAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = 800 } });
        await visit.SignInAsync(stage.Console, ConsoleStage.Admin);
        var page = visit.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "Policy", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Compare policies" }).ClickAsync();

        await page.GetByLabel("or its text").FillAsync(NoSsn);
        await page.GetByRole(AriaRole.Button, new() { Name = "Compare" }).ClickAsync();

        await page.Locator("#compared").WaitForAsync();
        await visit.PictureAsync($"diff-real-{width}");
        Assert.Contains("4 calls, 1 would be decided otherwise.", await page.Locator("#compared").InnerTextAsync(), StringComparison.Ordinal);
        var row = await page.Locator("tbody tr").InnerTextAsync();
        foreach (var fact in new[] { "p-nurse", "get_patient", "allowed", "clinical-reads", "denied", "no-ssn" })
        {
            Assert.Contains(fact, row, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("078-05-1120", await page.ContentAsync(), StringComparison.Ordinal);
        Assert.True(await visit.OverhangAsync() <= 0);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Test_FileOfCases_ShowsWhatFails()
    {
        await using var stage = await ReplayStage.StartAsync(decides: true, Token);
        await using var visit = await chromium.OpenAsync();
        await visit.SignInAsync(stage.Console, ConsoleStage.Admin);
        var page = visit.Page;
        await page.GotoAsync(new Uri(stage.Console.Url, "/policy/test").ToString());

        await page.GetByLabel("File of cases").SetInputFilesAsync(new FilePayload { Name = "cases.yaml", MimeType = "application/yaml", Buffer = System.Text.Encoding.UTF8.GetBytes(Cases) });
        await page.GetByRole(AriaRole.Button, new() { Name = "Test" }).ClickAsync();

        await page.Locator("#tested").WaitForAsync();
        await visit.PictureAsync("test-real");
        Assert.Contains("2 cases, 1 failed.", await page.Locator("#tested").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("expected approve, is deny by default-deny", await page.Locator("tbody tr").First.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("nurses read charts", await page.Locator("tbody tr").Last.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Empty(visit.Complaints);
    }
}
