using Chaperone.Approval.Slack;
using Chaperone.Approval.Tests.Desk;
using Chaperone.Contracts;
using Chaperone.TestKit.Slack;
using Microsoft.Extensions.DependencyInjection;

namespace Chaperone.Approval.Tests.Slack;

/// <summary>Cards in channels: posted once, changed in place, whatever fails.</summary>
public abstract class SlackCardTests(IStoreUnderTest store)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ask_SlackOn_PostsOneCardWithAllAnApproverNeeds()
    {
        await using var stage = await SlackStage.StartAsync(store, Token);

        var id = (await stage.Desk.RequestAsync(stage.Bench.Asking(approvals: 2), Token)).ApprovalId;
        await stage.WorkAsync(Token);
        await stage.WorkAsync(Token);

        var card = stage.Card();
        Assert.Equal("APR-1: may delete_patient on clinic run?", card.Title);
        string[] parts =
        [
            "*Who*\\nengineer", "*What*\\ndelete_patient", "*Where*\\nclinic", "rule destructive-needs-approval", "0 of 2 by role admin-write",
            "!date^1772359800^", "[MRN]", "Identifiers are masked", "https://console.example/approvals/APR-1",
        ];
        Assert.All(parts, part => Assert.Contains(part, card.Json.Replace("\\u003C", "<", StringComparison.Ordinal), StringComparison.Ordinal));
        Assert.Equal($"APR-1 {DeskActs.Binding}", card.Button(SlackActions.Approve)!.Value.GetProperty("value").GetString());
        Assert.NotNull(card.Button(SlackActions.Deny));
        Assert.Equal(["asked", "notified"], stage.Bench.Journal.Steps(id));
        Assert.Equal(0, card.Changes);
    }

    [Fact]
    public async Task Decide_InTheConsole_ChangesTheCardInPlace()
    {
        await using var stage = await SlackStage.StartAsync(store, Token);
        var id = await AskedAsync(stage, approvals: 2);

        await AnswerAsync(stage, id, People.Ann, yes: true);
        await stage.WorkAsync(Token);
        var half = stage.Card();
        await AnswerAsync(stage, id, People.Bob, yes: true);
        await stage.WorkAsync(Token);
        var whole = stage.Card();
        await stage.Desk.ClaimAsync(new ClaimApproval { ApprovalId = id, Call = stage.Bench.Call(), BindingDigest = DeskActs.Binding }, Token);
        await stage.WorkAsync(Token);

        Assert.Contains("1 of 2 by role", half.Json, StringComparison.Ordinal);
        Assert.NotNull(half.Button(SlackActions.Approve));
        Assert.StartsWith("APR-1 approved", whole.Title, StringComparison.Ordinal);
        Assert.Null(whole.Button(SlackActions.Approve));
        Assert.StartsWith("APR-1 approved and used", stage.Card().Title, StringComparison.Ordinal);
        Assert.Equal(3, stage.Card().Changes);
    }

    [Fact]
    public async Task Expire_TimeOver_CardSaysSoAndHasNoButtons()
    {
        await using var stage = await SlackStage.StartAsync(store, Token);
        await AskedAsync(stage);

        stage.Bench.Time.Advance(TimeSpan.FromMinutes(10));
        await stage.Desk.SweepAsync(Token);
        await stage.WorkAsync(Token);

        Assert.StartsWith("APR-1 expired", stage.Card().Title, StringComparison.Ordinal);
        Assert.Null(stage.Card().Button(SlackActions.Deny));
    }

    [Fact]
    public async Task Withdraw_ByTheRequester_CardSaysSo()
    {
        await using var stage = await SlackStage.StartAsync(store, Token);
        var id = await AskedAsync(stage);

        await stage.Desk.WithdrawAsync(new WithdrawApproval { ApprovalId = id, Call = stage.Bench.Call() }, Token);
        await stage.WorkAsync(Token);

        Assert.StartsWith("APR-1 withdrawn", stage.Card().Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_OverBeforeAnyCard_PostsNone()
    {
        await using var stage = await SlackStage.StartAsync(store, Token);
        var id = (await stage.Desk.RequestAsync(stage.Bench.Asking(), Token)).ApprovalId;
        await AnswerAsync(stage, id, People.Ann, yes: false);

        await stage.WorkAsync(Token);

        Assert.Empty(stage.Slack.Messages);
        Assert.Equal(["asked", "denied"], stage.Bench.Journal.Steps(id));
    }

    [Theory]
    [InlineData("Approval:Slack:Servers:clinic", "C0SERVER01", "C0SERVER01")]
    [InlineData("Approval:Slack:Roles:admin-write", "C0ROLE0001", "C0ROLE0001")]
    [InlineData("Approval:Slack:Servers:other", "C0SERVER01", SlackStage.Channel)]
    public async Task Ask_ChannelBySetting_GoesThere(string key, string value, string channel)
    {
        await using var stage = await SlackStage.StartAsync(store, Token, more: (key, value));

        await AskedAsync(stage);

        Assert.Equal([channel], stage.Slack.Messages.Values.Select(m => m.Channel));
    }

    [Fact]
    public async Task Ask_PeopleOnCall_GetItDirectlyAndSeeItChange()
    {
        await using var stage = await SlackStage.StartAsync(store, Token, more: ("Approval:Slack:OnCall:0", SlackStage.BobId));
        var id = await AskedAsync(stage);

        await AnswerAsync(stage, id, People.Ann, yes: false);
        await stage.WorkAsync(Token);

        Assert.Equal([SlackStage.Channel, "D0BOB00001"], stage.Slack.Messages.Values.Select(m => m.Channel).Order(StringComparer.Ordinal));
        Assert.All(stage.Slack.Messages.Values, m => Assert.StartsWith("APR-1 denied", m.Title, StringComparison.Ordinal));
        Assert.Equal(["asked", "notified", "notified", "denied"], stage.Bench.Journal.Steps(id));
    }

    [Fact]
    public async Task Post_RateLimited_WaitsAsLongAsSlackAsks()
    {
        await using var stage = await SlackStage.StartAsync(store, Token);
        stage.Slack.Fail("chat.postMessage", SlackFault.RateLimited);
        await stage.Desk.RequestAsync(stage.Bench.Asking(), Token);
        await stage.Desk.RequestAsync(stage.Bench.Asking(binding: DeskActs.OtherBinding), Token);

        await stage.WorkAsync(Token);
        stage.Bench.Time.Advance(FakeSlack.RetryAfter - TimeSpan.FromSeconds(1));
        await stage.WorkAsync(Token);
        Assert.Empty(stage.Slack.Messages);
        stage.Bench.Time.Advance(TimeSpan.FromSeconds(1));
        await stage.WorkAsync(Token);

        Assert.Equal(2, stage.Slack.In(SlackStage.Channel).Length);
        Assert.Empty(stage.Slack.Offences);
        Assert.DoesNotContain("conversations.history", stage.Slack.Calls);
    }

    [Theory]
    [InlineData(SlackFault.ServerError)]
    [InlineData(SlackFault.CutBefore)]
    [InlineData(SlackFault.CutAfter)]
    public async Task Post_FailsAnyhow_OneCardInTheEnd(SlackFault fault)
    {
        await using var stage = await SlackStage.StartAsync(store, Token);
        stage.Slack.Fail("chat.postMessage", fault);

        var id = await AskedAsync(stage);
        stage.Bench.Time.Advance(TimeSpan.FromSeconds(5));
        await stage.WorkAsync(Token);

        Assert.Equal("APR-1: may delete_patient on clinic run?", stage.Card().Title);
        Assert.Equal(["asked", "notified"], stage.Bench.Journal.Steps(id));
    }

    /// <summary>The worker dies before and after each commit and record on a card's way; Slack holds one card, and it shows the truth.</summary>
    [Fact]
    public async Task Post_CrashAnywhere_OneCardThatShowsTheTruth()
    {
        const int FewestPoints = 10;
        var crashAt = 1;
        for (var crashed = true; crashed; crashAt++)
        {
            await using var stage = await SlackStage.StartAsync(store, Token);
            var id = (await stage.Desk.RequestAsync(stage.Bench.Asking(), Token)).ApprovalId;
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
            await AnswerAsync(stage, id, People.Ann, yes: false);
            stage.Bench.Time.Advance(TimeSpan.FromMinutes(3));
            await stage.Desk.SweepAsync(Token);
            await stage.WorkAsync(Token);

            Assert.True(stage.Slack.Messages.Count <= 1, $"Two cards after a crash at {crashAt}.");
            Assert.All(stage.Slack.Messages.Values, m => Assert.StartsWith("APR-1 denied", m.Title, StringComparison.Ordinal));
            Assert.Equal(stage.Slack.Messages.Count, stage.Bench.Journal.Steps(id).Count(s => s == "notified"));
        }

        Assert.InRange(crashAt - 2, FewestPoints, 100);
    }

    /// <summary>Attack: another app of the workspace posts a message with our metadata; it is not taken for ours.</summary>
    [Fact]
    public async Task Search_ForeignMessageWithOurMetadata_IsNotAdopted()
    {
        await using var stage = await SlackStage.StartAsync(store, Token);
        stage.Slack.Fail("chat.postMessage", SlackFault.CutAfter);
        await AskedAsync(stage);
        var ours = stage.Card();
        var foreign = ours with { Timestamp = stage.Slack.NewTimestamp(), Bot = "B0FOREIGN1" };
        stage.Slack.Messages[foreign.Timestamp] = foreign;

        stage.Bench.Time.Advance(TimeSpan.FromSeconds(5));
        await stage.WorkAsync(Token);

        Assert.Equal(1, stage.Slack.Messages[ours.Timestamp].Changes);
        Assert.Equal(0, stage.Slack.Messages[foreign.Timestamp].Changes);
    }

    [Fact]
    public async Task Search_ScopesMissing_PostsASecondCardRatherThanNone()
    {
        await using var stage = await SlackStage.StartAsync(store, Token);
        stage.Slack.MayReadHistory = false;
        stage.Slack.Fail("chat.postMessage", SlackFault.CutAfter);
        await AskedAsync(stage);

        stage.Bench.Time.Advance(TimeSpan.FromSeconds(5));
        await stage.WorkAsync(Token);

        Assert.Equal(2, stage.Slack.In(SlackStage.Channel).Length);
    }

    [Fact]
    public async Task Work_TwoWorkersAtOnce_OneCard()
    {
        await using var stage = await SlackStage.StartAsync(store, Token);
        await using var second = stage.Bench.NewProcess();
        await stage.Desk.RequestAsync(stage.Bench.Asking(), Token);

        await Task.WhenAll(
            Task.Run(() => stage.WorkAsync(Token), Token),
            Task.Run(() => second.GetRequiredService<IEnumerable<Jobs.IDueWork>>().OfType<Cards.CardWork<SlackChat>>().Single().DoDueAsync(null, Token), Token));

        Assert.Equal(0, stage.Card().Changes);
    }

    /// <summary>The card was deleted in Slack: nothing is left to change, and nothing is posted anew.</summary>
    [Fact]
    public async Task Update_CardDeleted_IsLeftAlone()
    {
        await using var stage = await SlackStage.StartAsync(store, Token);
        var id = await AskedAsync(stage);
        stage.Slack.Messages.Clear();
        await AnswerAsync(stage, id, People.Ann, yes: true);

        await stage.WorkAsync(Token);
        var calls = stage.Slack.Calls.Count;
        stage.Bench.Time.Advance(TimeSpan.FromMinutes(1));
        await stage.WorkAsync(Token);

        Assert.Empty(stage.Slack.Messages);
        Assert.Equal(calls, stage.Slack.Calls.Count);
    }

    /// <summary>Slack is down: a decision in the console goes through all the same, and the card follows when Slack is back.</summary>
    [Fact]
    public async Task Slack_Down_NeverHoldsADecision()
    {
        await using var stage = await SlackStage.StartAsync(store, Token);
        var id = await AskedAsync(stage);
        stage.Slack.Fail("chat.update", SlackFault.CutBefore, SlackFault.ServerError);

        var answered = await AnswerAsync(stage, id, People.Ann, yes: true);
        await stage.WorkAsync(Token);
        stage.Bench.Time.Advance(TimeSpan.FromSeconds(5));
        await stage.WorkAsync(Token);
        stage.Bench.Time.Advance(TimeSpan.FromSeconds(10));
        await stage.WorkAsync(Token);

        Assert.True(answered.Accepted);
        Assert.StartsWith("APR-1 approved", stage.Card().Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiting_LongEnough_RemindsBelowTheCardAndAsksTheChiefsChannel()
    {
        await using var stage = await SlackStage.StartAsync(store, Token, more: ("Approval:Slack:Roles:chief", "C0CHIEFS01"));
        var asking = stage.Bench.Asking();
        await stage.Desk.RequestAsync(
            asking with
            {
                Requirement = asking.Requirement with
                {
                    RemindEvery = TimeSpan.FromMinutes(3),
                    Escalation = new ApprovalEscalation { After = TimeSpan.FromMinutes(5), Role = "chief", Groups = ["chiefs"] },
                },
            },
            Token);
        await stage.WorkAsync(Token);
        var card = stage.Card();

        stage.Bench.Time.Advance(TimeSpan.FromMinutes(3));
        await stage.WorkAsync(Token);
        Assert.Equal([(SlackStage.Channel, card.Timestamp, "APR-1 still waits for 1 by role admin-write.")], stage.Slack.Replies);
        Assert.Empty(stage.Slack.In("C0CHIEFS01"));
        stage.Bench.Time.Advance(TimeSpan.FromMinutes(2));
        await stage.WorkAsync(Token);
        await stage.WorkAsync(Token);

        Assert.Equal("APR-1 still waits for 1 by role admin-write, or chief.", stage.Slack.Replies.Last().Text);
        Assert.Contains("by now also role chief", stage.Card().Json, StringComparison.Ordinal);
        Assert.Single(stage.Slack.In("C0CHIEFS01"));
        Assert.Empty(stage.Slack.Offences);
    }

    private static async Task<string> AskedAsync(SlackStage stage, int approvals = 1)
    {
        var id = (await stage.Desk.RequestAsync(stage.Bench.Asking(approvals: approvals), Token)).ApprovalId;
        await stage.WorkAsync(Token);
        return id;
    }

    private static Task<ApprovalAnswered> AnswerAsync(SlackStage stage, string id, Principal who, bool yes) => stage.Desk.DecideAsync(
        new DecideApproval { ApprovalId = id, Decider = who, Approve = yes, Reason = null, Channel = "console" }, Token);
}
