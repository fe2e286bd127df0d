using System.Net;
using System.Text;
using System.Text.Json;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Chaperone.Console.Tests.Pages;

/// <summary>Analysts write findings, reviewers plan and sign; each step goes to the recorder with the person and their words, sealed.</summary>
public sealed class ReviewsTests
{
    private const string Path = "/reviews";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Plan_ByAReviewer_IsAskedOfTheRecorder()
    {
        await using var stage = await StageAsync("soc");
        using var browser = await stage.SignInAsync(ConsoleStage.Analyst, Token);

        var page = await browser.PostAsync(Path, Path, Token, ("Do", "plan"), ("Name", "Monthly"), ("Cadence", "quarterly"), ("Server", "clinic"), ("OnlyRefused", "true"), ("Sample", "25"), ("DueDays", "14"));

        Assert.Contains("The review is planned.", page.Html, StringComparison.Ordinal);
        var asked = Assert.Single(stage.Rooms.Questions.OfType<ChangeReviews>());
        Assert.Equal((ReviewChange.Plan, "p-analyst"), (asked.Change, asked.Actor.Subject));
        Assert.Equal(("Monthly", ReviewCadence.Quarterly, "clinic", true, 25, 14), (asked.Plan!.Name, asked.Plan.Cadence, asked.Plan.Server, asked.Plan.OnlyRefused, asked.Plan.Sample, asked.Plan.DueDays));
    }

    /// <summary>Words and fields of a saved search go with the plan, sealed; a search of somebody else is none.</summary>
    [Fact]
    public async Task Plan_WithASavedSearch_CarriesItsTermsSealed()
    {
        await using var stage = await StageAsync("soc");
        using var browser = await stage.SignInAsync(ConsoleStage.Analyst, Token);
        var found = await browser.PostAsync("/search", "/search", Token, ("words", "Jane Roe"), ("tool", "get_patient"));
        await browser.PostAsync(found.Address.PathAndQuery.Replace("/search?", "/search?handler=Save&", StringComparison.Ordinal), "/search", Token, ("name", "My patient"));
        var page = await browser.GetAsync(Path, Token);
        var id = System.Text.RegularExpressions.Regex.Match(page.Html, "<option value=\"([0-9a-f-]{36})\">My patient</option>").Groups[1].Value;

        var planned = await browser.PostAsync(Path, Path, Token, ("Do", "plan"), ("Name", "Monthly"), ("Search", id), ("Sample", "25"), ("DueDays", "14"));
        var gone = await browser.PostAsync(Path, Path, Token, ("Do", "plan"), ("Name", "Monthly"), ("Search", $"{Guid.CreateVersion7()}"), ("Sample", "25"), ("DueDays", "14"));

        Assert.Contains("The review is planned.", planned.Html, StringComparison.Ordinal);
        var asked = Assert.Single(stage.Rooms.Questions.OfType<ChangeReviews>());
        var terms = JsonSerializer.Deserialize<MessageTerms>(stage.Services.GetRequiredService<IPayloadSeal>().Open(asked.Terms!, asked.RequestId))!;
        Assert.Equal(("Jane Roe", MessageField.Tool, "get_patient"), (terms.Words, terms.Filters.Single().Field, terms.Filters.Single().Value));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, gone.Status);
    }

    [Fact]
    public async Task Judge_ByAnAnalyst_CarriesVerdictAndWordsSealed()
    {
        await using var stage = await StageAsync("somebody-else");
        stage.Rooms.Reviews = stage.Facts.Reviews(ConsoleStage.Admin);
        var (run, session) = (stage.Rooms.Reviews.Runs[0].RunId, stage.Rooms.Reviews.Sessions[2].SessionId);
        using var browser = await stage.SignInAsync(ConsoleStage.Analyst, Token);

        var page = await browser.PostAsync($"{Path}/{run}", $"{Path}/{run}", Token, ("Do", "judge"), ("Session", $"{session}"), ("Verdict", "incident"), ("Words", "Read the chart of Jane Roe."));

        Assert.Contains("The finding is recorded.", page.Html, StringComparison.Ordinal);
        var asked = Assert.Single(stage.Rooms.Questions.OfType<ChangeReviews>());
        Assert.Equal((run, session, ReviewVerdict.Incident), (asked.RunId, asked.SessionId, asked.Verdict));
        Assert.Equal("Read the chart of Jane Roe.", Encoding.UTF8.GetString(stage.Services.GetRequiredService<IPayloadSeal>().Open(asked.Words!, asked.RequestId)));
    }

    /// <summary>Default deny: who writes findings neither plans nor signs.</summary>
    [Theory]
    [InlineData("plan")]
    [InlineData("end")]
    [InlineData("sign")]
    public async Task Change_ByWhoIsNoReviewer_IsRefused(string what)
    {
        await using var stage = await StageAsync("somebody-else");
        stage.Rooms.Reviews = stage.Facts.Reviews(ConsoleStage.Admin);
        var run = $"{Path}/{stage.Rooms.Reviews.Runs[0].RunId}";
        using var browser = await stage.SignInAsync(ConsoleStage.Analyst, Token);

        var page = await browser.PostAsync(run, run, Token, ("Do", what), ("Name", "x"), ("Words", "It all looked fine."));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("ReviewerGroups", page.Html, StringComparison.Ordinal);
        Assert.Empty(stage.Rooms.Questions.OfType<ChangeReviews>());
    }

    [Fact]
    public async Task Step_TheRecorderRefuses_IsSaidAndKeepsWhatWasTyped()
    {
        await using var stage = await StageAsync("soc");
        stage.Rooms.Reviews = stage.Facts.Reviews(ConsoleStage.Admin);
        stage.Rooms.ReviewProblem = "1 sessions have no finding yet.";
        var run = $"{Path}/{stage.Rooms.Reviews.Runs[0].RunId}";
        using var browser = await stage.SignInAsync(ConsoleStage.Analyst, Token);

        var page = await browser.PostAsync(run, run, Token, ("Do", "sign"), ("Words", "It all looked fine."));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("1 sessions have no finding yet.", page.Html, StringComparison.Ordinal);
        Assert.Contains("It all looked fine.", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_ShowsWhatIsOverdueAndWhoSigned()
    {
        await using var stage = await StageAsync("soc");
        stage.Rooms.Reviews = stage.Facts.Reviews(ConsoleStage.Admin);
        using var browser = await stage.SignInAsync(ConsoleStage.Analyst, Token);

        var page = await browser.GetAsync(Path, Token);

        Assert.Contains("overdue", page.Html, StringComparison.Ordinal);
        Assert.Contains("Ana Admin", page.Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"{Path}/{Guid.Empty}", Token)).Status);
    }

    /// <summary>Nobody without a role sees what was found in whose session.</summary>
    [Fact]
    public async Task Page_ForWhoHasNoRole_IsForbidden()
    {
        await using var stage = await StageAsync("soc");
        using var browser = await stage.SignInAsync(ConsoleStage.Nurse, Token);

        Assert.DoesNotContain("Plan a review", (await browser.GetAsync(Path, Token)).Html, StringComparison.Ordinal);
    }

    private static Task<ConsoleStage> StageAsync(string group) => ConsoleStage.StartAsync(Token, null, ("Console:ReviewerGroups:0", group));
}
