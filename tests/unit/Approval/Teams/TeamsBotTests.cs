using System.Net;
using Chaperone.Approval.Teams;
using Chaperone.Approval.Tests.Desk;
using Chaperone.Contracts;
using Chaperone.TestKit.Teams;

namespace Chaperone.Approval.Tests.Teams;

/// <summary>Cards that are answered in Teams: for the person behind the account, never weaker than the console.</summary>
public abstract class TeamsBotTests(IStoreUnderTest store)
{
    private const string Adaptive = "application/vnd.microsoft.card.adaptive";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Approve_SignedInApprover_CountsAndTheCardChangesInPlace()
    {
        await using var stage = await AskedAsync();
        await stage.SignInAsync(TeamsStage.Ann, Token);
        var card = stage.Card();
        Assert.Equal("APR-1: may delete_patient on clinic run?", card.Title);
        Assert.Contains("[MRN]", card.Json, StringComparison.Ordinal);

        var answer = await stage.AnnInTeams.PressAsync(stage.Endpoint, card, BotCard.Approve, Token);
        await stage.WorkAsync(Token);

        Assert.Equal(Adaptive, answer.GetProperty("type").GetString());
        Assert.StartsWith("APR-1 approved", new TeamsMessage("", "", "", answer.GetProperty("value"), 0).Title, StringComparison.Ordinal);
        var item = await ItemAsync(stage);
        Assert.Equal((ApprovalState.Approved, "teams"), (item.Status.State, Assert.Single(item.Votes).Channel));
        Assert.True(item.Votes[0].Decider.IsSamePerson(People.Ann));
        Assert.StartsWith("APR-1 approved", stage.Card().Title, StringComparison.Ordinal);
        Assert.Empty(AdaptiveCards.Buttons(stage.Card().Card, BotCard.Approve));
        Assert.Equal(["asked", "notified", "approved"], stage.Bench.Journal.Steps("APR-1"));
        Assert.Equal("teams", stage.Bench.Journal.Entries[1].Approval!.Channel);
        Assert.Empty(stage.Teams.Offences);
    }

    [Fact]
    public async Task Deny_NeedsAReason_AndCountsWithIt()
    {
        await using var stage = await AskedAsync();
        await stage.SignInAsync(TeamsStage.Ann, Token);

        var silent = await stage.AnnInTeams.PressAsync(stage.Endpoint, stage.Card(), BotCard.Deny, Token);
        var spoken = await stage.AnnInTeams.PressAsync(stage.Endpoint, stage.Card(), BotCard.Deny, Token, "Wrong patient.");
        await stage.WorkAsync(Token);

        Assert.Equal(TeamsSentences.NoReason, silent.GetProperty("value").GetString());
        Assert.Equal(Adaptive, spoken.GetProperty("type").GetString());
        var item = await ItemAsync(stage);
        Assert.Equal((ApprovalState.Denied, "Wrong patient."), (item.Status.State, item.Status.Reason));
        Assert.DoesNotContain("Wrong patient", stage.Card().Json, StringComparison.Ordinal);
    }

    /// <summary>Attack: an activity that does not come from the Bot Framework, or is for another bot or channel.</summary>
    [Theory]
    [InlineData("no token")]
    [InlineData("signature")]
    [InlineData("alg none")]
    [InlineData("issuer")]
    [InlineData("audience")]
    [InlineData("service")]
    [InlineData("channel")]
    [InlineData("endorsement")]
    [InlineData("expired")]
    [InlineData("not yet")]
    [InlineData("unknown key")]
    public async Task Activity_NotTheBotFrameworks_IsRefusedAndDoesNothing(string what)
    {
        await using var stage = await AskedAsync();
        await stage.SignInAsync(TeamsStage.Ann, Token);
        var card = stage.Card();
        var value = AdaptiveCards.Buttons(card.Card, BotCard.Approve).Single().GetProperty("data").GetProperty("request").GetString()!;
        var activity = stage.AnnInTeams.Activity(card, BotCard.Approve, value);
        var shape = what switch
        {
            "signature" => new TeamsTokenShape { BadSignature = true },
            "alg none" => new TeamsTokenShape { Algorithm = "none" },
            "issuer" => new TeamsTokenShape { Issuer = "https://sts.windows.net/x/" },
            "audience" => new TeamsTokenShape { Audience = "22222222-2222-4333-8444-555555555555" },
            "service" => new TeamsTokenShape { ServiceUrl = "https://smba.example/teams/" },
            "endorsement" => new TeamsTokenShape { KeyId = "other" },
            "expired" => new TeamsTokenShape { Shift = -TimeSpan.FromMinutes(66) },
            "not yet" => new TeamsTokenShape { Shift = TimeSpan.FromMinutes(6) },
            "unknown key" => new TeamsTokenShape { KeyId = "third" },
            _ => new TeamsTokenShape(),
        };
        if (what == "channel")
        {
            activity["channelId"] = "webchat";
        }

        using var response = await stage.AnnInTeams.PostAsync(stage.Endpoint, activity, what == "no token" ? null : stage.Teams.Token(shape), Token);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Empty((await ItemAsync(stage)).Votes);
        Assert.Equal(["asked", "notified"], stage.Bench.Journal.Steps("APR-1"));
    }

