using System.Text.Json;
using System.Web;
using Chaperone.Approval.Doors;
using Chaperone.Approval.Notices;
using Chaperone.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Chaperone.Approval.Tests.Desk;

/// <summary>Cards in Teams, and what their links are good for.</summary>
public abstract class TeamsTests(IStoreUnderTest store)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ask_TeamsOn_PostsAnAdaptiveCardWithoutArguments()
    {
        await using var workflow = await WebhookReceiver.StartAsync(Token);
        await using var bench = await StartAsync(workflow);
        var id = (await bench.AskAsync(Token, who: People.Engineer with { Name = "[Eva](https://evil.example) <at>all</at>" })).ApprovalId;

        await SendAsync(bench);
        var post = await workflow.NextAsync(Token);

        using var message = JsonDocument.Parse(post.Body);
        var card = message.RootElement.GetProperty("attachments")[0];
        Assert.Equal("message", message.RootElement.GetProperty("type").GetString());
        Assert.Equal("application/vnd.microsoft.card.adaptive", card.GetProperty("contentType").GetString());
        var content = card.GetProperty("content");
        Assert.Equal(("AdaptiveCard", "1.4"), (content.GetProperty("type").GetString(), content.GetProperty("version").GetString()));
        Assert.All(content.GetProperty("body").EnumerateArray(), block => Assert.Equal("RichTextBlock", block.GetProperty("type").GetString()));
        Assert.Contains("[Eva](https://evil.example) <at>all</at>", content.GetProperty("body")[1].GetProperty("inlines")[1].GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("MRN", content.GetRawText(), StringComparison.OrdinalIgnoreCase);
        Assert.True(post.Body.Length < 28 * 1024);
        Assert.Equal(["asked", "notified"], bench.Journal.Steps(id));
    }

    [Fact]
    public async Task Link_OpenedTwice_WorksOnceAndIsSeen()
    {
        await using var workflow = await WebhookReceiver.StartAsync(Token);
        await using var bench = await StartAsync(workflow);
        var id = (await bench.AskAsync(Token)).ApprovalId;
        await SendAsync(bench);
        var token = LinkOf(await workflow.NextAsync(Token));

        var first = await OpenAsync(bench, token, People.Ann);
        var second = await OpenAsync(bench, token, People.Bob);

        Assert.Equal((id, null), (first.ApprovalId, first.Problem));
        Assert.Equal($"This link has been used; it works once. Open {id} from the list.", second.Problem);
        Assert.Equal(["asked", "notified", "seen"], bench.Journal.Steps(id));
        var seen = bench.Journal.Entries[^1];
        Assert.Equal(("teams", "ann"), (seen.Approval!.Channel, seen.Actor!.Subject));
    }

    /// <summary>Attack: a link that is altered, made up or cut short.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("not base64!")]
    [InlineData("altered")]
    [InlineData("cut")]
    public async Task Link_NotOurs_LeadsNowhere(string how)
    {
        await using var workflow = await WebhookReceiver.StartAsync(Token);
        await using var bench = await StartAsync(workflow);
        var id = (await bench.AskAsync(Token)).ApprovalId;
        await SendAsync(bench);
        var ours = LinkOf(await workflow.NextAsync(Token));
        var token = how switch { "altered" => ours[..^4] + (ours[^4] == 'A' ? 'B' : 'A') + ours[^3..], "cut" => ours[..^8], _ => how };

        var opened = await OpenAsync(bench, token, People.Ann);

        Assert.Null(opened.ApprovalId);
        Assert.NotNull(opened.Problem);
        Assert.Equal(["asked", "notified"], bench.Journal.Steps(id));
    }

    [Fact]
    public async Task Link_ADayAfterTheEnd_IsOver()
    {
        await using var workflow = await WebhookReceiver.StartAsync(Token);
        await using var bench = await StartAsync(workflow);
        await bench.AskAsync(Token);
        await SendAsync(bench);
        var token = LinkOf(await workflow.NextAsync(Token));

        bench.Time.Advance(TimeSpan.FromHours(25));

        Assert.StartsWith("This link is over.", (await OpenAsync(bench, token, People.Ann)).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_OverBeforeTheCard_PostsNothing()
    {
        await using var workflow = await WebhookReceiver.StartAsync(Token);
        await using var bench = await StartAsync(workflow);
        var id = (await bench.AskAsync(Token)).ApprovalId;
        await bench.AnswerAsync(id, People.Ann, yes: false, Token);

        await SendAsync(bench);
        await bench.AskAsync(Token, binding: DeskActs.OtherBinding);
        await SendAsync(bench);

        Assert.Contains("APR-2", System.Text.Encoding.UTF8.GetString((await workflow.NextAsync(Token)).Body), StringComparison.Ordinal);
        Assert.Equal(["asked", "denied"], bench.Journal.Steps(id));
    }

    /// <summary>Teams asks to wait: not a second less.</summary>
    [Fact]
    public async Task Post_RateLimited_WaitsAsLongAsTeamsAsks()
    {
        await using var workflow = await WebhookReceiver.StartAsync(Token);
        await using var bench = await StartAsync(workflow);
        await bench.AskAsync(Token);
        (workflow.Answer, workflow.RetryAfter) = (429, 40);
        await SendAsync(bench);
        await workflow.NextAsync(Token);
        workflow.Answer = 202;

        bench.Time.Advance(TimeSpan.FromSeconds(39));
        await SendAsync(bench);
        Assert.Equal(0, workflow.Waiting);
        bench.Time.Advance(TimeSpan.FromSeconds(1));
        await SendAsync(bench);

        await workflow.NextAsync(Token);
    }

    private static Task SendAsync(DeskBench bench) => bench.Services.GetRequiredService<NoticePost>().SendDueAsync(null, Token);

    private static string LinkOf(WebhookReceiver.Post post)
    {
        using var message = JsonDocument.Parse(post.Body);
        var url = new Uri(message.RootElement.GetProperty("attachments")[0].GetProperty("content").GetProperty("actions")[0].GetProperty("url").GetString()!);
        Assert.Equal("https://console.example/approvals/open", url.GetLeftPart(UriPartial.Path));
        return HttpUtility.ParseQueryString(url.Query)["link"]!;
    }

    private static async Task<CardLinkOpened> OpenAsync(DeskBench bench, string token, Principal who) =>
        await ActivatorUtilities.CreateInstance<OpenCardLinkDoor>(bench.Services).AnswerAsync(new OpenCardLink { Token = token, Person = who }, Token);

    private Task<DeskBench> StartAsync(WebhookReceiver workflow) => DeskBench.StartAsync(
        store, Token, ("Approval:Teams:WorkflowUrl", workflow.Url.AbsoluteUri), ("Approval:ConsoleUrl", "https://console.example"));
}
