using Chaperone.Approval.Store;
using Chaperone.Bus;
using Chaperone.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Chaperone.Approval.Tests.Desk;

/// <summary>No record, no answer (invariant 1); and all is well again when the journal is back.</summary>
public abstract class OutageTests(IStoreUnderTest store)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ask_JournalDown_IsNotAnsweredAndJoinsLater()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        bench.Journal.Down = true;
        await Assert.ThrowsAsync<BusUnavailableException>(() => bench.AskAsync(Token));
        bench.Journal.Down = false;

        var status = await bench.AskAsync(Token);

        Assert.Equal("APR-1", status.ApprovalId);
        Assert.Equal(["asked"], bench.Journal.Steps("APR-1"));
    }

    [Fact]
    public async Task Answer_JournalDown_TellsNobodyUntilItIsRecorded()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        var id = (await bench.AskAsync(Token)).ApprovalId;
        bench.Journal.Down = true;

        await Assert.ThrowsAsync<BusUnavailableException>(() => bench.AnswerAsync(id, People.Ann, yes: true, Token));
        await Assert.ThrowsAsync<BusUnavailableException>(() => bench.AskAsync(Token));
        Assert.Empty(bench.News.Heard);
        bench.Journal.Down = false;
        await bench.Desk.SweepAsync(Token);

        Assert.Equal(["asked", "approved"], bench.Journal.Steps(id));
        Assert.Equal(ApprovalState.Approved, Assert.Single(bench.News.Heard).News.Status.State);
        Assert.True((await bench.ClaimAsync(id, Token)).Granted);
    }

    /// <summary>Property: a release whose record is in doubt is no release, and the ledger says that it was none.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Claim_JournalFails_IsNotGrantedAndSpent(bool keeps)
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        var id = (await bench.AskAsync(Token)).ApprovalId;
        await bench.AnswerAsync(id, People.Ann, yes: true, Token);
        bench.Journal.Down = !keeps;
        bench.Journal.KeepsButTimesOut = keeps;

        var claimed = await bench.ClaimAsync(id, Token);
        bench.Journal.Down = false;
        bench.Journal.KeepsButTimesOut = false;
        await bench.Desk.SweepAsync(Token);

        Assert.Equal((false, ApprovalState.Used), (claimed.Granted, claimed.Status.State));
        Assert.Equal(
            "The call was not made: using APR-1 could not be recorded, and the approval is spent. Repeat the call to ask again.",
            claimed.Problem);
        Assert.Equal(["asked", "approved", "released", "refused"], bench.Journal.Steps(id));
        Assert.False((await bench.ClaimAsync(id, Token)).Granted);
        Assert.Equal("APR-2", (await bench.AskAsync(Token)).ApprovalId);
    }

    [Fact]
    public async Task Refusal_JournalDown_IsRecordedLater()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        var id = (await bench.AskAsync(Token)).ApprovalId;
        bench.Journal.Down = true;
        await Assert.ThrowsAsync<BusUnavailableException>(() => bench.AnswerAsync(id, People.Nurse, yes: true, Token));
        bench.Journal.Down = false;

        await bench.Desk.SweepAsync(Token);

        Assert.Equal(["asked", "refused"], bench.Journal.Steps(id));
    }

    [Fact]
    public async Task Answer_EdgesCannotBeTold_CountsAndIsAnnouncedLater()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        var id = (await bench.AskAsync(Token)).ApprovalId;
        bench.News.Down = true;

        Assert.True((await bench.AnswerAsync(id, People.Ann, yes: true, Token)).Accepted);
        bench.News.Down = false;
        await bench.Desk.SweepAsync(Token);
        await bench.Desk.SweepAsync(Token);

        Assert.Equal(id, Assert.Single(bench.News.Heard).News.Status.ApprovalId);
    }

    [Fact]
    public async Task Sweep_Lapsed_ClosesOpenRequestsAndUnusedGrants()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        var open = (await bench.AskAsync(Token)).ApprovalId;
        var granted = (await bench.AskAsync(Token, binding: DeskActs.OtherBinding)).ApprovalId;
        var later = (await bench.AskAsync(Token, who: People.Nurse, wait: TimeSpan.FromHours(1))).ApprovalId;
        await bench.AnswerAsync(granted, People.Ann, yes: true, Token);
        bench.Time.Advance(TimeSpan.FromMinutes(15));

        await bench.Desk.SweepAsync(Token);

        Assert.Equal(["asked", "expired"], bench.Journal.Steps(open));
        Assert.Equal(["asked", "approved", "expired"], bench.Journal.Steps(granted));
        Assert.Equal(["asked"], bench.Journal.Steps(later));
        Assert.Single(await bench.Services.GetRequiredService<CaseStore>().ReadOpenAsync(Token));
    }
}