    /// <summary>Attack: somebody whom the console does not know as an approver now.</summary>
    [Theory]
    [InlineData("never signed in", "no approver has signed in")]
    [InlineData("signed out", "no approver has signed in")]
    [InlineData("long ago", "no approver has signed in")]
    [InlineData("other organisation", "another organisation")]
    [InlineData("guest", "which account you are")]
    [InlineData("same address only", "no approver has signed in")]
    [InlineData("requester", "You asked for APR-1 yourself")]
    [InlineData("other groups", "Only members of role admin-write")]
    public async Task Approve_NotAnApproverOfTheConsole_IsRefusedAndRecorded(string who, string told)
    {
        await using var stage = await AskedAsync();
        var person = who switch
        {
            "requester" => TeamsStage.SignedIn(People.Engineer, TeamsStage.AnnAccount),
            "other groups" => TeamsStage.SignedIn(People.Nurse, TeamsStage.AnnAccount),
            "same address only" => People.Ann,
            _ => TeamsStage.Ann,
        };
        stage.Teams.Emails["29:ann"] = People.Ann.Email!;
        if (who != "never signed in")
        {
            await stage.SignInAsync(person, Token);
        }

        if (who == "signed out")
        {
            await stage.SignInAsync(person, Token, present: false);
        }

        if (who == "long ago")
        {
            stage.Bench.Time.Advance(TimeSpan.FromHours(8));
        }

        using var presser = new TeamsPerson(stage.Teams, "29:ann", who == "guest" ? "" : TeamsStage.AnnAccount)
        {
            Tenant = who == "other organisation" ? "00000000-8888-4777-8666-555555555555" : FakeTeams.Tenant,
        };
        var answer = await presser.PressAsync(stage.Endpoint, stage.Card(), BotCard.Approve, Token);

        Assert.Contains(told, answer.GetProperty("value").GetString(), StringComparison.Ordinal);
        Assert.Empty((await ItemAsync(stage)).Votes);
        Assert.Equal(["asked", "notified", "refused"], stage.Bench.Journal.Steps("APR-1"));
    }

    [Theory]
    [InlineData("ANN@clinic.example", true)]
    [InlineData("somebody@clinic.example", false)]
    [InlineData(null, false)]
    public async Task Approve_MatchedByAddress_CountsForThatPersonOnly(string? email, bool counts)
    {
        await using var stage = await AskedAsync(("Approval:Teams:Bot:MatchBy", "Email"));
        await stage.SignInAsync(People.Ann, Token);
        if (email is not null)
        {
            stage.Teams.Emails["29:ann"] = email;
        }

        var answer = await stage.AnnInTeams.PressAsync(stage.Endpoint, stage.Card(), BotCard.Approve, Token);

        Assert.Equal(counts, answer.GetProperty("type").GetString() == Adaptive);
        Assert.Equal(counts ? ApprovalState.Approved : ApprovalState.Pending, (await ItemAsync(stage)).Status.State);
    }

    /// <summary>Attack: a button of another request, and a yes from a card that offered none.</summary>
    [Fact]
    public async Task Approve_WhatTheCardDoesNotOffer_DoesNotCount()
    {
        await using var stage = await AskedAsync(("Approval:Teams:Bot:ShowArguments", "false"));
        await stage.SignInAsync(TeamsStage.Ann, Token);
        var card = stage.Card();
        Assert.Empty(AdaptiveCards.Buttons(card.Card, BotCard.Approve));
        Assert.DoesNotContain("[MRN]", card.Json, StringComparison.Ordinal);

        var forged = await stage.AnnInTeams.PressAsync(stage.Endpoint, card, BotCard.Approve, $"APR-1 {DeskActs.Binding}", Token);
        var other = await stage.AnnInTeams.PressAsync(stage.Endpoint, card, BotCard.Deny, $"APR-1 {DeskActs.OtherBinding}", Token, "no");

        Assert.Equal(TeamsSentences.NotDone, forged.GetProperty("value").GetString());
        Assert.Equal(TeamsSentences.OldCard, other.GetProperty("value").GetString());
        Assert.Empty((await ItemAsync(stage)).Votes);
    }

