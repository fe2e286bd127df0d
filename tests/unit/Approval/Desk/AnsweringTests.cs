using Chaperone.Contracts;

namespace Chaperone.Approval.Tests.Desk;

/// <summary>Who may say yes or no, and what they are told when they may not.</summary>
public abstract class AnsweringTests(IStoreUnderTest store)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answer_YesByApprover_ApprovesRecordsThenAnnounces()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        var id = (await bench.AskAsync(Token)).ApprovalId;

        var answered = await bench.AnswerAsync(id, People.Ann, yes: true, Token, "checked with the ward");

        Assert.True(answered.Accepted);
        Assert.Null(answered.Problem);
        Assert.Equal(ApprovalState.Approved, answered.Status!.State);
        Assert.Equal(bench.Time.GetUtcNow().AddMinutes(15), answered.Status.ExpiresAt);
        var record = bench.Journal.Entries[^1];
        Assert.Equal(("approved", "console", "checked with the ward"), (record.Approval!.Step, record.Approval.Channel, record.Approval.Reason));
        Assert.True(record.Actor!.IsSamePerson(People.Ann));
        var (news, recorded) = Assert.Single(bench.News.Heard);
        Assert.Equal((answered.Status, DeskActs.Binding), (news.Status, news.BindingDigest));
        Assert.Equal(2, recorded);
    }

    /// <summary>Attack: the requester approves their own call.</summary>
    [Fact]
    public async Task Answer_ByRequester_IsRefusedEvenAsApprover()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        var id = (await bench.AskAsync(Token, who: People.Ann)).ApprovalId;

        var answered = await bench.AnswerAsync(id, People.Ann, yes: true, Token);

        await AssertRefusedAsync(bench, id, answered, "You asked for APR-1 yourself; somebody else has to decide.");
    }

    /// <summary>Attack: the requester approves with a second account.</summary>
    [Fact]
    public async Task Answer_BySecondAccountOfRequester_IsRefused()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        var id = (await bench.AskAsync(Token)).ApprovalId;
        var second = People.Person("eva-admin", "EVA@clinic.example", "admin-write");

        var answered = await bench.AnswerAsync(id, second, yes: true, Token);

        await AssertRefusedAsync(bench, id, answered, "APR-1 was asked under your own e-mail address; somebody else has to decide.");
    }

    [Fact]
    public async Task Answer_SameSubjectOfOtherIssuer_IsSomebodyElse()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        var id = (await bench.AskAsync(Token)).ApprovalId;
        var other = People.Engineer with { Issuer = "https://other.example", Email = null, Groups = ["admin-write"] };

        Assert.True((await bench.AnswerAsync(id, other, yes: true, Token)).Accepted);
    }

    [Fact]
    public async Task Answer_OutsideTheGroups_IsRefused()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        var id = (await bench.AskAsync(Token)).ApprovalId;

        var answered = await bench.AnswerAsync(id, People.Nurse, yes: true, Token);

        await AssertRefusedAsync(bench, id, answered, "Only members of role admin-write can decide APR-1 (group admin-write).");
    }

    [Fact]
    public async Task Answer_RoleWithoutGroups_NobodyCan()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        var id = (await bench.AskAsync(Token, groups: [])).ApprovalId;

        var answered = await bench.AnswerAsync(id, People.Ann, yes: true, Token);

        await AssertRefusedAsync(bench, id, answered, "Nobody can decide APR-1: the policy's role admin-write has no groups. Tell an administrator.");
    }

    [Fact]
    public async Task Answer_WithoutIdentity_IsRefused()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        var id = (await bench.AskAsync(Token)).ApprovalId;

        var answered = await bench.AnswerAsync(id, People.Person(" ", null, "admin-write"), yes: true, Token);

        await AssertRefusedAsync(bench, id, answered, "Your sign-in does not say who you are; sign in again.");
    }

    [Fact]
    public async Task Answer_TwoNeeded_TakesTwoPeople()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        var id = (await bench.AskAsync(Token, approvals: 2)).ApprovalId;

        var first = await bench.AnswerAsync(id, People.Ann, yes: true, Token);
        var twice = await bench.AnswerAsync(id, People.Ann, yes: true, Token);
        var account = await bench.AnswerAsync(id, People.Person("ann2", "Ann@clinic.example", "admin-write"), yes: true, Token);
        var second = await bench.AnswerAsync(id, People.Bob, yes: true, Token);

        Assert.Equal((true, ApprovalState.Pending), (first.Accepted, first.Status!.State));
        Assert.Equal(
            "You have already answered APR-1 with yes at 2026-03-01 10:00:00 UTC; that answer counts, and APR-1 needs other people as well.",
            twice.Problem);
        Assert.Equal("Somebody with your e-mail address has already answered APR-1; it needs other people as well.", account.Problem);
        Assert.Equal((true, ApprovalState.Approved), (second.Accepted, second.Status!.State));
        Assert.Equal(["asked", "approved", "refused", "refused", "approved"], bench.Journal.Steps(id));
        Assert.Single(bench.News.Heard);
        Assert.Equal(2, (await bench.ShowAsync(id, Token)).Votes.Length);
    }

    [Fact]
    public async Task Answer_OneNo_WinsOverEarlierYes()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        var id = (await bench.AskAsync(Token, approvals: 3)).ApprovalId;
        await bench.AnswerAsync(id, People.Ann, yes: true, Token);
        await bench.AnswerAsync(id, People.Bob, yes: true, Token);

        var no = await bench.AnswerAsync(id, People.Cid, yes: false, Token, "not today");

        Assert.Equal((true, ApprovalState.Denied, "cid", "not today"), (no.Accepted, no.Status!.State, no.Status.DecidedBy, no.Status.Reason));
        Assert.False((await bench.ClaimAsync(id, Token)).Granted);
    }

    [Theory]
    [InlineData(true, "APR-1 was already approved by ann.")]
    [InlineData(false, "APR-1 was already denied by ann.")]
    public async Task Answer_AfterDecision_SaysWhoDecided(bool yes, string sentence)
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        var id = (await bench.AskAsync(Token)).ApprovalId;
        await bench.AnswerAsync(id, People.Ann, yes, Token);

        var late = await bench.AnswerAsync(id, People.Bob, !yes, Token);

        Assert.Equal((false, sentence), (late.Accepted, late.Problem));
        Assert.Equal(yes ? ApprovalState.Approved : ApprovalState.Denied, late.Status!.State);
        Assert.Equal("refused", bench.Journal.Entries[^1].Approval!.Step);
    }

    [Fact]
    public async Task Answer_AtItsEnd_IsTooLate()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        var id = (await bench.AskAsync(Token)).ApprovalId;
        bench.Time.Advance(TimeSpan.FromMinutes(10));

        var late = await bench.AnswerAsync(id, People.Ann, yes: true, Token);

        Assert.False(late.Accepted);
        Assert.Equal("APR-1 expired at 2026-03-01 10:10:00 UTC, before your answer; the call has to be asked for again.", late.Problem);
        Assert.Equal(["asked", "expired", "refused"], bench.Journal.Steps(id));
        Assert.Equal(ApprovalState.Expired, Assert.Single(bench.News.Heard).News.Status.State);
    }

    [Fact]
    public async Task Answer_JustBeforeItsEnd_Counts()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        var id = (await bench.AskAsync(Token)).ApprovalId;
        bench.Time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromMilliseconds(1));

        Assert.True((await bench.AnswerAsync(id, People.Ann, yes: true, Token)).Accepted);
    }

    [Fact]
    public async Task Answer_Withdrawn_SaysSo()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        var id = (await bench.AskAsync(Token)).ApprovalId;
        await bench.WithdrawAsync(id, Token);

        var answered = await bench.AnswerAsync(id, People.Ann, yes: true, Token);

        Assert.Equal("APR-1 was cancelled by the person who asked.", answered.Problem);
    }

    [Theory]
    [InlineData("APR-9")]
    [InlineData("APR-01")]
    [InlineData("apr-1")]
    [InlineData("APR-1 ")]
    [InlineData("APR-99999999999999999999")]
    [InlineData("")]
    public async Task Answer_NoSuchRequest_SaysSo(string id)
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        await bench.AskAsync(Token);

        var answered = await bench.AnswerAsync(id, People.Ann, yes: true, Token);

        Assert.Equal((false, $"There is no request {id}.", null), (answered.Accepted, answered.Problem, answered.Status));
    }

    [Fact]
    public async Task Answer_ForeignChannelOrEndlessReason_IsRefused()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        var id = (await bench.AskAsync(Token)).ApprovalId;

        var channel = await bench.AnswerAsync(id, People.Ann, yes: true, Token, channel: "fax");
        var reason = await bench.AnswerAsync(id, People.Ann, yes: true, Token, new string('x', 1001));

        Assert.Equal("APR-1 can be decided in the console, Slack or Teams only.", channel.Problem);
        Assert.Equal("Keep the reason under 1,000 characters.", reason.Problem);
        Assert.Null(bench.Journal.Entries[1].Approval!.Channel);
        Assert.Equal(ApprovalState.Pending, reason.Status!.State);
    }

    private static async Task AssertRefusedAsync(DeskBench bench, string id, ApprovalAnswered answered, string sentence)
    {
        Assert.False(answered.Accepted);
        Assert.Equal(sentence, answered.Problem);
        Assert.Equal(["asked", "refused"], bench.Journal.Steps(id));
        Assert.Equal(ApprovalState.Pending, (await bench.ShowAsync(id, Token)).Status.State);
        Assert.Empty(bench.News.Heard);
    }
}
