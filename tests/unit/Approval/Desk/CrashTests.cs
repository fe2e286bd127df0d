using Chaperone.Approval.Store;
using Chaperone.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Chaperone.Approval.Tests.Desk;

/// <summary>The worker dies before and after every commit, record and announcement of an act; then another one starts.</summary>
public abstract class CrashTests(IStoreUnderTest store)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task Ask_CrashAnywhere_OneRequestAndItsRecord() => CrashEverywhereAsync(
        _ => Task.FromResult("APR-1"),
        (bench, _) => bench.AskAsync(Token),
        async (bench, _, _) =>
        {
            // The edge asks again, as its caller repeats the call.
            var again = await bench.AskAsync(Token);

            Assert.Equal(ApprovalState.Pending, again.State);
            Assert.Equal(["asked"], bench.Journal.Steps(again.ApprovalId));
            Assert.Equal(1, (await bench.Desk.ListAsync(new ListApprovals { Pending = true }, Token)).Total);
        });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Answer_CrashAnywhere_NoLostDecision(bool yes) => CrashEverywhereAsync(
        async bench => (await bench.AskAsync(Token)).ApprovalId,
        (bench, id) => bench.AnswerAsync(id, People.Ann, yes, Token),
        async (bench, id, _) =>
        {
            var state = (await bench.ShowAsync(id, Token)).Status.State;
            var step = yes ? "approved" : "denied";
            if (state == ApprovalState.Pending)
            {
                Assert.Equal(["asked"], bench.Journal.Steps(id));
                Assert.Empty(bench.News.Heard);
                Assert.True((await bench.AnswerAsync(id, People.Ann, yes, Token)).Accepted);
            }

            Assert.Equal(["asked", step], bench.Journal.Steps(id));
            Assert.NotEmpty(bench.News.Heard);
            Assert.All(bench.News.Heard, h =>
            {
                Assert.Equal(yes ? ApprovalState.Approved : ApprovalState.Denied, h.News.Status.State);
                Assert.Equal(2, h.Recorded);
            });
        });

    /// <summary>Property: never two grants, never a grant without its record.</summary>
    [Fact]
    public Task Claim_CrashAnywhere_NeverTwiceAndNeverUnrecorded() => CrashEverywhereAsync(
        async bench =>
        {
            var id = (await bench.AskAsync(Token)).ApprovalId;
            await bench.AnswerAsync(id, People.Ann, yes: true, Token);
            return id;
        },
        (bench, id) => bench.ClaimAsync(id, Token),
        async (bench, id, answered) =>
        {
            var before = (await bench.ShowAsync(id, Token)).Status.State;
            Assert.Equal(before == ApprovalState.Used ? ["asked", "approved", "released"] : ["asked", "approved"], bench.Journal.Steps(id));

            var second = await bench.ClaimAsync(id, Token);

            Assert.False(answered is { Granted: true } && second.Granted);
            Assert.Equal(before == ApprovalState.Approved, second.Granted);
            Assert.Single(bench.Journal.Steps(id), s => s == "released");
        });

    [Fact]
    public Task Withdraw_CrashAnywhere_OneOutcome() => CrashEverywhereAsync(
        async bench => (await bench.AskAsync(Token)).ApprovalId,
        (bench, id) => bench.WithdrawAsync(id, Token),
        async (bench, id, _) =>
        {
            await bench.WithdrawAsync(id, Token);

            Assert.Equal(["asked", "withdrawn"], bench.Journal.Steps(id));
            Assert.NotEmpty(bench.News.Heard);
        });

    [Fact]
    public Task Expiry_CrashAnywhere_IsRecordedOnce() => CrashEverywhereAsync(
        async bench =>
        {
            var id = (await bench.AskAsync(Token)).ApprovalId;
            bench.Time.Advance(TimeSpan.FromMinutes(10));
            return id;
        },
        async (bench, id) =>
        {
            await bench.Desk.ExpireAsync(1, Token);
            return id;
        },
        async (bench, id, _) =>
        {
            Assert.Equal(ApprovalState.Expired, (await bench.ShowAsync(id, Token)).Status.State);
            Assert.Equal(["asked", "expired"], bench.Journal.Steps(id));
            Assert.NotEmpty(bench.News.Heard);
        });

    private async Task CrashEverywhereAsync<T>(
        Func<DeskBench, Task<string>> arrange, Func<DeskBench, string, Task<T>> act, Func<DeskBench, string, T?, Task> verify)
        where T : class
    {
        // Three points of the commit, two of the record, three of the clean-up: fewer would mean that the hooks are not reached.
        const int FewestPoints = 8;
        var crashAt = 1;
        for (var crashed = true; crashed; crashAt++)
        {
            await using var bench = await DeskBench.StartAsync(store, Token);
            var id = await arrange(bench);
            T? answer = null;
            bench.Points.Arm(crashAt);
            try
            {
                answer = await act(bench, id);
            }
            catch (CrashPoints.CrashException)
            {
            }

            crashed = bench.Points.Crashed;
            Assert.Equal(crashed, answer is null);
            bench.Restart();
            await bench.Desk.SweepAsync(Token);

            await verify(bench, id, answer);

            Assert.Empty(await bench.Services.GetRequiredService<OutboxStore>().ReadNumbersAsync(Token));
        }

        Assert.InRange(crashAt - 2, FewestPoints, 100);
    }
}