    [Theory]
    [InlineData("expired")]
    [InlineData("withdrawn")]
    [InlineData("denied")]
    public async Task Card_RequestOver_ShowsItInPlace(string how)
    {
        await using var stage = await AskedAsync();
        switch (how)
        {
            case "expired":
                stage.Bench.Time.Advance(TimeSpan.FromHours(21));
                await stage.Desk.ExpireAsync(1, Token);
                break;
            case "withdrawn":
                await stage.Desk.WithdrawAsync(new WithdrawApproval { ApprovalId = "APR-1", Call = stage.Bench.Call() }, Token);
                break;
            default:
                await stage.Desk.DecideAsync(new DecideApproval { ApprovalId = "APR-1", Decider = People.Bob, Approve = false, Reason = "no", Channel = "console" }, Token);
                break;
        }

        await stage.WorkAsync(Token);

        Assert.StartsWith($"APR-1 {how}", stage.Card().Title, StringComparison.Ordinal);
        Assert.Equal(1, stage.Card().Changes);
        Assert.False(stage.Card().Card.TryGetProperty("actions", out _));
    }

    [Fact]
    public async Task Connector_LimitsFailsAndBreaks_CardsComeLaterAndTheConsoleDecides()
    {
        await using var stage = await TeamsStage.StartAsync(store, Token);
        stage.Teams.Fail(429, 500);
        await stage.Desk.RequestAsync(stage.Bench.Asking(wait: TimeSpan.FromHours(20)), Token);

        await stage.WorkAsync(Token);
        Assert.Empty(stage.Teams.In(TeamsStage.Channel));
        stage.Bench.Time.Advance(FakeTeams.RetryAfter - TimeSpan.FromSeconds(1));
        await stage.WorkAsync(Token);
        stage.Bench.Time.Advance(TimeSpan.FromSeconds(1));
        await stage.WorkAsync(Token);
        Assert.Empty(stage.Teams.In(TeamsStage.Channel));
        Assert.True((await stage.Desk.DecideAsync(new DecideApproval { ApprovalId = "APR-1", Decider = People.Bob, Approve = true, Channel = "console" }, Token)).Accepted);
        stage.Bench.Time.Advance(TimeSpan.FromMinutes(1));
        await stage.WorkAsync(Token);

        Assert.Empty(stage.Teams.Offences);
        Assert.Empty(stage.Teams.In(TeamsStage.Channel));
        Assert.Equal(["asked", "approved"], stage.Bench.Journal.Steps("APR-1"));
    }

    /// <summary>The worker dies anywhere between the press and the answer: the vote counts once or not at all, and pressing again settles it.</summary>
    [Fact]
    public async Task Approve_CrashAnywhere_OneVoteAndNoLostDecision()
    {
        var crashAt = 1;
        for (var crashed = true; crashed; crashAt++)
        {
            await using var stage = await AskedAsync();
            await stage.SignInAsync(TeamsStage.Ann, Token);

            stage.Bench.Points.Arm(crashAt);
            await stage.AnnInTeams.PressAsync(stage.Endpoint, stage.Card(), BotCard.Approve, Token);
            crashed = stage.Bench.Points.Crashed;
            await stage.OpenAsync(Token);
            await stage.Desk.SweepAsync(Token);
            if ((await ItemAsync(stage)).Status.State == ApprovalState.Pending)
            {
                await stage.AnnInTeams.PressAsync(stage.Endpoint, stage.Card(), BotCard.Approve, Token);
            }

            await stage.WorkAsync(Token);

            Assert.Equal(ApprovalState.Approved, (await ItemAsync(stage)).Status.State);
            Assert.Equal(["asked", "notified", "approved"], stage.Bench.Journal.Steps("APR-1"));
            Assert.StartsWith("APR-1 approved", stage.Card().Title, StringComparison.Ordinal);
        }

        Assert.InRange(crashAt, 8, 100);
    }

    private async Task<TeamsStage> AskedAsync(params (string Key, string? Value)[] more)
    {
        var stage = await TeamsStage.StartAsync(store, Token, more);
        await stage.Desk.RequestAsync(stage.Bench.Asking(wait: TimeSpan.FromHours(20)), Token);
        await stage.WorkAsync(Token);
        return stage;
    }

    private static async Task<ApprovalItem> ItemAsync(TeamsStage stage) =>
        Assert.Single((await stage.Desk.ListAsync(new ListApprovals { Pending = true, ApprovalId = "APR-1" }, Token)).Items);
}
