using System.Text;
using Chaperone.Approval.Notices;
using Chaperone.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Chaperone.Approval.Tests.Desk;

/// <summary>Who looked, who was reminded, and what the same person asked before.</summary>
public abstract class AttentionTests(IStoreUnderTest store)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task See_OnePersonTwice_IsRecordedOnce()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        var id = (await bench.AskAsync(Token)).ApprovalId;

        var looks = new[] { People.Ann, People.Ann, People.Bob };
        var recorded = new List<bool>();
        foreach (var person in looks)
        {
            recorded.Add(await bench.Desk.SeeAsync(new SeeApproval { ApprovalId = id, Person = person, Channel = "console" }, Token));
        }

        Assert.Equal([true, false, true], recorded);
        Assert.Equal(["asked", "seen", "seen"], bench.Journal.Steps(id));
        Assert.Equal(("bob", "console"), (bench.Journal.Entries[^1].Actor!.Subject, bench.Journal.Entries[^1].Approval!.Channel));
    }

    [Fact]
    public async Task See_AfterTheEnd_RecordsNothing()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        var id = (await bench.AskAsync(Token)).ApprovalId;
        await bench.AnswerAsync(id, People.Ann, yes: false, Token, "no");

        Assert.False(await bench.Desk.SeeAsync(new SeeApproval { ApprovalId = id, Person = People.Bob, Channel = "console" }, Token));
        Assert.False(await bench.Desk.SeeAsync(new SeeApproval { ApprovalId = "APR-99", Person = People.Bob, Channel = "console" }, Token));
        Assert.Equal(["asked", "denied"], bench.Journal.Steps(id));
    }

    [Fact]
    public async Task List_CountsTheSamePersonsSimilarCalls()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        await bench.AskAsync(Token, binding: new string('9', 64));
        bench.Time.Advance(TimeSpan.FromDays(31));
        string[] bindings = [.. Enumerable.Range(1, 4).Select(i => new string((char)('0' + i), 64))];
        await bench.AnswerAsync((await bench.AskAsync(Token, binding: bindings[0])).ApprovalId, People.Ann, yes: true, Token);
        await bench.AnswerAsync((await bench.AskAsync(Token, binding: bindings[1])).ApprovalId, People.Ann, yes: false, Token, "no");
        await bench.AskAsync(Token, who: People.Nurse, binding: bindings[2]);
        await bench.WithdrawAsync((await bench.AskAsync(Token, binding: bindings[3])).ApprovalId, Token);

        var last = await bench.ShowAsync((await bench.AskAsync(Token)).ApprovalId, Token);

        Assert.Equal(new ApprovalHistory { Asked = 3, Approved = 1, Denied = 1 }, last.History);
    }

    [Fact]
    public async Task Notices_RemindAndEscalate_InTimeUntilSomebodyAnswers()
    {
        await using var hook = await WebhookReceiver.StartAsync(Token);
        await using var bench = await StartAsync(hook);
        var id = await AskAsync(bench);
        await SendAsync(bench, hook, "asked");

        await SendAsync(bench, hook);
        bench.Time.Advance(TimeSpan.FromMinutes(3));
        await SendAsync(bench, hook, "reminded");
        bench.Time.Advance(TimeSpan.FromMinutes(2));
        bench.Restart();
        await SendAsync(bench, hook, "escalated");
        bench.Time.Advance(TimeSpan.FromMinutes(1));
        await SendAsync(bench, hook, "reminded");
        await bench.AnswerAsync(id, People.Ann, yes: true, Token);
        await SendAsync(bench, hook, "closed");
        bench.Time.Advance(TimeSpan.FromMinutes(3));
        await SendAsync(bench, hook);

        Assert.Equal(["asked", "notified", "reminded", "escalated", "reminded", "approved", "notified"], bench.Journal.Steps(id));
        Assert.All(bench.Journal.Entries.Where(e => e.Approval!.Step is "notified" or "reminded" or "escalated"), e => Assert.Equal("webhook", e.Approval!.Channel));
    }

    /// <summary>The worker dies anywhere while it reminds: at worst people are reminded twice, never forgotten.</summary>
    [Fact]
    public async Task Reminder_CrashAnywhere_IsNotLost()
    {
        var crashAt = 1;
        for (var crashed = true; crashed; crashAt++)
        {
            await using var hook = await WebhookReceiver.StartAsync(Token);
            await using var bench = await StartAsync(hook);
            var id = await AskAsync(bench);
            await SendAsync(bench, hook, "asked");
            bench.Time.Advance(TimeSpan.FromMinutes(3));

            bench.Points.Arm(crashAt);
            try
            {
                await bench.Services.GetRequiredService<NoticePost>().SendDueAsync(null, Token);
            }
            catch (CrashPoints.CrashException)
            {
            }

            crashed = bench.Points.Crashed;
            bench.Restart();
            bench.Time.Advance(TimeSpan.FromMinutes(1));
            await bench.Desk.SweepAsync(Token);
            await bench.Services.GetRequiredService<NoticePost>().SendDueAsync(null, Token);
            var told = hook.Waiting;

            Assert.InRange(told, 1, 2);
            Assert.Contains("reminded", bench.Journal.Steps(id));
            Assert.Equal(ApprovalState.Pending, (await bench.ShowAsync(id, Token)).Status.State);
        }

        Assert.InRange(crashAt, 10, 100);
    }

    private static async Task SendAsync(DeskBench bench, WebhookReceiver hook, params string[] occasions)
    {
        await bench.Services.GetRequiredService<NoticePost>().SendDueAsync(null, Token);
        Assert.Equal(occasions.Length, hook.Waiting);
        foreach (var occasion in occasions)
        {
            Assert.Contains($"\"occasion\":\"{occasion}\"", Encoding.UTF8.GetString((await hook.NextAsync(Token)).Body), StringComparison.Ordinal);
        }
    }

    private static async Task<string> AskAsync(DeskBench bench)
    {
        var ask = bench.Asking();
        var requirement = ask.Requirement with
        {
            RemindEvery = TimeSpan.FromMinutes(3),
            Escalation = new ApprovalEscalation { After = TimeSpan.FromMinutes(5), Role = "chief", Groups = ["chiefs"] },
        };
        return (await bench.Desk.RequestAsync(ask with { Requirement = requirement }, Token)).ApprovalId;
    }

    private Task<DeskBench> StartAsync(WebhookReceiver hook) => DeskBench.StartAsync(
        store, Token, ("Approval:Webhook:Url", hook.Url.AbsoluteUri), ("Approval:Webhook:KeyFile", hook.KeyFile));
}
