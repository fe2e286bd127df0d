using System.Net;
using Chaperone.Approval.Slack;
using Chaperone.Approval.Tests.Desk;
using Chaperone.Contracts;
using Chaperone.TestKit;
using Chaperone.TestKit.Slack;

namespace Chaperone.Integration.Tests.Approval;

/// <summary>Slack's own libraries at both ends of our fake workspace: what it sends they accept, what they call it answers. So what passes with the fake is what Slack speaks.</summary>
public sealed class SlackLibraryTests(SharedPostgres postgres)
{
    private const string Ann = "U0ANN00001";
    private const string Channel = "C0APPROVE1";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Bolt verifies the signature of a click and of a filled-in window as our endpoint does, and reads the same out of them.</summary>
    [Fact]
    public async Task Bolt_InteractionsOfTheFake_AreAccepted()
    {
        await using var slack = await FakeSlack.StartAsync(TimeProvider.System, Token);
        using var person = new SlackPerson(slack, Ann);
        await using var bolt = NodeProgram.Start("slack.mjs", "receive", FakeSlack.SigningSecret);
        var endpoint = new Uri($"http://127.0.0.1:{(await bolt.NextAsync(Token)).GetProperty("port").GetInt32()}/slack/interactions");
        var card = new SlackMessage(Channel, slack.NewTimestamp(), FakeSlack.Bot, default, 0);
        var modal = SlackModal.For(new SlackModalAsked { Trigger = "t", Approve = false, ApprovalId = "APR-1", Binding = DeskActs.Binding, Channel = Channel, User = Ann });

        Assert.Equal(HttpStatusCode.OK, await person.PostAsync(endpoint, person.ClickValue(card, SlackActions.Approve, "APR-1 x"), Token));
        var click = await bolt.NextAsync(Token);
        Assert.Equal(HttpStatusCode.OK, await person.PostAsync(endpoint, person.Submit(System.Text.Json.JsonSerializer.SerializeToElement(modal), "Wrong patient."), Token));
        var filled = await bolt.NextAsync(Token);
        var forged = await person.PostAsync(endpoint, "{}", slack.Time.GetUtcNow(), new string('f', 32), Token);

        Assert.Equal(("APR-1 x", Ann, Channel), (click.GetProperty("value").GetString(), click.GetProperty("user").GetString(), click.GetProperty("channel").GetString()));
        Assert.Equal(("Wrong patient.", $"APR-1 {DeskActs.Binding} {Channel}"), (filled.GetProperty("words").GetString(), filled.GetProperty("metadata").GetString()));
        Assert.Equal(HttpStatusCode.Unauthorized, forged);
    }

    [Fact]
    public async Task WebApi_CallsToTheFake_AreAnsweredAsItExpects()
    {
        await using var bench = await DeskBench.StartAsync(new PostgresStore(postgres), Token);
        await using var slack = await FakeSlack.StartAsync(TimeProvider.System, Token);
        slack.Members[Ann] = new SlackMember(Ann, "ann@clinic.example");
        await bench.AskAsync(Token);
        var cases = (Chaperone.Approval.Store.CaseStore)bench.Services.GetService(typeof(Chaperone.Approval.Store.CaseStore))!;
        var (_, page) = await cases.ListAsync(new ListApprovals { Pending = true }, bench.Time.GetUtcNow(), Token);
        var card = SlackCard.Of(page[0], null, true, bench.Time.GetUtcNow());
        await using var client = NodeProgram.Start("slack.mjs", "call", slack.ApiUrl, FakeSlack.BotToken, Channel, Ann, card.ToJsonString());

        var said = await client.NextAsync(Token);

        Assert.Equal((FakeSlack.Team, SlackActions.Metadata, "ann@clinic.example"), (said.GetProperty("team").GetString(), said.GetProperty("metadata").GetString(), said.GetProperty("email").GetString()));
        Assert.Equal(1, Assert.Single(slack.In(Channel)).Changes);
        Assert.Equal((Ann, "told"), Assert.Single(slack.Whispers));
    }

    [Fact]
    public async Task SocketMode_ClientOfSlack_ConnectsToTheFakeAndAcknowledges()
    {
        await using var slack = await FakeSlack.StartAsync(TimeProvider.System, Token);
        using var person = new SlackPerson(slack, Ann);
        await using var client = NodeProgram.Start("slack.mjs", "socket", slack.ApiUrl, FakeSlack.AppToken);
        var socket = await slack.Sockets.ConnectedAsync(Token);
        var card = new SlackMessage(Channel, slack.NewTimestamp(), FakeSlack.Bot, default, 0);

        Assert.True(await slack.Sockets.SendAsync(socket, person.ClickValue(card, SlackActions.Approve, "APR-1 x"), Token));

        Assert.Equal("APR-1 x", (await client.NextAsync(Token)).GetProperty("value").GetString());
    }
}
