using System.Net;
using System.Security.Cryptography;
using System.Text;
using Chaperone.Contracts;

namespace Chaperone.Console.Tests.Pages;

public sealed class EvidenceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Make_WholeForm_AsksForItAndHandsOutTheBytes()
    {
        await using var stage = await StageAsync();
        stage.Rooms.Bundle = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 700).Select(i => $"{i},")));
        using var browser = await stage.SignInAsync(ConsoleStage.Analyst, Token);
        var session = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

        var page = await browser.PostAsync(
            "/evidence", "/evidence", Token,
            ("Form.From", "2026-11-01"), ("Form.To", "2026-11-30"), ("Form.User", " nurse-1 "), ("Form.Server", "clinic"), ("Form.Tool", ""),
            ("Form.Session", session.ToString()), ("Form.Decision", "Deny"), ("Form.MaskedText", "true"), ("Form.Older", "origin\r\n3\r\nroot\r\n\r\n— sig\r\n"));

        Assert.Equal((HttpStatusCode.OK, "application/zip", "nosniff", "no-store"), (page.Status, page.Header("Content-Type"), page.Header("X-Content-Type-Options"), page.Header("Cache-Control")));
        Assert.Equal(Encoding.ASCII.GetString(stage.Rooms.Bundle), page.Html);
        Assert.Equal($"attachment; filename=\"evidence-2026-11-01-2026-11-30-{Convert.ToHexStringLower(SHA256.HashData(stage.Rooms.Bundle))[..12]}.zip\"", page.Header("Content-Disposition"));
        var asked = Assert.Single(stage.Rooms.Questions.OfType<MakeEvidence>());
        Assert.Equal(
            new EvidenceFilter
            {
                From = new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero),
                To = new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero),
                User = "nurse-1",
                Server = "clinic",
                SessionId = session,
                Decision = CallEffect.Deny,
                WithMaskedText = true,
                TreeSize = 41,
                OlderCheckpoint = "origin\n3\nroot\n\n— sig\n",
            },
            asked.Filter);
        Assert.Equal("p-analyst", asked.Actor.Subject);
    }

    [Fact]
    public async Task Make_TakesAWhile_IsAskedAgainForTheSameRequest()
    {
        await using var stage = await StageAsync();
        stage.Rooms.BundleRuns = 2;
        using var browser = await stage.SignInAsync(ConsoleStage.Admin, Token);

        var page = await browser.PostAsync("/evidence", "/evidence", Token, ("Form.From", "2026-11-01"), ("Form.To", "2026-11-01"));

        Assert.Equal("PK-fake", page.Html);
        var asked = stage.Rooms.Questions.OfType<MakeEvidence>().ToArray();
        Assert.Equal(3, asked.Length);
        Assert.Single(asked.Select(a => (a.RequestId, a.Filter)).Distinct());
    }

    [Theory]
    [InlineData("2026-11-02", "2026-11-01", "", "the first not after the last")]
    [InlineData("", "2026-11-01", "", "the first and the last day")]
    [InlineData("2026-11-01", "2026-11-01", "no-guid", "id is not one")]
    public async Task Make_WrongForm_IsRefusedAndAsksNobody(string from, string to, string session, string said)
    {
        await using var stage = await StageAsync();
        using var browser = await stage.SignInAsync(ConsoleStage.Admin, Token);

        var page = await browser.PostAsync("/evidence", "/evidence", Token, ("Form.From", from), ("Form.To", to), ("Form.Session", session));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains(said, page.Html, StringComparison.Ordinal);
        Assert.Empty(stage.Rooms.Questions.OfType<MakeEvidence>());
    }

    /// <summary>An administrator may not read sessions, so no masked text either, whatever the form says.</summary>
    [Fact]
    public async Task Make_MaskedTextForAnAdministrator_IsRefused()
    {
        await using var stage = await StageAsync();
        using var browser = await stage.SignInAsync(ConsoleStage.Admin, Token);

        var page = await browser.PostAsync("/evidence", "/evidence", Token, ("Form.From", "2026-11-01"), ("Form.To", "2026-11-01"), ("Form.MaskedText", "true"));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.DoesNotContain("Form.MaskedText", page.Html, StringComparison.Ordinal);
        Assert.Empty(stage.Rooms.Questions.OfType<MakeEvidence>());
    }

    [Fact]
    public async Task Make_RecorderRefuses_SaysItsSentence()
    {
        await using var stage = await StageAsync();
        stage.Rooms.BundleProblem = "No evidence is made of a ledger that is not intact: record <7>.";
        using var browser = await stage.SignInAsync(ConsoleStage.Admin, Token);

        var page = await browser.PostAsync("/evidence", "/evidence", Token, ("Form.From", "2026-11-01"), ("Form.To", "2026-11-01"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("record &lt;7&gt;", page.Html, StringComparison.Ordinal);
    }

    /// <summary>Half a bundle is never handed out as a whole one.</summary>
    [Fact]
    public async Task Make_PieceMissing_CutsTheConnection()
    {
        await using var stage = await StageAsync();
        stage.Rooms.Bundle = new byte[5000];
        stage.Rooms.BundleEnds = 3000;
        using var browser = await stage.SignInAsync(ConsoleStage.Admin, Token);

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => browser.PostAsync("/evidence", "/evidence", Token, ("Form.From", "2026-11-01"), ("Form.To", "2026-11-01")));
    }

    [Fact]
    public async Task Make_WithoutAntiForgeryTokenOrRole_IsRefused()
    {
        await using var stage = await StageAsync();
        using var admin = await stage.SignInAsync(ConsoleStage.Admin, Token);
        using var approver = await stage.SignInAsync(ConsoleStage.Approver, Token);

        Assert.Equal(HttpStatusCode.BadRequest, (await admin.PostAsync("/evidence", formPage: null, Token, ("Form.From", "2026-11-01"), ("Form.To", "2026-11-01"))).Status);
        Assert.Equal("/no-access", (await approver.GetAsync("/evidence", Token)).Address.AbsolutePath);
        Assert.Empty(stage.Rooms.Questions.OfType<MakeEvidence>());
    }

    private static async Task<ConsoleStage> StageAsync()
    {
        var stage = await ConsoleStage.StartAsync(Token);
        stage.Rooms.Report = stage.Rooms.Report with { TreeSize = 42, Checkpoint = "chaperone.example/log\n41\nroot\n\n— sig\n" };
        return stage;
    }
}
