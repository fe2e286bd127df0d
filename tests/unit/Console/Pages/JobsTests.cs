using System.Net;
using Chaperone.Contracts;

namespace Chaperone.Console.Tests.Pages;

public sealed class JobsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Jobs_Administrator_SeesWhoWorksAndWhatIsLeft()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        var now = TimeProvider.System.GetUtcNow();
        stage.Rooms.Jobs = stage.Rooms.Jobs with
        {
            Workers = [new JobWorker { Name = "approval-<b>-1", StartedAt = now.AddHours(-3), SeenAt = now.AddMinutes(-9) }],
            Repeating = [new RepeatingJob { Name = "approval-sweep", Cron = "*/15 * * * * *", LastAt = now, NextAt = now.AddSeconds(15), LastState = "Succeeded" }],
            Due = [new DueWork { Kind = "card", Channel = "slack", Count = 1204, DueAt = now.AddMinutes(-1), Attempts = 7 }],
            Failed = [new FailedJob { Name = "ApprovalJobs.SweepAsync", FailedAt = now, Error = "System.IO.IOException" }],
            Scheduled = 31,
        };
        using var browser = await stage.SignInAsync(ConsoleStage.Admin, Token);

        var page = await browser.GetAsync("/jobs", Token);

        var text = WebUtility.HtmlDecode(page.Html);
        foreach (var fact in new[] { "approval-<b>-1", "9 min ago", "approval-sweep", "Succeeded", "Cards to bring up to date", "slack", "1,204", "ApprovalJobs.SweepAsync", "System.IO.IOException", "31" })
        {
            Assert.Contains(fact, text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("<b>", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Jobs_NoWorker_IsSaidLoudly()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        using var browser = await stage.SignInAsync(ConsoleStage.Admin, Token);

        Assert.Contains("No worker runs", (await browser.GetAsync("/jobs", Token)).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Jobs_Others_AreRefused()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        foreach (var person in new[] { ConsoleStage.Analyst, ConsoleStage.Approver })
        {
            using var browser = await stage.SignInAsync(person, Token);
            var page = await browser.GetAsync("/jobs", Token);

            Assert.DoesNotContain("No worker runs", page.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("href=\"/jobs\"", page.Html, StringComparison.Ordinal);
        }
    }
}
