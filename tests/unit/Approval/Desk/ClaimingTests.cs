using Chaperone.Contracts;

namespace Chaperone.Approval.Tests.Desk;

/// <summary>A grant is for one exact call of one person, once, for a while (invariant 6).</summary>
public abstract class ClaimingTests(IStoreUnderTest store)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Claim_Approved_IsGrantedOnceAndRecorded()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        var id = await ApprovedAsync(bench);

        var first = await bench.ClaimAsync(id, Token);
        var replay = await bench.ClaimAsync(id, Token);

        Assert.Equal((true, ApprovalState.Used, null), (first.Granted, first.Status.State, first.Problem));
        Assert.Equal(
            (false, "APR-1 has been used for one call already; repeat the call to ask again."),
            (replay.Granted, replay.Problem));
        Assert.Equal(["asked", "approved", "released", "refused"], bench.Journal.Steps(id));
        Assert.Equal("APR-2", (await bench.AskAsync(Token)).ApprovalId);
    }

    [Fact]
    public async Task Claim_OtherBinding_IsNotGranted()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        var id = await ApprovedAsync(bench);

        var changed = await bench.ClaimAsync(id, Token, binding: DeskActs.OtherBinding);

        Assert.False(changed.Granted);
        Assert.Equal(ApprovalState.Approved, changed.Status.State);
        Assert.StartsWith("APR-1 was approved for a different call;", changed.Problem, StringComparison.Ordinal);
        Assert.True((await bench.ClaimAsync(id, Token)).Granted);
    }

    /// <summary>Attack: use, or feel for, somebody else's grant.</summary>
    [Fact]
    public async Task Claim_OtherRequester_LooksLikeNoRequestAtAll()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        var id = await ApprovedAsync(bench);

        var foreign = await bench.ClaimAsync(id, Token, who: People.Nurse);
        var missing = await bench.ClaimAsync("APR-77", Token, who: People.Nurse);

        Assert.False(foreign.Granted);
        Assert.Equal(missing.Status with { ApprovalId = id }, foreign.Status);
        Assert.Equal("You have no request APR-1; repeat the call to ask for approval.", foreign.Problem);
        Assert.Equal("refused", bench.Journal.Entries[^1].Approval!.Step);
        Assert.True((await bench.ClaimAsync(id, Token)).Granted);
    }

    [Fact]
    public async Task Claim_Pending_IsNotGranted()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        var id = (await bench.AskAsync(Token)).ApprovalId;

        var early = await bench.ClaimAsync(id, Token);

        Assert.Equal((false, ApprovalState.Pending), (early.Granted, early.Status.State));
        Assert.Equal("APR-1 waits for approval by role admin-write until 2026-03-01 10:10:00 UTC.", early.Problem);
    }

    [Fact]
    public async Task Claim_GrantLapsed_IsNotGranted()
    {
        await using var bench = await DeskBench.StartAsync(store, Token, ("Approval:GrantLifetime", "00:01:00"));
        var id = await ApprovedAsync(bench);
        bench.Time.Advance(TimeSpan.FromMinutes(1));

        var late = await bench.ClaimAsync(id, Token);

        Assert.Equal((false, ApprovalState.Expired), (late.Granted, late.Status.State));
        Assert.Equal("APR-1 expired at 2026-03-01 10:01:00 UTC; repeat the call to ask again.", late.Problem);
        Assert.Equal(["asked", "approved", "expired", "refused"], bench.Journal.Steps(id));
    }

    [Fact]
    public async Task Claim_ApprovedLateInTheWait_HasItsWholeLifetime()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        var id = (await bench.AskAsync(Token)).ApprovalId;
        bench.Time.Advance(TimeSpan.FromMinutes(9));
        await bench.AnswerAsync(id, People.Ann, yes: true, Token);
        bench.Time.Advance(TimeSpan.FromMinutes(14));

        Assert.True((await bench.ClaimAsync(id, Token)).Granted);
    }

    [Fact]
    public async Task Claim_Withdrawn_IsNotGranted()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        var id = await ApprovedAsync(bench);
        await bench.WithdrawAsync(id, Token);

        var claimed = await bench.ClaimAsync(id, Token);

        Assert.Equal((false, "APR-1 was cancelled; repeat the call to ask again."), (claimed.Granted, claimed.Problem));
    }

    private static async Task<string> ApprovedAsync(DeskBench bench)
    {
        var id = (await bench.AskAsync(Token)).ApprovalId;
        Assert.True((await bench.AnswerAsync(id, People.Ann, yes: true, Token)).Accepted);
        return id;
    }
}
