using System.Net;
using Chaperone.Approval.Slack;
using Chaperone.Approval.Teams;
using Chaperone.Approval.Tests.Desk;
using Chaperone.Approval.Tests.Slack;
using Chaperone.Contracts;
using Chaperone.TestKit.Slack;
using Microsoft.Extensions.DependencyInjection;

namespace Chaperone.Approval.Tests.Teams;

/// <summary>Slack, Teams and the console at once, and a worker that dies anywhere in the whole story: exactly one outcome.</summary>
public abstract class EveryDoorTests(IStoreUnderTest store)
{
    private const string BobId = "U0BOB00001";

    // Of the request under test: a commit that failed may have used up a number.
    private string _id = "APR-1";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Real parallel requests: a press in Teams, a click in Slack, an answer in the console of another worker.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Answers_FromEveryDoorAtOnce_HaveOneOutcome(bool console)
    {
        for (var round = 0; round < 5; round++)
        {
            var time = DeskBench.NewClock();
            await using var slack = await FakeSlack.StartAsync(time, Token);
            await using var stage = await StartAsync(slack, time);
            using var bob = new SlackPerson(slack, BobId);
            await stage.Desk.RequestAsync(stage.Bench.Asking(wait: TimeSpan.FromHours(20)), Token);
            await stage.WorkAsync(Token);
            await using var second = stage.Bench.NewProcess();
            var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

            Task[] answers =
            [
                AfterAsync(go, () => stage.AnnInTeams.PressAsync(stage.Endpoint, stage.Card(), BotCard.Approve, Token)),
                AfterAsync(go, async () =>
                {
                    await bob.PostAsync(stage.SlackEndpoint, bob.Click(Assert.Single(slack.In(SlackStage.Channel)), SlackActions.Approve), Token);
                    await stage.WorkAsync(Token);
                }),
                AfterAsync(go, () => second.GetRequiredService<ApprovalDesk>().DecideAsync(
                    new DecideApproval { ApprovalId = "APR-1", Decider = People.Cid, Approve = console, Reason = "looked at it", Channel = "console" }, Token)),
            ];
            go.SetResult();
            await Task.WhenAll(answers);
            stage.Bench.Time.Advance(TimeSpan.FromMinutes(3));
            await stage.WorkAsync(Token);

            var item = await ItemAsync(stage);
            var vote = Assert.Single(item.Votes);
            Assert.Equal(vote.Approve ? ApprovalState.Approved : ApprovalState.Denied, item.Status.State);
            var outcome = vote.Approve ? "approved" : "denied";
            Assert.Equal([outcome], stage.Bench.Journal.Steps("APR-1").Where(s => s is "approved" or "denied"));
            Assert.All(stage.Bench.News.Heard, h => Assert.Equal(item.Status.State, h.News.Status.State));
            Assert.StartsWith($"APR-1 {outcome}", stage.Card().Title, StringComparison.Ordinal);
            Assert.StartsWith($"APR-1 {outcome}", Assert.Single(slack.In(SlackStage.Channel)).Title, StringComparison.Ordinal);
        }
    }

