using System.Net;

namespace Chaperone.Console.Tests.Pages;

/// <summary>The link of a card: only an approver who is signed in uses it up, and once.</summary>
public sealed class OpenLinkTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Open_Approver_LandsOnTheRequestOnce()
    {
        await using var stage = await StageAsync();
        using var browser = await stage.SignInAsync(ConsoleStage.Approver, Token);

        var first = await browser.GetAsync("/approvals/open?link=abc", Token);
        var second = await browser.GetAsync("/approvals/open?link=abc", Token);

        Assert.Equal(("/approvals/APR-1", HttpStatusCode.NotFound), (first.Address.AbsolutePath, first.Status));
        Assert.Equal(HttpStatusCode.Gone, second.Status);
        Assert.Contains("works once", second.Html, StringComparison.Ordinal);
    }

    /// <summary>Attack: a mail scanner or preview follows the link. It is not signed in, so nothing is used up; the person gets there after signing in.</summary>
    [Fact]
    public async Task Open_NotSignedIn_UsesNothingUpAndComesBackAfterSignIn()
    {
        await using var stage = await StageAsync();
        using var browser = stage.Browser();

        var page = await browser.GetAsync("/approvals/open?link=abc", Token);
        Assert.Equal("/signin", page.Address.AbsolutePath);
        Assert.Single(stage.Rooms.Links);
        stage.Issuer.SignedIn = ConsoleStage.Approver;
        var after = await browser.GetAsync("/signin/start?returnUrl=%2Fapprovals%2Fopen%3Flink%3Dabc", Token);

        Assert.Equal("/approvals/APR-1", after.Address.AbsolutePath);
    }

    [Fact]
    public async Task Open_AdminWhoIsNoApprover_UsesNothingUp()
    {
        await using var stage = await StageAsync();
        using var browser = await stage.SignInAsync(ConsoleStage.Admin, Token);

        var page = await browser.GetAsync("/approvals/open?link=abc", Token);

        Assert.Equal(HttpStatusCode.Forbidden, page.Status);
        Assert.Single(stage.Rooms.Links);
    }

    [Theory]
    [InlineData("/approvals/open")]
    [InlineData("/approvals/open?link=")]
    [InlineData("/approvals/open?link=other")]
    public async Task Open_NoLinkOfOurs_SaysWhereToLook(string path)
    {
        await using var stage = await StageAsync();
        using var browser = await stage.SignInAsync(ConsoleStage.Approver, Token);

        Assert.Equal(HttpStatusCode.Gone, (await browser.GetAsync(path, Token)).Status);
    }

    private static async Task<ConsoleStage> StageAsync()
    {
        var stage = await ConsoleStage.StartAsync(Token);
        stage.Rooms.Links["abc"] = "APR-1";
        return stage;
    }
}
