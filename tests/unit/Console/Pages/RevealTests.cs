using System.Net;
using Chaperone.Contracts;

namespace Chaperone.Console.Tests.Pages;

public sealed class RevealTests
{
    private const string Reason = "Complaint 4711 of a patient";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reveal_WithReason_IsShownOnceAndKeptByNoCache()
    {
        await using var stage = await StageAsync();
        var path = Add(stage);
        using var browser = await stage.SignInAsync(ConsoleStage.Analyst, Token);

        var form = await browser.GetAsync(path, Token);
        var page = await browser.PostAsync(path, path, Token, ("reason", Reason));

        Assert.DoesNotContain("078-05-1120", form.Html, StringComparison.Ordinal);
        Assert.Contains("078-05-1120", page.Html, StringComparison.Ordinal);
        Assert.Contains("no-store", page.Headers["Cache-Control"], StringComparison.Ordinal);
        var asked = Assert.Single(stage.Rooms.Questions.OfType<RevealRecord>());
        Assert.Equal((1, "p-analyst"), (asked.Index, asked.Actor.Subject));
        Assert.DoesNotContain("078-05-1120", (await browser.GetAsync(path, Token)).Html, StringComparison.Ordinal);
    }

    /// <summary>Default deny: without a group in the settings nobody sees sealed content, however many other roles they have.</summary>
    [Theory]
    [InlineData(false, "soc")]
    [InlineData(true, "nurses")]
    public async Task Reveal_WithoutBothRoles_IsRefused(bool revealer, string group)
    {
        await using var stage = await ConsoleStage.StartAsync(Token, null, revealer ? [("Console:RevealGroups:0", group)] : []);
        var path = Add(stage);
        using var browser = await stage.SignInAsync(revealer ? ConsoleStage.Nurse : ConsoleStage.Analyst, Token);

        var page = await browser.GetAsync(path, Token);
        await browser.PostAsync(path, null, Token, ("reason", Reason));

        Assert.Equal("/no-access", page.Address.AbsolutePath);
        Assert.Empty(stage.Rooms.Questions.OfType<RevealRecord>());
    }

    /// <summary>Attack: a foreign page posts the form in the person's browser.</summary>
    [Fact]
    public async Task Reveal_WithoutToken_IsRefused()
    {
        await using var stage = await StageAsync();
        var path = Add(stage);
        using var browser = await stage.SignInAsync(ConsoleStage.Analyst, Token);

        var page = await browser.PostAsync(path, null, Token, ("reason", Reason));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Empty(stage.Rooms.Questions.OfType<RevealRecord>());
    }

    [Theory]
    [InlineData("")]
    [InlineData("because")]
    [InlineData("         because         ")]
    public async Task Reveal_WithoutReason_AsksForOne(string reason)
    {
        await using var stage = await StageAsync();
        var path = Add(stage);
        using var browser = await stage.SignInAsync(ConsoleStage.Analyst, Token);

        var page = await browser.PostAsync(path, path, Token, ("reason", reason));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("Give a reason of 10 to 500 characters", page.Html, StringComparison.Ordinal);
        Assert.Empty(stage.Rooms.Questions.OfType<RevealRecord>());
    }

    [Fact]
    public async Task Reveal_RecorderAway_ShowsNothing()
    {
        await using var stage = await StageAsync();
        var path = Add(stage);
        using var browser = await stage.SignInAsync(ConsoleStage.Analyst, Token);
        await browser.GetAsync(path, Token);
        stage.Rooms.RevealAway = true;

        var page = await browser.PostAsync(path, path, Token, ("reason", Reason));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.Status);
        Assert.Contains("Nothing is shown", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("078-05-1120", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reveal_NothingSealedOrNoSuchRecord_Is404()
    {
        await using var stage = await StageAsync();
        var path = Add(stage);
        using var browser = await stage.SignInAsync(ConsoleStage.Analyst, Token);

        foreach (var other in new[] { path[..^1] + "0", path[..^1] + "99", path[..^1] + "-1", path.Replace(path.Split('/')[2], $"{Guid.Empty}", StringComparison.Ordinal) })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(other, Token)).Status);
        }
    }

    [Fact]
    public async Task Session_LinksToSealedContent_ForRevealersOnly()
    {
        await using var stage = await StageAsync();
        var path = Add(stage);
        await using var plain = await ConsoleStage.StartAsync(Token);
        var other = Add(plain);
        using var revealer = await stage.SignInAsync(ConsoleStage.Analyst, Token);
        using var analyst = await plain.SignInAsync(ConsoleStage.Analyst, Token);

        Assert.Contains(path, (await revealer.GetAsync(path.Split("/reveal")[0], Token)).Html, StringComparison.Ordinal);
        Assert.DoesNotContain("/reveal/", (await analyst.GetAsync(other.Split("/reveal")[0], Token)).Html, StringComparison.Ordinal);
    }

    private static Task<ConsoleStage> StageAsync() => ConsoleStage.StartAsync(Token, null, ("Console:RevealGroups:0", "soc"));

    private static string Add(ConsoleStage stage)
    {
        var made = stage.Facts.Session(ConsoleStage.Nurse, 1);
        made.Entries[1] = made.Entries[1] with { SealedParts = ["request_raw"] };
        stage.Rooms.Sessions[made.Session.SessionId] = made;
        return $"/sessions/{made.Session.SessionId}/reveal/1";
    }
}
