using System.Net;
using System.Text;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using Chaperone.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Chaperone.Console.Tests.Pages;

/// <summary>Break-glass pages: who sees, opens, closes and reviews what. Policy has the last word; the page does not even ask it where the answer is no.</summary>
public sealed class BreakGlassTests
{
    private static readonly TestPerson Physician = new("p-er", "Eve <b>Physician", "er");
    private static readonly TestPerson Officer = new("p-po", "Pia Privacy", "po");
    private static readonly Guid Id = Guid.Parse("01980000-0000-7000-8000-0000000000d1");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Open_WithReasonAndMinutes_GoesToPolicySealed()
    {
        await using var stage = await StartAsync();
        using var browser = await stage.SignInAsync(Physician, Token);

        var page = await browser.PostAsync("/break-glass", "/break-glass", Token, ("reason", " Unconscious in the ER. "), ("minutes", "10"));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        var asked = Assert.Single(stage.Rooms.Questions.OfType<ChangeBreakGlass>());
        Assert.Equal((BreakGlassChange.Open, "p-er", 10), (asked.Change, asked.Actor.Subject, asked.Minutes));
        Assert.Equal("Unconscious in the ER.", Encoding.UTF8.GetString(stage.Services.GetRequiredService<IPayloadSeal>().Open(asked.Words!, asked.WindowId)));
    }

    [Theory]
    [InlineData("short", "10")]
    [InlineData("Unconscious in the ER.", "0")]
    [InlineData("Unconscious in the ER.", "31")]
    [InlineData("Unconscious in the ER.", "soon")]
    [InlineData("Unconscious in the ER.", null)]
    public async Task Open_NotAsThePolicySays_IsRefused(string reason, string? minutes)
    {
        await using var stage = await StartAsync();
        using var browser = await stage.SignInAsync(Physician, Token);

        var page = await browser.PostAsync("/break-glass", "/break-glass", Token, ("reason", reason), ("minutes", minutes ?? ""));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Empty(stage.Rooms.Questions.OfType<ChangeBreakGlass>());
    }

    /// <summary>Attack: by hand, without the role.</summary>
    [Fact]
    public async Task Open_ByWhoMayNot_IsRefused()
    {
        await using var stage = await StartAsync();
        using var reviewer = await stage.SignInAsync(Officer, Token);
        using var nurse = await stage.SignInAsync(ConsoleStage.Nurse, Token);

        var page = await reviewer.PostAsync("/break-glass", $"/break-glass/{Id:n}", Token, ("reason", "Unconscious in the ER."), ("minutes", "10"));
        var nothing = await nurse.GetAsync("/break-glass", Token);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Equal(HttpStatusCode.Forbidden, nothing.Status);
        Assert.Empty(stage.Rooms.Questions.OfType<ChangeBreakGlass>());
    }

    [Fact]
    public async Task Review_ByAReviewer_GoesToPolicy()
    {
        await using var stage = await StartAsync();
        using var browser = await stage.SignInAsync(Officer, Token);

        var page = await browser.GetAsync($"/break-glass/{Id:n}", Token);
        await browser.PostAsync($"/break-glass/{Id:n}", $"/break-glass/{Id:n}", Token, ("Do", "unjustified"), ("findings", "He read his neighbour's chart."));

        Assert.Contains("MRN-4711 is unconscious", page.Html, StringComparison.Ordinal);
        var asked = Assert.Single(stage.Rooms.Questions.OfType<ChangeBreakGlass>());
        Assert.Equal((BreakGlassChange.Review, Id, "p-po", false), (asked.Change, asked.WindowId, asked.Actor.Subject, asked.Justified));
    }

