using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Chaperone.Approval.Doors;
using Chaperone.Approval.Notices;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using Chaperone.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Chaperone.Approval.Tests.Desk;

/// <summary>What happens by itself: expiry, notices, and what a dead worker left behind. Hangfire runs for real.</summary>
public abstract class JobTests(IStoreUnderTest store)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_LapsedWhileAway_ExpiresFromTheStore()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        var id = (await bench.AskAsync(Token)).ApprovalId;
        bench.Time.Advance(TimeSpan.FromMinutes(10));

        await using var one = await RunningJobs.StartAsync(bench, Token);
        await using var two = await RunningJobs.StartAsync(bench, Token);
        await bench.News.First.WaitAsync(TestLimits.Signal, Token);

        Assert.Equal(["asked", "expired"], bench.Journal.Steps(id));
        Assert.Equal(ApprovalState.Expired, bench.News.Heard[0].News.Status.State);
    }

    [Fact]
    public async Task Jobs_SomethingIsLeftUndone_IsTold()
    {
        await using var receiver = await WebhookReceiver.StartAsync(Token);
        await using var bench = await WithWebhookAsync(receiver);
        var before = await JobsAsync(bench.Services);
        receiver.Answer = 500;
        await using var jobs = await RunningJobs.StartAsync(bench, Token);

        await jobs.Desk.RequestAsync(bench.Asking(), Token);
        await receiver.NextAsync(Token);
        JobsReport report = null!;
        await TestLimits.UntilAsync(
            async () =>
            {
                report = await JobsAsync(jobs.Services);
                return report.Repeating.Length == 1 && report.Workers.Length == 1;
            },
            "a worker with its round",
            Token);

        Assert.Empty(before.Workers);
        Assert.Equal(("approval-sweep", "*/15 * * * * *"), (report.Repeating[0].Name, report.Repeating[0].Cron));
        Assert.StartsWith("approval-", report.Workers[0].Name, StringComparison.Ordinal);
        Assert.True(report.Scheduled >= 1, "the request's end is planned");
        var due = Assert.Single(report.Due, d => d.Kind == "notice");
        Assert.Equal(("webhook", 1L), (due.Channel, due.Count));
        Assert.True(due.Attempts >= 1 && due.DueAt > DateTimeOffset.UnixEpoch);
        Assert.Empty(report.Failed);
    }

    /// <summary>What comes to its end leaves no job that waits for its time: thousands of them would fill the memory.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Settled_ItsEndIsPlannedNoMore(bool withdrawn)
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        await using var jobs = await RunningJobs.StartAsync(bench, Token);
        await TestLimits.UntilAsync(async () => (await JobsAsync(jobs.Services)).Workers.Length == 1, "a worker", Token);
        var asked = await jobs.Desk.RequestAsync(bench.Asking(), Token);
        Assert.Equal(1, (await JobsAsync(jobs.Services)).Scheduled);

        if (withdrawn)
        {
            await jobs.Desk.WithdrawAsync(new WithdrawApproval { Call = bench.Call(), ApprovalId = asked.ApprovalId }, Token);
        }
        else
        {
            await jobs.Desk.DecideAsync(new DecideApproval { ApprovalId = asked.ApprovalId, Decider = People.Ann, Approve = false, Channel = "console" }, Token);
        }

        Assert.Equal(0, (await JobsAsync(jobs.Services)).Scheduled);
    }

    [Fact]
    public async Task Start_CrashedBeforeTheRecord_RecordsAndAnnounces()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        var id = (await bench.AskAsync(Token)).ApprovalId;
        bench.Points.Arm(4);
        await Assert.ThrowsAsync<CrashPoints.CrashException>(() => bench.AnswerAsync(id, People.Ann, yes: false, Token));
        Assert.Equal(["asked"], bench.Journal.Steps(id));
        bench.Restart();

        await using var jobs = await RunningJobs.StartAsync(bench, Token);
        await bench.News.First.WaitAsync(TestLimits.Signal, Token);

        Assert.Equal(["asked", "denied"], bench.Journal.Steps(id));
    }

    [Fact]
    public async Task Ask_WebhookConfigured_PostsASignedCardWithoutPhi()
    {
        await using var receiver = await WebhookReceiver.StartAsync(Token);
        await using var bench = await WithWebhookAsync(receiver);
        await using var jobs = await RunningJobs.StartAsync(bench, Token);

        await jobs.Desk.RequestAsync(bench.Asking(), Token);
        var post = await receiver.NextAsync(Token);

        AssertSigned(bench, post);
        using var card = JsonDocument.Parse(post.Body);
        Assert.Equal(
            ["approvalId", "approvalsNeeded", "decidedBy", "deliveryId", "escalatedTo", "expiresAt", "link", "method", "occasion", "requester", "risk", "role", "rule", "server", "state", "tool"],
            card.RootElement.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        Assert.Equal("https://console.example/c/approvals/APR-1", card.RootElement.GetProperty("link").GetString());
        Assert.Equal("asked", card.RootElement.GetProperty("occasion").GetString());
        Assert.DoesNotContain("MRN", Encoding.UTF8.GetString(post.Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Notice_ReceiverFails_ComesAgainLaterAndNeverHoldsADecision()
    {
        await using var receiver = await WebhookReceiver.StartAsync(Token);
        await using var bench = await WithWebhookAsync(receiver);
        var id = (await bench.AskAsync(Token)).ApprovalId;
        var post = bench.Services.GetRequiredService<NoticePost>();
        receiver.Answer = 500;

        await post.SendDueAsync(null, Token);
        var first = await receiver.NextAsync(Token);
        await post.SendDueAsync(null, Token);
        Assert.True((await bench.AnswerAsync(id, People.Ann, yes: true, Token)).Accepted);
        receiver.Answer = 200;
        bench.Time.Advance(NoticePost.PauseAfter(1));
        await post.SendDueAsync(null, Token);
        var again = await receiver.NextAsync(Token);
        var closed = await receiver.NextAsync(Token);
        bench.Time.Advance(TimeSpan.FromHours(1));
        await post.SendDueAsync(null, Token);

        Assert.Equal(first.Delivery, again.Delivery);
        Assert.NotEqual(first.Delivery, closed.Delivery);
        Assert.Contains("\"closed\"", Encoding.UTF8.GetString(closed.Body), StringComparison.Ordinal);
        Assert.Equal(["asked", "approved", "notified", "notified"], bench.Journal.Steps(id));
    }

    [Fact]
    public async Task Notice_TwoWorkers_SendItOnce()
    {
        await using var receiver = await WebhookReceiver.StartAsync(Token);
        await using var bench = await WithWebhookAsync(receiver);
        await using var second = bench.NewProcess();
        var id = (await bench.AskAsync(Token)).ApprovalId;

        await Task.WhenAll(
            Task.Run(() => bench.Services.GetRequiredService<NoticePost>().SendDueAsync(null, Token), Token),
            Task.Run(() => second.GetRequiredService<NoticePost>().SendDueAsync(null, Token), Token));

        Assert.Equal(["asked", "notified"], bench.Journal.Steps(id));
    }

    [Fact]
    public async Task Notice_NothingGetsThrough_IsGivenUpInTheEnd()
    {
        await using var receiver = await WebhookReceiver.StartAsync(Token);
        await using var bench = await WithWebhookAsync(receiver);
        await bench.AskAsync(Token);
        receiver.Answer = 503;
        var post = bench.Services.GetRequiredService<NoticePost>();
        var attempts = 0;

        for (var i = 0; i < 20; i++)
        {
            await post.SendDueAsync(null, Token);
            bench.Time.Advance(TimeSpan.FromMinutes(10));
        }

        receiver.Answer = 204;
        await bench.AskAsync(Token, binding: DeskActs.OtherBinding);
        await post.SendDueAsync(null, Token);
        while (!Encoding.UTF8.GetString((await receiver.NextAsync(Token)).Body).Contains("APR-2", StringComparison.Ordinal))
        {
            attempts++;
        }

        Assert.Equal(12, attempts);
    }

    private Task<DeskBench> WithWebhookAsync(WebhookReceiver receiver) => DeskBench.StartAsync(
        store,
        Token,
        ("Approval:Webhook:Url", receiver.Url.AbsoluteUri),
        ("Approval:Webhook:KeyFile", receiver.KeyFile),
        ("Approval:ConsoleUrl", "https://console.example/c/"));

    private static ValueTask<JobsReport> JobsAsync(IServiceProvider process) =>
        ActivatorUtilities.CreateInstance<ReadJobsDoor>(process).AnswerAsync(new ReadJobs(), Token);

    private static void AssertSigned(DeskBench bench, WebhookReceiver.Post post)
    {
        var key = KeyFile.LoadOrCreate(bench.Settings["Approval:Webhook:KeyFile"]!).Current;
        var seconds = bench.Time.GetUtcNow().ToUnixTimeSeconds();
        byte[] signed = [.. Encoding.ASCII.GetBytes($"{seconds}."), .. post.Body];
        Assert.Equal($"t={seconds},k={key.Id},v1={Convert.ToHexStringLower(HMACSHA256.HashData(key.Key, signed))}", post.Signature);
    }
}
