using Chaperone.Approval.Slack;
using Chaperone.Approval.Tests.Desk;
using Chaperone.Contracts;
using Chaperone.TestKit;
using Chaperone.TestKit.Slack;

namespace Chaperone.Approval.Tests.Slack;

/// <summary>Socket Mode: no inbound address, the same answers.</summary>
public sealed class SlackSocketTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Approve_OverTheSocket_IsAcknowledgedAndCounts()
    {
        await using var stage = await AskedAsync();
        var socket = await stage.Slack.Sockets.ConnectedAsync(Token);

        Assert.True(await stage.Slack.Sockets.SendAsync(socket, stage.Ann.Click(stage.Card(), SlackActions.Approve), Token));
        await stage.WorkAsync(Token);

        Assert.Equal(ApprovalState.Approved, (await ItemAsync(stage)).Status.State);
        Assert.StartsWith("APR-1 approved", stage.Card().Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deny_OverTheSocket_OpensTheWindowAfterTheAcknowledgement()
    {
        await using var stage = await AskedAsync();
        var socket = await stage.Slack.Sockets.ConnectedAsync(Token);

        Assert.True(await stage.Slack.Sockets.SendAsync(socket, stage.Ann.Click(stage.Card(), SlackActions.Deny), Token));
        await TestLimits.UntilAsync(() => ValueTask.FromResult(!stage.Slack.Views.IsEmpty), "the reason's window", Token);
        Assert.True(stage.Slack.Views.TryDequeue(out var view));
        Assert.True(await stage.Slack.Sockets.SendAsync(socket, stage.Ann.Submit(view, "No."), Token));
        await stage.WorkAsync(Token);

        Assert.Equal("No.", (await ItemAsync(stage)).Status.Reason);
    }

    [Fact]
    public async Task Disconnect_Refresh_ComesBackOnANewConnection()
    {
        await using var stage = await AskedAsync();
        var first = await stage.Slack.Sockets.ConnectedAsync(Token);
        await SlackSockets.RefreshAsync(first, Token);

        var second = await stage.Slack.Sockets.ConnectedAsync(Token);

        Assert.True(await stage.Slack.Sockets.SendAsync(second, stage.Ann.Click(stage.Card(), SlackActions.Approve), Token));
    }

    /// <summary>The connection breaks, and Slack refuses the next ones for a while.</summary>
    [Fact]
    public async Task Cut_AndSlackAway_ComesBackWhenItCan()
    {
        await using var stage = await AskedAsync();
        var first = await stage.Slack.Sockets.ConnectedAsync(Token);
        stage.Slack.Fail("apps.connections.open", SlackFault.ServerError, SlackFault.RateLimited);
        first.Abort();

        var second = stage.Slack.Sockets.ConnectedAsync(Token);
        await TestLimits.UntilAsync(
            () =>
            {
                stage.Bench.Time.Advance(TimeSpan.FromSeconds(1));
                return ValueTask.FromResult(second.IsCompleted);
            },
            "a new connection",
            Token);

        Assert.True(await stage.Slack.Sockets.SendAsync(await second, stage.Ann.Click(stage.Card(), SlackActions.Approve), Token));
        Assert.Empty(stage.Slack.Offences);
    }

    /// <summary>An envelope whose click could not be kept is not acknowledged: Slack sends it again.</summary>
    [Fact]
    public async Task Approve_StoreAway_IsNotAcknowledged()
    {
        await using var stage = await AskedAsync();
        var socket = await stage.Slack.Sockets.ConnectedAsync(Token);
        var click = stage.Ann.Click(stage.Card(), SlackActions.Approve);
        stage.Bench.Points.Arm(1);

        Assert.False(await stage.Slack.Sockets.SendAsync(socket, click, Token));

        stage.Bench.Points.Arm(0);
        var again = stage.Slack.Sockets.ConnectedAsync(Token);
        await TestLimits.UntilAsync(
            () =>
            {
                stage.Bench.Time.Advance(TimeSpan.FromSeconds(1));
                return ValueTask.FromResult(again.IsCompleted);
            },
            "a new connection",
            Token);
        Assert.True(await stage.Slack.Sockets.SendAsync(await again, click, Token));
        await stage.WorkAsync(Token);
        Assert.Single((await ItemAsync(stage)).Votes);
    }

    private static async Task<ApprovalItem> ItemAsync(SlackStage stage) =>
        Assert.Single((await stage.Desk.ListAsync(new ListApprovals { Pending = true, ApprovalId = "APR-1" }, Token)).Items);

    private static async Task<SlackStage> AskedAsync()
    {
        var stage = await SlackStage.StartAsync(new SqliteStore(), Token, socket: true);
        await stage.Desk.RequestAsync(stage.Bench.Asking(wait: TimeSpan.FromHours(20)), Token);
        await stage.WorkAsync(Token);
        await stage.SignInAsync(People.Ann, Token);
        return stage;
    }
}