    /// <summary>Attack: to sign off one's own window, or to read why others opened theirs.</summary>
    [Fact]
    public async Task Window_OfOneself_IsNotReviewed_AndReasonsOfOthersAreNotShown()
    {
        await using var stage = await StartAsync();
        using var own = await stage.SignInAsync(Physician, Token);
        using var analyst = await stage.SignInAsync(ConsoleStage.Analyst, Token);

        var page = await own.PostAsync($"/break-glass/{Id:n}", "/break-glass", Token, ("Do", "justified"), ("findings", "All was well, I am sure."));
        var seen = await analyst.GetAsync($"/break-glass/{Id:n}", Token);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Empty(stage.Rooms.Questions.OfType<ChangeBreakGlass>());
        Assert.Equal(HttpStatusCode.OK, seen.Status);
        Assert.DoesNotContain("MRN-4711", seen.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Window_OfAnother_IsNotThereForWhoMayOnlyOpen()
    {
        await using var stage = await StartAsync();
        stage.Issuer.Add(new TestPerson("p-er2", "Otto", "er"));
        using var browser = await stage.SignInAsync(new TestPerson("p-er2", "Otto", "er"), Token);

        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/break-glass/{Id:n}", Token)).Status);
        Assert.DoesNotContain("Eve", (await browser.GetAsync("/break-glass", Token)).Html, StringComparison.Ordinal);
    }

    /// <summary>Loud: on every page, whose window is open and how many wait for a review; encoded, whatever people are called.</summary>
    [Fact]
    public async Task Pages_WhileAWindowIsOpen_SaySo()
    {
        await using var stage = await StartAsync(open: true);
        using var analyst = await stage.SignInAsync(ConsoleStage.Analyst, Token);
        using var nurse = await stage.SignInAsync(ConsoleStage.Nurse, Token);

        var page = await analyst.GetAsync("/sessions", Token);
        var other = await nurse.GetAsync("/no-access", Token);

        Assert.Contains("The glass is broken.", page.Html, StringComparison.Ordinal);
        Assert.Contains("Eve &lt;b&gt;Physician", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("glass", other.Html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Close_ByTheOpener_GoesToPolicy()
    {
        await using var stage = await StartAsync(open: true);
        using var browser = await stage.SignInAsync(Physician, Token);

        await browser.PostAsync($"/break-glass/{Id:n}", "/break-glass", Token, ("Do", "close"));

        var asked = Assert.Single(stage.Rooms.Questions.OfType<ChangeBreakGlass>());
        Assert.Equal((BreakGlassChange.Close, Id), (asked.Change, asked.WindowId));
    }

    /// <summary>A page is worth more than its banner.</summary>
    [Fact]
    public async Task Pages_PolicyAway_AreThereWithoutIt()
    {
        await using var stage = await StartAsync(open: true);
        stage.Rooms.PolicyAway = true;
        using var browser = await stage.SignInAsync(ConsoleStage.Analyst, Token);

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/sessions", Token)).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await browser.GetAsync("/break-glass", Token)).Status);
    }

    private static async Task<ConsoleStage> StartAsync(bool open = false)
    {
        var stage = await ConsoleStage.StartAsync(Token);
        stage.Issuer.Add(Physician).Add(Officer);
        var now = TimeProvider.System.GetUtcNow();
        var window = new BreakGlassWindow
        {
            WindowId = Id,
            Opener = stage.Facts.PrincipalOf(Physician),
            OpenedAt = now.AddMinutes(-5),
            ExpiresAt = now.AddMinutes(10),
            PolicyDigest = new string('d', 64),
            ClosedAt = open ? null : now.AddMinutes(-1),
            Reason = stage.Services.GetRequiredService<IPayloadSeal>().Seal("MRN-4711 is unconscious."u8, Id),
        };
        stage.Rooms.BreakGlass = stage.Rooms.BreakGlass with
        {
            OpenerGroups = ["er"],
            ReviewerGroups = ["po"],
            MostMinutes = 30,
            Open = open ? [window] : [],
            Closed = open ? 0 : 1,
            Unreviewed = open ? 0 : 1,
            Windows = open ? [] : [window],
        };
        return stage;
    }
}
