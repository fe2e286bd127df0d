using System.Net;
using Chaperone.Contracts;
using Chaperone.TestKit;
using Microsoft.Extensions.Time.Testing;

namespace Chaperone.Console.Tests.Pages;

public sealed class SignInTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SignIn_Approver_LandsOnApprovalsAndIsRecorded()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        using var browser = stage.Browser();
        stage.Issuer.SignedIn = ConsoleStage.Approver;

        var page = await browser.GetAsync("/signin/start", Token);

        Assert.Equal("/approvals", page.Address.AbsolutePath);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("Ada Approver", page.Html, StringComparison.Ordinal);
        var entry = Assert.Single(stage.Rooms.Journal);
        Assert.Equal((RecordKind.Session, "console", "signed in to the console"), (entry.Kind, entry.Source, entry.Note));
        Assert.Equal((stage.Issuer.Authority, "p-approver"), (entry.Actor!.Issuer, entry.Actor.Subject));
        Assert.Equal(["charge-nurses"], entry.Actor.Groups);
    }

    /// <summary>What a chat lets a person do rests on the console's sign-in: approvers only, and no longer than they stay.</summary>
    [Fact]
    public async Task SignInAndOut_IsToldToTheApprovalRoom()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);

        using var approver = await stage.SignInAsync(ConsoleStage.Approver, Token);
        using var analyst = await stage.SignInAsync(ConsoleStage.Analyst, Token);
        await approver.PostAsync("/signout", "/approvals", Token);

        Assert.Equal(
            [("p-approver", true), ("p-analyst", false), ("p-approver", false)],
            stage.Rooms.Notes.Select(n => (n.Person.Subject, n.Present)));
        Assert.Equal(["charge-nurses"], stage.Rooms.Notes.First().Person.Groups);
    }

    [Fact]
    public async Task SignIn_ApprovalRoomAway_StillLetsPeopleIn()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        stage.Rooms.ApprovalAway = true;
        using var browser = stage.Browser();
        stage.Issuer.SignedIn = ConsoleStage.Analyst;

        var page = await browser.GetAsync("/signin/start", Token);

        Assert.Equal(("/sessions", HttpStatusCode.OK), (page.Address.AbsolutePath, page.Status));
    }

    [Theory]
    [InlineData("p-analyst", "/sessions")]
    [InlineData("p-admin", "/integrity")]
    public async Task SignIn_OtherRoles_LandOnTheirPage(string subject, string place)
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        var person = subject == "p-analyst" ? ConsoleStage.Analyst : ConsoleStage.Admin;
        using var browser = await stage.SignInAsync(person, Token);

        var page = await browser.GetAsync("/", Token);

        Assert.Equal((place, HttpStatusCode.OK), (page.Address.AbsolutePath, page.Status));
    }

    [Fact]
    public async Task SignIn_WithoutRole_SeesNoAccessEverywhere()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        using var browser = await stage.SignInAsync(ConsoleStage.Nurse, Token);

        foreach (var path in new[] { "/", "/approvals", "/approvals/APR-1", "/sessions", $"/sessions/{Guid.Empty}", "/integrity", "/tools", $"/tools/{Guid.Empty}" })
        {
            var page = await browser.GetAsync(path, Token);

            Assert.Equal(("/no-access", HttpStatusCode.Forbidden), (page.Address.AbsolutePath, page.Status));
            Assert.Contains("none of your groups has a role", page.Html, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetFragmentAsync("/approvals?handler=Pending", Token)).Status);
        Assert.Empty(stage.Rooms.Questions);
    }

    [Fact]
    public async Task Pages_SignedOut_AskToSignInAndComeBack()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        using var browser = stage.Browser();

        var page = await browser.GetAsync("/approvals/APR-7?x=1", Token);

        Assert.Equal("/signin", page.Address.AbsolutePath);
        Assert.Contains("/signin/start?returnUrl=%2Fapprovals%2FAPR-7%3Fx%3D1", page.Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetFragmentAsync("/approvals?handler=Pending", Token)).Status);
    }

    /// <summary>Attack: a crafted sign-in link that ends at another site.</summary>
    [Theory]
    [InlineData("//evil.example")]
    [InlineData("https://evil.example/approvals")]
    [InlineData("/\\evil.example")]
    [InlineData("/\t/evil.example")]
    public async Task SignIn_ForeignReturnUrl_StaysHere(string returnUrl)
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        using var browser = stage.Browser();
        stage.Issuer.SignedIn = ConsoleStage.Approver;

        var page = await browser.GetAsync($"/signin/start?returnUrl={Uri.EscapeDataString(returnUrl)}", Token);

        Assert.Equal(new Uri(stage.Url, "/approvals"), page.Address);
    }

    [Fact]
    public async Task SignIn_RefusedByProvider_IsRecordedAndSaid()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        using var browser = stage.Browser();
        stage.Issuer.Refuse = "access_denied";

        var page = await browser.GetAsync("/signin/start", Token);

        Assert.Equal(("/signin", HttpStatusCode.Forbidden), (page.Address.AbsolutePath, page.Status));
        Assert.Equal("sign-in to the console failed: access_denied", Assert.Single(stage.Rooms.Journal).Note);
    }

    /// <summary>Attack: id tokens nobody should believe.</summary>
    [Theory]
    [InlineData("foreign key")]
    [InlineData("no signature")]
    [InlineData("public key as secret")]
    [InlineData("expired")]
    [InlineData("other audience")]
    [InlineData("other issuer")]
    public async Task SignIn_BadIdToken_IsRefusedAndRecorded(string fault)
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        using var browser = stage.Browser();
        stage.Issuer.SignedIn = ConsoleStage.Approver;
        var honest = new TokenShape { Audience = "chaperone-console", Type = "JWT" };
        stage.Issuer.IdTokenShape = fault switch
        {
            "foreign key" => honest with { ForeignKey = true },
            "no signature" => honest with { Algorithm = TokenAlgorithm.None },
            "public key as secret" => honest with { Algorithm = TokenAlgorithm.HS256WithPublicKey },
            "expired" => honest with { Lifetime = TimeSpan.FromMinutes(-10), NotBefore = TimeSpan.FromMinutes(-20) },
            "other audience" => honest with { Audience = "somebody-else" },
            _ => honest with { Issuer = "https://evil.example" },
        };

        var page = await browser.GetAsync("/signin/start", Token);

        Assert.Equal(("/signin", HttpStatusCode.Forbidden), (page.Address.AbsolutePath, page.Status));
        Assert.Equal("/signin", (await browser.GetAsync("/approvals", Token)).Address.AbsolutePath);
        Assert.StartsWith("sign-in to the console failed: ", Assert.Single(stage.Rooms.Journal).Note, StringComparison.Ordinal);
    }

    /// <summary>The honest twin of the test above, so that its refusals mean something.</summary>
    [Fact]
    public async Task SignIn_Rs256IdToken_IsBelieved()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        using var browser = stage.Browser();
        stage.Issuer.SignedIn = ConsoleStage.Approver;
        stage.Issuer.IdTokenShape = new TokenShape { Audience = "chaperone-console", Type = "JWT", Algorithm = TokenAlgorithm.RS256 };

        Assert.Equal("/approvals", (await browser.GetAsync("/signin/start", Token)).Address.AbsolutePath);
    }

    [Fact]
    public async Task SignIn_CallbackNobodyAskedFor_IsRefused()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        using var browser = stage.Browser();

        var page = await browser.GetAsync("/signin-oidc?code=abc&state=def", Token);

        Assert.Equal(("/signin", HttpStatusCode.Forbidden), (page.Address.AbsolutePath, page.Status));
    }

    /// <summary>Invariant 1: no record, no service; here the service is the session.</summary>
    [Fact]
    public async Task SignIn_CannotBeRecorded_DoesNotHappen()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        using var browser = stage.Browser();
        stage.Rooms.JournalAway = true;
        stage.Issuer.SignedIn = ConsoleStage.Approver;

        var page = await browser.GetAsync("/signin/start", Token);

        Assert.Equal(("/signin", HttpStatusCode.ServiceUnavailable), (page.Address.AbsolutePath, page.Status));
        Assert.DoesNotContain("secret detail", page.Html, StringComparison.Ordinal);
        Assert.Equal("/signin", (await browser.GetAsync("/approvals", Token)).Address.AbsolutePath);
    }

    [Fact]
    public async Task SignIn_ProviderAway_SaysSo()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        using var browser = stage.Browser();
        await stage.Issuer.DisposeAsync();

        var page = await browser.GetAsync("/signin/start", Token);

        Assert.Equal(("/signin", HttpStatusCode.ServiceUnavailable), (page.Address.AbsolutePath, page.Status));
        Assert.Contains("identity provider does not answer", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignOut_ByForm_EndsTheSessionAndIsRecorded()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        using var browser = await stage.SignInAsync(ConsoleStage.Approver, Token);

        var forged = await browser.PostAsync("/signout", formPage: null, Token);
        Assert.Equal("/approvals", forged.Address.AbsolutePath);

        var page = await browser.PostAsync("/signout", "/approvals", Token);

        Assert.Contains("You are signed out", page.Html, StringComparison.Ordinal);
        Assert.Equal("/signin", (await browser.GetAsync("/approvals", Token)).Address.AbsolutePath);
        Assert.Equal("signed out of the console", stage.Rooms.Journal.Last().Note);
    }

    [Fact]
    public async Task SignOut_AtProvider_ComesBack()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        using var browser = await stage.SignInAsync(ConsoleStage.Approver, Token);
        await browser.PostAsync("/signout", "/approvals", Token);

        var page = await browser.GetAsync("/signout/provider", Token);

        Assert.Equal(("/signin", HttpStatusCode.OK), (page.Address.AbsolutePath, page.Status));
    }

    [Fact]
    public async Task Session_IdleForHalfAnHour_Ends()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var stage = await ConsoleStage.StartAsync(Token, time);
        using var browser = await stage.SignInAsync(ConsoleStage.Approver, Token);

        time.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal("/approvals", (await browser.GetAsync("/approvals", Token)).Address.AbsolutePath);
        time.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal("/approvals", (await browser.GetAsync("/approvals", Token)).Address.AbsolutePath);
        time.Advance(TimeSpan.FromMinutes(31));

        Assert.Equal("/signin", (await browser.GetAsync("/approvals", Token)).Address.AbsolutePath);
    }

    /// <summary>A page that refreshes itself must not keep an empty chair signed in.</summary>
    [Fact]
    public async Task Session_OnlyPolled_EndsAllTheSame()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var stage = await ConsoleStage.StartAsync(Token, time);
        using var browser = await stage.SignInAsync(ConsoleStage.Approver, Token);

        time.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetFragmentAsync("/approvals?handler=Pending", Token)).Status);
        time.Advance(TimeSpan.FromMinutes(11));

        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetFragmentAsync("/approvals?handler=Pending", Token)).Status);
    }

    [Fact]
    public async Task Session_BusyForEightHours_Ends()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var stage = await ConsoleStage.StartAsync(Token, time);
        using var browser = await stage.SignInAsync(ConsoleStage.Approver, Token);

        for (var quarters = 0; quarters < 8 * 4 - 1; quarters++)
        {
            time.Advance(TimeSpan.FromMinutes(15));
            time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal("/approvals", (await browser.GetAsync("/approvals", Token)).Address.AbsolutePath);
        }

        time.Advance(TimeSpan.FromMinutes(15));

        Assert.Equal("/signin", (await browser.GetAsync("/approvals", Token)).Address.AbsolutePath);
    }
}
