using Chaperone.Approval.Slack;
using Chaperone.Approval.Tests.Desk;
using Chaperone.TestKit;

namespace Chaperone.Approval.Tests.Slack;

/// <summary>The whole way by itself, with Hangfire running: asked, posted, clicked, decided, shown.</summary>
public abstract class SlackJobTests(IStoreUnderTest store)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ask_JobsRunning_CardComesClickCountsAndCardFollows()
    {
        await using var stage = await SlackStage.StartAsync(store, Token);
        await stage.OpenAsync(Token, withJobs: true);
        await stage.SignInAsync(People.Ann, Token);

        await stage.Desk.RequestAsync(stage.Bench.Asking(), Token);
        await UntilAsync(() => stage.Slack.In(SlackStage.Channel).Length == 1, "the card");
        await stage.Ann.PostAsync(stage.Endpoint, stage.Ann.Click(stage.Card(), SlackActions.Approve), Token);
        await UntilAsync(() => stage.Card().Title.StartsWith("APR-1 approved", StringComparison.Ordinal), "the card to change");

        Assert.Equal(["asked", "notified", "approved"], stage.Bench.Journal.Steps("APR-1"));
        Assert.Single(stage.Slack.Messages);
    }

    private static Task UntilAsync(Func<bool> ready, string what) => TestLimits.UntilAsync(() => ValueTask.FromResult(ready()), what, Token);
}
