using System.Net;
using Chaperone.Contracts;

namespace Chaperone.Console.Tests.Pages;

public sealed class RetentionTests
{
    private const string Path = "/retention";
    private const string Reason = "Order of the court, 4711";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hold_ByACustodian_IsAskedOfTheRecorderWithPersonAndReason()
    {
        await using var stage = await StageAsync();
        using var browser = await stage.SignInAsync(ConsoleStage.Analyst, Token);

        var page = await browser.PostAsync(Path, Path, Token, ("Do", "hold"), ("Kind", "months"), ("From", "2026-01"), ("To", "2026-03"), ("Reason", Reason));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("The hold stands.", page.Html, StringComparison.Ordinal);
        var asked = Assert.Single(stage.Rooms.Questions.OfType<ChangeRetention>());
        Assert.Equal((RetentionChange.Hold, "p-analyst", "2026-01", "2026-03"), (asked.Change, asked.Actor.Subject, asked.Target!.FromMonth, asked.Target.ToMonth));
    }

    /// <summary>Default deny: who may look may not change, however many other roles they have.</summary>
    [Theory]
    [InlineData("hold")]
    [InlineData("ask")]
    [InlineData("agree")]
    [InlineData("lift")]
    [InlineData("refuse")]
    public async Task Change_ByWhoIsNoCustodian_IsRefused(string what)
    {
        await using var stage = await StageAsync("somebody-else");
        using var browser = await stage.SignInAsync(ConsoleStage.Analyst, Token);

        // The token of a form on another page of the same person: this page shows them none.
        var page = await browser.PostAsync(Path, "/evidence", Token, ("Do", what), ("Kind", "months"), ("From", "2026-01"), ("Id", $"{Guid.Empty}"), ("Reason", Reason));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("CustodianGroups", page.Html, StringComparison.Ordinal);
        Assert.Empty(stage.Rooms.Questions.OfType<ChangeRetention>());
    }

    /// <summary>Attack: a foreign page posts the form in the person's browser.</summary>
    [Fact]
    public async Task Change_WithoutToken_IsRefused()
    {
        await using var stage = await StageAsync();
        using var browser = await stage.SignInAsync(ConsoleStage.Analyst, Token);

        var page = await browser.PostAsync(Path, null, Token, ("Do", "agree"), ("Id", $"{Guid.Empty}"), ("Reason", Reason));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Empty(stage.Rooms.Questions.OfType<ChangeRetention>());
    }

    [Theory]
    [InlineData("ask", "session", "no-id", Reason, "is not one")]
    [InlineData("ask", "", "", Reason, "is not one")]
    [InlineData("hold", "person", "", "short", "10 to 500")]
    [InlineData("burn", "person", "", Reason, "Choose what to do")]
    public async Task Change_OfNothingKnown_SaysWhat(string what, string kind, string session, string reason, string says)
    {
        await using var stage = await StageAsync();
        using var browser = await stage.SignInAsync(ConsoleStage.Analyst, Token);

        var page = await browser.PostAsync(Path, Path, Token, ("Do", what), ("Kind", kind), ("Session", session), ("Reason", reason));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains(says, page.Html, StringComparison.Ordinal);
        Assert.Empty(stage.Rooms.Questions.OfType<ChangeRetention>());
    }

    [Fact]
    public async Task Change_RecorderSaysNo_ShowsWhy()
    {
        await using var stage = await StageAsync();
        stage.Rooms.RetentionProblem = "A legal hold on <b>it</b>";
        using var browser = await stage.SignInAsync(ConsoleStage.Analyst, Token);

        var page = await browser.PostAsync(Path, Path, Token, ("Do", "ask"), ("Kind", "person"), ("Issuer", "i"), ("Subject", "s"), ("Reason", Reason));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("A legal hold on &lt;b&gt;it&lt;/b&gt;", page.Html, StringComparison.Ordinal);
    }

    /// <summary>Whoever asked for it is offered to refuse it, not to agree to it.</summary>
    [Fact]
    public async Task Orders_OwnAndOthers_OfferAgreeingToOthersOnly()
    {
        await using var stage = await StageAsync();
        var asked = new ShredOrder
        {
            OrderId = Guid.CreateVersion7(DateTimeOffset.UnixEpoch),
            Target = new RetentionTarget { FromMonth = "2019-01", ToMonth = "2019-01" },
            Scope = ShredScope.All,
            State = ShredState.Open,
            AskedAt = DateTimeOffset.UnixEpoch,
            Keys = 0,
            Agreed = [new RetentionAct { Issuer = stage.Issuer.Authority, Subject = "p-analyst", Name = "Alan Analyst", At = DateTimeOffset.UnixEpoch }],
        };
        stage.Rooms.Retention = stage.Rooms.Retention with { Orders = [asked] };
        using var own = await stage.SignInAsync(ConsoleStage.Analyst, Token);
        var mine = await own.GetAsync(Path, Token);
        stage.Rooms.Retention = stage.Rooms.Retention with { Orders = [asked with { Agreed = [asked.Agreed[0] with { Subject = "p-other" }] }] };

        Assert.DoesNotContain("Agree to destroy", mine.Html, StringComparison.Ordinal);
        Assert.Contains("messages and facts", mine.Html, StringComparison.Ordinal);
        Assert.Contains("Agree to destroy", (await own.GetAsync(Path, Token)).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_WithoutARole_IsRefused()
    {
        await using var stage = await StageAsync();
        using var browser = await stage.SignInAsync(ConsoleStage.Nurse, Token);

        Assert.Equal("/no-access", (await browser.GetAsync(Path, Token)).Address.AbsolutePath);
    }

    private static Task<ConsoleStage> StageAsync(string group = "soc") => ConsoleStage.StartAsync(Token, null, ("Console:CustodianGroups:0", group));
}
