using System.Net;
using Chaperone.Approval.Slack;
using Chaperone.Approval.Tests.Desk;
using Chaperone.Contracts;
using Chaperone.TestKit.Slack;

namespace Chaperone.Approval.Tests.Slack;

/// <summary>Clicks: acknowledged at once, counted for the person behind the account, never weaker than the console.</summary>
public abstract class SlackAnswerTests(IStoreUnderTest store)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Approve_SignedInApprover_CountsAndTheCardSaysSo()
    {
        await using var stage = await AskedAsync();
        await stage.SignInAsync(People.Ann, Token);

        Assert.Equal(HttpStatusCode.OK, await stage.Ann.PostAsync(stage.Endpoint, stage.Ann.Click(stage.Card(), SlackActions.Approve), Token));
        Assert.Equal(["asked", "notified"], stage.Bench.Journal.Steps("APR-1"));
        await stage.WorkAsync(Token);

        var vote = Assert.Single((await ItemAsync(stage)).Votes);
        Assert.True(vote.Decider.IsSamePerson(People.Ann));
        Assert.Equal("slack", vote.Channel);
        Assert.StartsWith("APR-1 approved", stage.Card().Title, StringComparison.Ordinal);
        Assert.Equal([(SlackStage.AnnId, "APR-1 is approved. The exact call may run once.")], stage.Slack.Whispers);
    }

    [Fact]
    public async Task Deny_WithAReason_CountsWithTheWords()
    {
        await using var stage = await AskedAsync();
        await stage.SignInAsync(People.Ann, Token);

        await stage.Ann.PostAsync(stage.Endpoint, stage.Ann.Click(stage.Card(), SlackActions.Deny), Token);
        await WaitForViewAsync(stage);
        Assert.True(stage.Slack.Views.TryDequeue(out var view));
        await stage.WorkAsync(Token);
        Assert.Equal(ApprovalState.Pending, (await ItemAsync(stage)).Status.State);
        await stage.Ann.PostAsync(stage.Endpoint, stage.Ann.Submit(view, "Wrong patient.\r\nAsk again."), Token);
        await stage.WorkAsync(Token);

        var item = await ItemAsync(stage);
        Assert.Equal(ApprovalState.Denied, item.Status.State);
        Assert.Equal("Wrong patient.\nAsk again.", item.Status.Reason);
        Assert.StartsWith("APR-1 denied", stage.Card().Title, StringComparison.Ordinal);
        Assert.DoesNotContain("Wrong patient", stage.Card().Json, StringComparison.Ordinal);
        Assert.DoesNotContain(stage.Slack.Calls, c => c == "expired_trigger_id");
    }

    /// <summary>Attack: somebody who is no approver, or nobody we know, clicks. Each is told why, alone; each try is recorded.</summary>
    [Theory]
    [InlineData("nobody signed in", "no approver has signed in")]
    [InlineData("signed in too long ago", "no approver has signed in")]
    [InlineData("signed out", "no approver has signed in")]
    [InlineData("not confirmed", "confirmed")]
    [InlineData("no address", "confirmed")]
    [InlineData("other address", "no approver has signed in")]
    [InlineData("guest", "full members")]
    [InlineData("stranger", "full members")]
    [InlineData("bot", "full members")]
    [InlineData("other team's account", "full members")]
    [InlineData("other workspace", "another workspace")]
    [InlineData("two people, one address", "Several people")]
    public async Task Approve_ByNobodyWeKnow_IsRefusedAloneAndRecorded(string who, string why)
    {
        await using var stage = await AskedAsync();
        await stage.SignInAsync(People.Ann, Token);
        await ChangeAsync(stage, who);
        using var clicker = new SlackPerson(stage.Slack, SlackStage.AnnId) { Team = who == "other workspace" ? "T0FOREIGN1" : FakeSlack.Team };

        await clicker.PostAsync(stage.Endpoint, clicker.Click(stage.Card(), SlackActions.Approve), Token);
        await stage.WorkAsync(Token);

        Assert.Contains(why, Assert.Single(stage.Slack.Whispers).Text, StringComparison.Ordinal);
        Assert.Empty((await ItemAsync(stage)).Votes);
        Assert.Equal(["asked", "notified", "refused"], stage.Bench.Journal.Steps("APR-1"));
        Assert.NotNull(stage.Card().Button(SlackActions.Approve));
    }

    /// <summary>The desk's own rules hold for Slack as they do for the console.</summary>
    [Theory]
    [InlineData("nurse", "Only members of role admin-write")]
    [InlineData("requester", "You asked for APR-1 yourself")]
    [InlineData("requester's address", "under your own e-mail address")]
    public async Task Approve_BySomebodyWhoMayNot_IsRefused(string who, string why)
    {
        await using var stage = await AskedAsync();
        stage.Slack.Members[SlackStage.AnnId] = new SlackMember(SlackStage.AnnId, "x@clinic.example");
        var person = who switch
        {
            "nurse" => People.Person("nurse", "x@clinic.example", "nurses"),
            "requester" => People.Engineer with { Email = "x@clinic.example", Groups = ["admin-write"] },
            _ => People.Person("second-account", People.Engineer.Email, "admin-write"),
        };
        if (who == "requester's address")
        {
            stage.Slack.Members[SlackStage.AnnId] = new SlackMember(SlackStage.AnnId, People.Engineer.Email);
        }

        await stage.SignInAsync(person, Token);
        await stage.Ann.PostAsync(stage.Endpoint, stage.Ann.Click(stage.Card(), SlackActions.Approve), Token);
        await stage.WorkAsync(Token);

        Assert.Contains(why, Assert.Single(stage.Slack.Whispers).Text, StringComparison.Ordinal);
        Assert.Empty((await ItemAsync(stage)).Votes);
    }

    [Fact]
    public async Task Approve_TwoOfTwo_NeedsTwoPeople()
    {
        await using var stage = await AskedAsync(approvals: 2);
        await stage.SignInAsync(People.Ann, Token);
        await stage.SignInAsync(People.Bob, Token);

        await stage.Ann.PostAsync(stage.Endpoint, stage.Ann.Click(stage.Card(), SlackActions.Approve), Token);
        await stage.Ann.PostAsync(stage.Endpoint, stage.Ann.Click(stage.Card(), SlackActions.Approve), Token);
        await stage.WorkAsync(Token);
        Assert.Equal(ApprovalState.Pending, (await ItemAsync(stage)).Status.State);
        await stage.Bob.PostAsync(stage.Endpoint, stage.Bob.Click(stage.Card(), SlackActions.Approve), Token);
        await stage.WorkAsync(Token);

        Assert.Equal(ApprovalState.Approved, (await ItemAsync(stage)).Status.State);
        Assert.Equal(["asked", "notified", "approved", "refused", "approved"], stage.Bench.Journal.Steps("APR-1"));
    }

    /// <summary>Slack may send the same click twice; it counts, and is recorded, once.</summary>
    [Fact]
    public async Task Approve_SameClickTwice_IsOne()
    {
        await using var stage = await AskedAsync();
        await stage.SignInAsync(People.Ann, Token);
        var click = stage.Ann.Click(stage.Card(), SlackActions.Approve);

        await stage.Ann.PostAsync(stage.Endpoint, click, Token);
        await stage.Ann.PostAsync(stage.Endpoint, click, Token);
        await stage.WorkAsync(Token);
        await stage.Ann.PostAsync(stage.Endpoint, click, Token);
        await stage.WorkAsync(Token);

        Assert.Equal(["asked", "notified", "approved"], stage.Bench.Journal.Steps("APR-1"));
        Assert.Single(stage.Slack.Whispers);
    }

    /// <summary>Attack: forged or replayed posts. Nothing of an unsigned body is read.</summary>
    [Theory]
    [InlineData("wrong secret")]
    [InlineData("six minutes old")]
    [InlineData("six minutes ahead")]
    public async Task Post_NotSignedBySlackNow_IsRefused(string how)
    {
        await using var stage = await AskedAsync();
        await stage.SignInAsync(People.Ann, Token);
        var at = stage.Bench.Time.GetUtcNow() + TimeSpan.FromMinutes(how switch { "six minutes old" => -6, "six minutes ahead" => 6, _ => 0 });
        var secret = how == "wrong secret" ? new string('f', 32) : FakeSlack.SigningSecret;

        var status = await stage.Ann.PostAsync(stage.Endpoint, stage.Ann.Click(stage.Card(), SlackActions.Approve), at, secret, Token);
        await stage.WorkAsync(Token);

        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Equal(["asked", "notified"], stage.Bench.Journal.Steps("APR-1"));
    }

    /// <summary>Attack: a button of an old card, or one made up, for another exact call.</summary>
    [Fact]
    public async Task Approve_ValueOfAnotherCall_DoesNotCount()
    {
        await using var stage = await AskedAsync();
        await stage.SignInAsync(People.Ann, Token);

        await stage.Ann.PostAsync(stage.Endpoint, stage.Ann.ClickValue(stage.Card(), SlackActions.Approve, $"APR-1 {DeskActs.OtherBinding}"), Token);
        await stage.WorkAsync(Token);

        Assert.Empty((await ItemAsync(stage)).Votes);
        Assert.Equal(SlackSentences.OldCard, Assert.Single(stage.Slack.Whispers).Text);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("""{"type":"block_actions"}""")]
    [InlineData("""{"type":"block_actions","actions":[{"action_id":"chaperone_approve","value":"APR-1"}]}""")]
    public async Task Post_SignedNonsense_IsNoAnswer(string payload)
    {
        await using var stage = await AskedAsync();

        var status = await stage.Ann.PostAsync(stage.Endpoint, payload, Token);
        await stage.WorkAsync(Token);

        Assert.Contains(status, new[] { HttpStatusCode.BadRequest, HttpStatusCode.OK });
        Assert.Equal(["asked", "notified"], stage.Bench.Journal.Steps("APR-1"));
    }

    /// <summary>Never weaker than the console: what a card cannot show whole is not approved from it.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Approve_CardCannotShowAll_IsNotOfferedAndNotTaken(bool hidden)
    {
        await using var stage = await SlackStage.StartAsync(store, Token, more: ("Approval:Slack:ShowArguments", hidden ? "false" : "true"));
        var asking = stage.Bench.Asking();
        await stage.Desk.RequestAsync(hidden ? asking : asking with { Decision = asking.Decision with { Masking = "none" } }, Token);
        await stage.WorkAsync(Token);
        await stage.SignInAsync(People.Ann, Token);

        Assert.Null(stage.Card().Button(SlackActions.Approve));
        Assert.NotNull(stage.Card().Button(SlackActions.Deny));
        Assert.DoesNotContain("mrn", stage.Card().Json, StringComparison.Ordinal);
        await stage.Ann.PostAsync(stage.Endpoint, stage.Ann.ClickValue(stage.Card(), SlackActions.Approve, $"APR-1 {DeskActs.Binding}"), Token);
        await stage.WorkAsync(Token);
        Assert.Empty((await ItemAsync(stage)).Votes);
    }

    /// <summary>Slack cannot say who clicked for now: the click waits, and counts when it can.</summary>
    [Fact]
    public async Task Approve_SlackAway_CountsWhenItIsBack()
    {
        await using var stage = await AskedAsync();
        await stage.SignInAsync(People.Ann, Token);
        stage.Slack.Fail("users.info", SlackFault.ServerError, SlackFault.RateLimited);
        await stage.Ann.PostAsync(stage.Endpoint, stage.Ann.Click(stage.Card(), SlackActions.Approve), Token);

        await stage.WorkAsync(Token);
        stage.Bench.Time.Advance(TimeSpan.FromSeconds(5));
        await stage.WorkAsync(Token);
        Assert.Empty((await ItemAsync(stage)).Votes);
        stage.Bench.Time.Advance(FakeSlack.RetryAfter);
        await stage.WorkAsync(Token);

        Assert.Single((await ItemAsync(stage)).Votes);
        Assert.Empty(stage.Slack.Offences);
    }

    /// <summary>The worker dies before and after each commit and record of a click's way: one vote, one record, no lost decision.</summary>
    [Fact]
    public async Task Approve_CrashAnywhere_OneVote()
    {
        const int FewestPoints = 12;
        var crashAt = 1;
        for (var crashed = true; crashed; crashAt++)
        {
            await using var stage = await AskedAsync();
            await stage.SignInAsync(People.Ann, Token);
            await stage.Ann.PostAsync(stage.Endpoint, stage.Ann.Click(stage.Card(), SlackActions.Approve), Token);
            stage.Bench.Points.Arm(crashAt);
            try
            {
                await stage.WorkAsync(Token);
            }
            catch (CrashPoints.CrashException)
            {
            }

            crashed = stage.Bench.Points.Crashed;
            await stage.OpenAsync(Token);
            stage.Bench.Time.Advance(TimeSpan.FromMinutes(3));
            await stage.Desk.SweepAsync(Token);
            await stage.WorkAsync(Token);

            Assert.Single((await ItemAsync(stage)).Votes);
            Assert.Equal(["asked", "notified", "approved"], stage.Bench.Journal.Steps("APR-1"));
            Assert.StartsWith("APR-1 approved", stage.Card().Title, StringComparison.Ordinal);
            Assert.All(stage.Slack.Whispers, w => Assert.Equal("APR-1 is approved. The exact call may run once.", w.Text));
        }

        Assert.InRange(crashAt - 2, FewestPoints, 100);
    }

    [Fact]
    public async Task Decide_SlackAndConsoleAtOnce_OneOutcome()
    {
        await using var stage = await AskedAsync();
        await stage.SignInAsync(People.Ann, Token);
        await stage.Ann.PostAsync(stage.Endpoint, stage.Ann.Click(stage.Card(), SlackActions.Approve), Token);

        var console = Task.Run(
            () => stage.Desk.DecideAsync(new DecideApproval { ApprovalId = "APR-1", Decider = People.Bob, Approve = false, Reason = "No.", Channel = "console" }, Token), Token);
        await Task.WhenAll(console, Task.Run(() => stage.WorkAsync(Token), Token));
        await stage.WorkAsync(Token);

        var item = await ItemAsync(stage);
        Assert.Single(item.Votes);
        Assert.Equal((await console).Accepted ? ApprovalState.Denied : ApprovalState.Approved, item.Status.State);
        Assert.StartsWith((await console).Accepted ? "APR-1 denied" : "APR-1 approved", stage.Card().Title, StringComparison.Ordinal);
    }

    private static Task WaitForViewAsync(SlackStage stage) =>
        TestKit.TestLimits.UntilAsync(() => ValueTask.FromResult(!stage.Slack.Views.IsEmpty), "the reason's window", Token);

    private static async Task<ApprovalItem> ItemAsync(SlackStage stage) =>
        Assert.Single((await stage.Desk.ListAsync(new ListApprovals { Pending = true, ApprovalId = "APR-1" }, Token)).Items);

    private static async Task ChangeAsync(SlackStage stage, string who)
    {
        var ann = stage.Slack.Members[SlackStage.AnnId];
        stage.Slack.Members[SlackStage.AnnId] = who switch
        {
            "not confirmed" => ann with { Confirmed = false },
            "no address" => ann with { Email = null },
            "other address" => ann with { Email = "somebody@clinic.example" },
            "guest" => ann with { Flag = "is_restricted" },
            "stranger" => ann with { Flag = "is_stranger" },
            "bot" => ann with { Flag = "is_bot" },
            "other team's account" => ann with { Team = "T0FOREIGN1" },
            _ => ann,
        };
        switch (who)
        {
            case "nobody signed in":
                stage.Slack.Members[SlackStage.AnnId] = ann with { Email = "nobody@clinic.example" };
                break;
            case "signed in too long ago":
                await stage.SignInAsync(People.Ann, Token);
                stage.Bench.Time.Advance(TimeSpan.FromHours(8));
                break;
            case "signed out":
                await stage.SignInAsync(People.Ann, Token, present: false);
                break;
            case "two people, one address":
                await stage.SignInAsync(People.Person("other-ann", "ANN@clinic.example", "admin-write"), Token);
                break;
        }
    }

    [Fact]
    public async Task Approve_WhereAReasonIsNeeded_OpensTheWindowForIt()
    {
        await using var stage = await SlackStage.StartAsync(store, Token);
        var asking = stage.Bench.Asking();
        var seat = new ApprovalSeat { Role = "admin-write", Groups = asking.Requirement.Groups, Approvals = 1 };
        await stage.Desk.RequestAsync(asking with { Requirement = asking.Requirement with { Groups = [], Seats = [seat], ReasonRequired = true } }, Token);
        await stage.WorkAsync(Token);
        await stage.SignInAsync(People.Ann, Token);

        Assert.Null(stage.Card().Button(SlackActions.Approve));
        await stage.Ann.PostAsync(stage.Endpoint, stage.Ann.Click(stage.Card(), SlackActions.ApproveWhy), Token);
        await WaitForViewAsync(stage);
        Assert.True(stage.Slack.Views.TryDequeue(out var view));
        await stage.Ann.PostAsync(stage.Endpoint, stage.Ann.Submit(view, "Asked the ward."), Token);
        await stage.WorkAsync(Token);

        var item = await ItemAsync(stage);
        Assert.Equal((ApprovalState.Approved, "Asked the ward."), (item.Status.State, item.Status.Reason));
    }

    private async Task<SlackStage> AskedAsync(int approvals = 1)
    {
        var stage = await SlackStage.StartAsync(store, Token);
        await stage.Desk.RequestAsync(stage.Bench.Asking(approvals: approvals, wait: TimeSpan.FromHours(20)), Token);
        await stage.WorkAsync(Token);
        return stage;
    }
}