    /// <summary>
    /// Asked, told in two chats, answered in Slack, shown, released: the worker dies before or after any commit, record and
    /// announcement on the way, another one starts, and whoever got no answer tries again.
    /// </summary>
    [Fact]
    public async Task WholeStory_CrashAnywhere_OneOutcomeOneCardAndNoLostDecision()
    {
        var doubled = 0;
        var crashAt = 1;
        for (var crashed = true; crashed; crashAt++)
        {
            var time = DeskBench.NewClock();
            await using var slack = await FakeSlack.StartAsync(time, Token);
            await using var stage = await StartAsync(slack, time);
            using var bob = new SlackPerson(slack, BobId);
            var call = stage.Bench.Asking(wait: TimeSpan.FromHours(20));
            var claimed = 0;
            stage.Bench.Points.Arm(crashAt);

            await UntilDoneAsync(stage, async () => _id = (await stage.Desk.RequestAsync(call, Token)).ApprovalId);
            await UntilDoneAsync(stage, () => stage.WorkAsync(Token));
            await UntilDoneAsync(stage, async () =>
            {
                var card = Assert.Single(slack.In(SlackStage.Channel));
                if (card.Button(SlackActions.Approve) is null)
                {
                    // The click was kept before the worker died, and has been counted by now.
                    return;
                }

                var status = await bob.PostAsync(stage.SlackEndpoint, bob.Click(card, SlackActions.Approve), Token);
                Assert.True(status == HttpStatusCode.OK || stage.Bench.Points.Crashed);
            });
            await UntilDoneAsync(stage, () => stage.WorkAsync(Token));
            await UntilDoneAsync(stage, async () =>
            {
                var answer = await stage.Desk.ClaimAsync(new ClaimApproval { ApprovalId = _id, Call = call.Call, BindingDigest = DeskActs.Binding }, Token);
                claimed += answer.Granted ? 1 : 0;
            });
            await UntilDoneAsync(stage, async () =>
            {
                stage.Bench.Time.Advance(TimeSpan.FromMinutes(3));
                await stage.Desk.SweepAsync(Token);
                await stage.WorkAsync(Token);
            });
            crashed = stage.Bench.Restarts > 0;

            var steps = stage.Bench.Journal.Steps(_id);
            Assert.Single((await ItemAsync(stage)).Votes);
            Assert.Single(steps, s => s == "asked");
            Assert.Single(steps, s => s == "approved");
            Assert.Single(steps, s => s == "released");
            Assert.InRange(claimed, crashed ? 0 : 1, 1);
            Assert.DoesNotContain("expired", steps);
            Assert.Single(slack.In(SlackStage.Channel));
            Assert.StartsWith($"{_id} approved", slack.In(SlackStage.Channel)[0].Title, StringComparison.Ordinal);

            // Teams lets no bot look for what it posted: between its yes and our commit lies the one place where a second card comes from.
            var cards = stage.Teams.In(TeamsStage.Channel);
            Assert.InRange(cards.Length, 1, 2);
            doubled += cards.Length - 1;
            Assert.StartsWith($"{_id} approved", cards[^1].Title, StringComparison.Ordinal);
        }

        Assert.InRange(crashAt, 40, 200);
        Assert.InRange(doubled, 1, 4);
    }

    private static async Task AfterAsync(TaskCompletionSource go, Func<Task> act)
    {
        await go.Task;
        await Task.Run(act, Token);
    }

    /// <summary>Does a step; if the worker died in it, another one starts, sweeps, and the step is done again.</summary>
    private async Task UntilDoneAsync(TeamsStage stage, Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (CrashPoints.CrashException)
        {
        }

        if (!stage.Bench.Points.Crashed)
        {
            return;
        }

        await stage.OpenAsync(Token);
        stage.Bench.Restarts++;
        stage.Bench.Time.Advance(TimeSpan.FromMinutes(3));
        await stage.Desk.SweepAsync(Token);
        await stage.WorkAsync(Token);
        if ((await stage.Desk.ListAsync(new ListApprovals { Pending = true, ApprovalId = _id }, Token)).Items is [{ Status.State: ApprovalState.Used }])
        {
            // The grant was spent without an answer: nothing runs, and the requester asks anew.
            return;
        }

        await step();
    }

    private Task<TeamsStage> StartAsync(FakeSlack slack, Microsoft.Extensions.Time.Testing.FakeTimeProvider time)
    {
        slack.Members[BobId] = new SlackMember(BobId, "bob@clinic.example");
        return SignedInAsync(TeamsStage.StartAsync(
            store,
            time,
            Token,
            ("Approval:Slack:BotToken", FakeSlack.BotToken),
            ("Approval:Slack:SigningSecret", FakeSlack.SigningSecret),
            ("Approval:Slack:Channel", SlackStage.Channel),
            ("Approval:Slack:ApiUrl", slack.ApiUrl)));
    }

    private static async Task<TeamsStage> SignedInAsync(Task<TeamsStage> starting)
    {
        var stage = await starting;
        await stage.SignInAsync(TeamsStage.Ann, Token);
        await stage.SignInAsync(People.Bob, Token);
        return stage;
    }

    private async Task<ApprovalItem> ItemAsync(TeamsStage stage) =>
        Assert.Single((await stage.Desk.ListAsync(new ListApprovals { Pending = true, ApprovalId = _id }, Token)).Items);
}
