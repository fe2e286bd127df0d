using Chaperone.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Chaperone.Approval.Tests.Desk;

/// <summary>Many at once, from two workers over one store: exactly one outcome.</summary>
public abstract class RaceTests(IStoreUnderTest store)
{
    private const int Many = 64;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Claim_ManyAtOnce_HasOneWinner()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        await using var second = bench.NewProcess();
        var id = (await bench.AskAsync(Token)).ApprovalId;
        await bench.AnswerAsync(id, People.Ann, yes: true, Token);

        var claims = await AtOnceAsync(i => Worker(bench, second, i).ClaimAsync(
            new ClaimApproval { ApprovalId = id, Call = bench.Call(), BindingDigest = DeskActs.Binding }, Token));

        Assert.Single(claims, c => c.Granted);
        Assert.All(claims, c => Assert.Equal(ApprovalState.Used, c.Status.State));
        Assert.Single(bench.Journal.Steps(id), s => s == "released");
        Assert.Equal(Many - 1, bench.Journal.Steps(id).Count(s => s == "refused"));
    }

    [Fact]
    public async Task Answer_YesAndNoAtOnce_HasOneOutcome()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        await using var second = bench.NewProcess();
        var id = (await bench.AskAsync(Token)).ApprovalId;

        var answers = await AtOnceAsync(i => Worker(bench, second, i).DecideAsync(
            new DecideApproval
            {
                ApprovalId = id,
                Decider = People.Person($"approver-{i}", null, "admin-write"),
                Approve = i % 2 == 0,
                Channel = "console",
            },
            Token));

        var winner = Assert.Single(answers, a => a.Accepted);
        Assert.All(answers, a => Assert.Equal(winner.Status, a.Status));
        Assert.Single(bench.Journal.Steps(id), s => s is "approved" or "denied");
        Assert.All(bench.News.Heard, h => Assert.Equal(winner.Status, h.News.Status));
        Assert.NotEmpty(bench.News.Heard);
    }

    [Fact]
    public async Task Answer_OnePersonManyTimesAtOnce_CountsOnce()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        await using var second = bench.NewProcess();
        var id = (await bench.AskAsync(Token, approvals: 2)).ApprovalId;

        var answers = await AtOnceAsync(i => Worker(bench, second, i).DecideAsync(
            new DecideApproval { ApprovalId = id, Decider = People.Ann, Approve = true, Channel = "console" }, Token));

        Assert.Single(answers, a => a.Accepted);
        Assert.Equal(ApprovalState.Pending, (await bench.ShowAsync(id, Token)).Status.State);
    }

    [Fact]
    public async Task Ask_SameCallManyTimesAtOnce_OpensOneRequest()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        await using var second = bench.NewProcess();

        var asked = await AtOnceAsync(i => Worker(bench, second, i).RequestAsync(bench.Asking(), Token));

        Assert.Single(asked.Distinct());
        Assert.Equal(["asked"], bench.Journal.Steps(asked[0].ApprovalId));
    }

    [Fact]
    public async Task Withdraw_AgainstClaims_HasOneOutcome()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        await using var second = bench.NewProcess();
        var id = (await bench.AskAsync(Token)).ApprovalId;
        await bench.AnswerAsync(id, People.Ann, yes: true, Token);

        var granted = 0;
        await AtOnceAsync(async i =>
        {
            if (i == Many / 2)
            {
                await Worker(bench, second, i).WithdrawAsync(new WithdrawApproval { ApprovalId = id, Call = bench.Call() }, Token);
            }
            else if ((await Worker(bench, second, i).ClaimAsync(
                new ClaimApproval { ApprovalId = id, Call = bench.Call(), BindingDigest = DeskActs.Binding }, Token)).Granted)
            {
                Interlocked.Increment(ref granted);
            }

            return i;
        });

        var steps = bench.Journal.Steps(id);
        var withdrawn = steps.Count(s => s == "withdrawn");
        Assert.Equal(1, granted + withdrawn);
        Assert.Equal(granted, steps.Count(s => s == "released"));
    }

    private static ApprovalDesk Worker(DeskBench bench, ServiceProvider second, int i) =>
        i % 2 == 0 ? bench.Desk : second.GetRequiredService<ApprovalDesk>();

    private static async Task<T[]> AtOnceAsync<T>(Func<int, Task<T>> act)
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var acts = Enumerable.Range(0, Many).Select(i => Task.Run(
            async () =>
            {
                await go.Task;
                return await act(i);
            },
            Token)).ToArray();
        go.SetResult();
        return await Task.WhenAll(acts);
    }
}
