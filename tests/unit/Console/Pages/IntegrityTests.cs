using System.Net;
using Chaperone.Contracts;

namespace Chaperone.Console.Tests.Pages;

public sealed class IntegrityTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Integrity_Read_ShowsTreeCheckpointKeyAndGaps()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        var now = TimeProvider.System.GetUtcNow();
        stage.Rooms.Report = stage.Rooms.Report with
        {
            TreeSize = 184223,
            Checkpoint = "chaperone.example/log\n184223\nroot\n\n— sig <b>",
            CheckpointAt = now,
            ProjectionLag = 42,
            Gaps = [new NumberingGap { Edge = "edge-<i>", Epoch = 1_790_000_000_000, From = 5012, To = 5013, NoticedAt = now }],
        };
        using var browser = await stage.SignInAsync(ConsoleStage.Analyst, Token);

        var page = await browser.GetAsync("/integrity", Token);

        var text = WebUtility.HtmlDecode(page.Html);
        foreach (var fact in new[] { "184,223", "— sig <b>", "chaperone.example/log+00000000+AAAA", "42", "edge-<i>", "5,012", "5,013", "2026-09-21 14:13:20 UTC", "/ledger/checkpoint", "never" })
        {
            Assert.Contains(fact, text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("<b>", page.Html.Split("<dl")[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "Verified:")]
    [InlineData(false, "Verification FAILED:")]
    public async Task VerifyNow_EitherWay_SaysTheResultAndWhoAsked(bool ok, string said)
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        stage.Rooms.Verdict = (ok, "object 17 of <x>");
        using var browser = await stage.SignInAsync(ConsoleStage.Admin, Token);

        var page = await browser.PostAsync("/integrity", "/integrity", Token);

        Assert.Contains(said, page.Html, StringComparison.Ordinal);
        Assert.Contains("object 17 of &lt;x&gt;", page.Html, StringComparison.Ordinal);
        var asked = stage.Rooms.Questions.OfType<ReadIntegrity>().Single(q => q.VerifyNow);
        Assert.Equal("p-admin", asked.Actor!.Subject);
    }

    [Fact]
    public async Task VerifyNow_WithoutAntiForgeryToken_IsRefused()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        using var browser = await stage.SignInAsync(ConsoleStage.Admin, Token);

        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync("/integrity", formPage: null, Token)).Status);
        Assert.DoesNotContain(stage.Rooms.Questions.OfType<ReadIntegrity>(), q => q.VerifyNow);
    }

    [Fact]
    public async Task VerifyNow_TooSlow_SaysWhatToDo()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        using var browser = await stage.SignInAsync(ConsoleStage.Admin, Token);
        stage.Rooms.VerifyTooSlow = true;

        var page = await browser.PostAsync("/integrity", "/integrity", Token);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.Status);
        Assert.Contains("Reload the page in a minute", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("secret detail", page.Html, StringComparison.Ordinal);
    }
}
