using System.Text;
using Chaperone.Contracts;

namespace Chaperone.Approval.Tests.Desk;

/// <summary>Asking, joining, listing, withdrawing.</summary>
public abstract class AskingTests(IStoreUnderTest store)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ask_NewCall_OpensNumberedRequestAndRecordsIt()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);

        var status = await bench.AskAsync(Token);

        Assert.Equal("APR-1", status.ApprovalId);
        Assert.Equal(ApprovalState.Pending, status.State);
        Assert.Equal(bench.Time.GetUtcNow().AddMinutes(10), status.ExpiresAt);
        var entry = Assert.Single(bench.Journal.Entries);
        Assert.Equal(RecordKind.Approval, entry.Kind);
        Assert.Equal("asked", entry.Approval!.Step);
        Assert.Equal(DeskActs.Binding, entry.Approval.BindingDigest);
        Assert.True(entry.Actor!.IsSamePerson(People.Engineer));
        Assert.Equal((1, status.ExpiresAt), Assert.Single(bench.Bell.Expiries));
    }

    [Fact]
    public async Task Ask_SameCallAgain_JoinsTheOpenRequest()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);

        var first = await bench.AskAsync(Token);
        var second = await bench.AskAsync(Token);

        Assert.Equal(first, second);
        Assert.Single(bench.Journal.Entries);
    }

    [Fact]
    public async Task Ask_OtherBindingOrRequester_OpensItsOwn()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);

        Assert.Equal("APR-1", (await bench.AskAsync(Token)).ApprovalId);
        Assert.Equal("APR-2", (await bench.AskAsync(Token, binding: DeskActs.OtherBinding)).ApprovalId);
        Assert.Equal("APR-3", (await bench.AskAsync(Token, who: People.Nurse)).ApprovalId);
    }

    [Fact]
    public async Task Ask_ApprovedAndUnused_SaysApproved()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        var id = (await bench.AskAsync(Token)).ApprovalId;
        await bench.AnswerAsync(id, People.Ann, yes: true, Token);

        var again = await bench.AskAsync(Token);

        Assert.Equal(id, again.ApprovalId);
        Assert.Equal(ApprovalState.Approved, again.State);
        Assert.Equal("ann", again.DecidedBy);
        Assert.Equal(bench.Time.GetUtcNow().AddMinutes(15), again.ExpiresAt);
    }

    /// <summary>Attack: ask again and again until somebody clicks yes by mistake.</summary>
    [Fact]
    public async Task Ask_DeniedNotLongAgo_StaysDeniedUntilItsTimeIsOver()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        var id = (await bench.AskAsync(Token)).ApprovalId;
        await bench.AnswerAsync(id, People.Ann, yes: false, Token, "wrong patient");

        var again = await bench.AskAsync(Token);
        bench.Time.Advance(TimeSpan.FromMinutes(10));
        var later = await bench.AskAsync(Token);

        Assert.Equal((id, ApprovalState.Denied, "wrong patient"), (again.ApprovalId, again.State, again.Reason));
        Assert.Equal(("APR-2", ApprovalState.Pending), (later.ApprovalId, later.State));
    }

    [Fact]
    public async Task Ask_AfterExpiry_RecordsTheExpiryAndOpensANewOne()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        await bench.AskAsync(Token);
        bench.Time.Advance(TimeSpan.FromMinutes(10));

        var again = await bench.AskAsync(Token);

        Assert.Equal(("APR-2", ApprovalState.Pending), (again.ApprovalId, again.State));
        Assert.Equal(["asked", "expired"], bench.Journal.Steps("APR-1"));
        Assert.Equal(["asked"], bench.Journal.Steps("APR-2"));
    }

    /// <summary>An edge looks again every few seconds; the last look must not open a new request.</summary>
    [Fact]
    public async Task Ask_SameCallIdAfterExpiry_SaysExpired()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        var asking = bench.Asking();
        var joining = bench.Asking();
        await bench.Desk.RequestAsync(asking, Token);
        await bench.Desk.RequestAsync(joining, Token);
        bench.Time.Advance(TimeSpan.FromMinutes(10));

        var status = await bench.Desk.RequestAsync(asking, Token);
        var joined = await bench.Desk.RequestAsync(joining, Token);

        Assert.Equal(("APR-1", ApprovalState.Expired), (status.ApprovalId, status.State));
        Assert.Equal(status, joined);
        Assert.Equal(["asked", "expired"], bench.Journal.Steps("APR-1"));
        Assert.Equal("APR-2", (await bench.AskAsync(Token)).ApprovalId);
    }

    /// <summary>Two calls share a request and one uses the grant: the other is told so, and nobody is asked again.</summary>
    [Fact]
    public async Task Ask_SameCallIdAfterUseByAnother_SaysUsed()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        var waiting = bench.Asking();
        var id = (await bench.Desk.RequestAsync(waiting, Token)).ApprovalId;
        await bench.AnswerAsync(id, People.Ann, yes: true, Token);
        Assert.True((await bench.ClaimAsync(id, Token)).Granted);

        var status = await bench.Desk.RequestAsync(waiting, Token);

        Assert.Equal((id, ApprovalState.Used), (status.ApprovalId, status.State));
    }

    [Fact]
    public async Task Ask_LaterLeg_IsAnsweredWithItsOwnRequestOnly()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        var id = (await bench.AskAsync(Token)).ApprovalId;
        await bench.WithdrawAsync(id, Token);

        var leg = await bench.Desk.RequestAsync(bench.Asking() with { ApprovalId = id }, Token);
        var foreign = await bench.Desk.RequestAsync(bench.Asking(who: People.Nurse) with { ApprovalId = id }, Token);
        var changed = await bench.Desk.RequestAsync(bench.Asking(binding: DeskActs.OtherBinding) with { ApprovalId = id }, Token);

        Assert.Equal((id, ApprovalState.Withdrawn), (leg.ApprovalId, leg.State));
        Assert.Equal(["APR-2", "APR-3"], [foreign.ApprovalId, changed.ApprovalId]);
    }

    [Theory]
    [InlineData(1, 10)]
    [InlineData(100_000, 86_400)]
    public async Task Ask_WaitOutOfRange_IsBounded(int asked, int given)
    {
        await using var bench = await DeskBench.StartAsync(store, Token);

        var status = await bench.AskAsync(Token, wait: TimeSpan.FromSeconds(asked));

        Assert.Equal(bench.Time.GetUtcNow().AddSeconds(given), status.ExpiresAt);
    }

    [Fact]
    public async Task Ask_WithoutBindingOrPerson_IsRefused()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);

        await Assert.ThrowsAsync<ArgumentException>(() => bench.AskAsync(Token, binding: "nonsense"));
        await Assert.ThrowsAsync<ArgumentException>(() => bench.AskAsync(Token, who: People.Person("", null)));
        Assert.Empty(bench.Journal.Entries);
    }

    [Fact]
    public async Task List_Pending_ShowsAllAnApproverNeeds()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        var id = (await bench.AskAsync(Token)).ApprovalId;

        var page = await bench.Desk.ListAsync(new ListApprovals { Pending = true }, Token);

        var item = Assert.Single(page.Items);
        Assert.Equal((1, id), (page.Total, item.Status.ApprovalId));
        Assert.Equal("delete_patient", item.Call.Target);
        Assert.Equal(["admin-write"], item.Requirement.Groups);
        Assert.Equal(DeskActs.Binding, item.BindingDigest);
        Assert.Equal(DeskActs.MaskedText, Encoding.UTF8.GetString(bench.Seal.Open(item.MaskedRequest, item.Call.CallId)));
    }

    [Fact]
    public async Task List_DecidedAndLapsed_AreNotPending()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        var denied = (await bench.AskAsync(Token)).ApprovalId;
        await bench.AnswerAsync(denied, People.Ann, yes: false, Token);
        await bench.AskAsync(Token, binding: DeskActs.OtherBinding);
        bench.Time.Advance(TimeSpan.FromMinutes(11));

        var pending = await bench.Desk.ListAsync(new ListApprovals { Pending = true }, Token);
        var decided = await bench.Desk.ListAsync(new ListApprovals { Pending = false }, Token);

        Assert.Equal(0, pending.Total);
        Assert.Equal([ApprovalState.Expired, ApprovalState.Denied], decided.Items.Select(i => i.Status.State));
    }

    [Theory]
    [InlineData("delete_patient", 3)]
    [InlineData("NURSE clinic", 1)]
    [InlineData("apr-2", 1)]
    [InlineData("nobody", 0)]
    [InlineData("%", 0)]
    [InlineData("delete%", 0)]
    public async Task List_Search_FindsByPersonServerToolAndId(string search, int found)
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        await bench.AskAsync(Token);
        await bench.AskAsync(Token, binding: DeskActs.OtherBinding);
        await bench.AskAsync(Token, who: People.Nurse);

        var page = await bench.Desk.ListAsync(new ListApprovals { Pending = true, Search = search, Limit = 2 }, Token);

        Assert.Equal(found, page.Total);
        Assert.Equal(Math.Min(found, 2), page.Items.Length);
    }

    [Fact]
    public async Task Withdraw_ByRequester_ClosesAndTellsTheEdges()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        var id = (await bench.AskAsync(Token)).ApprovalId;

        var status = await bench.WithdrawAsync(id, Token);
        var again = await bench.WithdrawAsync(id, Token);

        Assert.Equal(ApprovalState.Withdrawn, status.State);
        Assert.Equal(status, again);
        Assert.Equal(["asked", "withdrawn"], bench.Journal.Steps(id));
        Assert.Equal(ApprovalState.Withdrawn, Assert.Single(bench.News.Heard).News.Status.State);
        Assert.Equal("APR-2", (await bench.AskAsync(Token)).ApprovalId);
    }

    [Fact]
    public async Task Withdraw_ByAnybodyElse_ChangesNothingAndTellsNothing()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        var id = (await bench.AskAsync(Token)).ApprovalId;

        var foreign = await bench.WithdrawAsync(id, Token, who: People.Nurse);
        var missing = await bench.WithdrawAsync("APR-99", Token, who: People.Nurse);

        Assert.Equal(missing with { ApprovalId = id }, foreign);
        Assert.Equal(ApprovalState.Pending, (await bench.ShowAsync(id, Token)).Status.State);
        Assert.Equal(["asked", "refused"], bench.Journal.Steps(id));
    }

    [Fact]
    public async Task Restart_OpenRequest_IsAsItWas()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        var id = (await bench.AskAsync(Token, approvals: 2)).ApprovalId;
        await bench.AnswerAsync(id, People.Ann, yes: true, Token, "fine");
        var before = await bench.ShowAsync(id, Token);

        bench.Restart();
        var after = await bench.ShowAsync(id, Token);

        Assert.Equal(before.Status, after.Status);
        Assert.Equal("fine", Assert.Single(after.Votes).Reason);
        Assert.Equal(before.RequestedAt, after.RequestedAt);
    }
}
