using Chaperone.Contracts;

namespace Chaperone.Approval.Tests.Desk;

/// <summary>A yes that holds for a while: for whom and what, and what ends it.</summary>
public abstract class GrantTests(IStoreUnderTest store)
{
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(30);
    private static readonly Guid Session = Guid.Parse("0199b3a0-0000-7000-8000-00000000000a");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ask_UnderAGrant_PassesOnceEachAndIsRecordedWithItsId()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        var first = await GrantAsync(bench);

        for (var i = 1; i <= 2; i++)
        {
            var binding = new string((char)('0' + i), 64);
            var status = await bench.Desk.RequestAsync(Asking(bench, binding), Token);
            var claimed = await bench.ClaimAsync(status.ApprovalId, Token, binding: binding);
            var twice = await bench.ClaimAsync(status.ApprovalId, Token, binding: binding);

            Assert.Equal((ApprovalState.Approved, "ann"), (status.State, status.DecidedBy));
            Assert.True(claimed.Granted);
            Assert.False(twice.Granted);
            Assert.Equal(["granted", "released", "refused"], bench.Journal.Steps(status.ApprovalId));
            Assert.All(bench.Journal.Entries.Where(e => e.Approval!.ApprovalId == status.ApprovalId), e => Assert.Equal(first, e.Approval!.GrantId));
            Assert.Equal(first, (await bench.ShowAsync(status.ApprovalId, Token)).GrantId);
        }

        var granting = await bench.ShowAsync(first, Token);
        Assert.Equal(bench.Time.GetUtcNow() + Most, granting.GrantUntil);
        Assert.Equal(granting.GrantUntil, bench.Journal.Entries.Single(e => e.Approval is { Step: "approved" }).Approval!.GrantUntil);
    }

    /// <summary>Attack: anything else under somebody's grant.</summary>
    [Theory]
    [InlineData("person")]
    [InlineData("client")]
    [InlineData("session")]
    [InlineData("server")]
    [InlineData("tool")]
    [InlineData("definition")]
    [InlineData("policy")]
    [InlineData("rule")]
    [InlineData("reason")]
    [InlineData("no grants")]
    [InlineData("shorter grants")]
    [InlineData("later")]
    public async Task Ask_Different_IsHeldAgain(string what)
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        await GrantAsync(bench);
        bench.Time.Advance(TimeSpan.FromMinutes(what == "later" ? 30 : 10));
        var ask = Asking(bench, DeskActs.OtherBinding);
        var (call, requirement) = (ask.Call, ask.Requirement);

        var other = what switch
        {
            "person" => ask with { Call = call with { Principal = People.Nurse } },
            "client" => ask with { Call = call with { Principal = call.Principal with { ClientId = "other" } } },
            "session" => ask with { Call = call with { SessionId = Guid.CreateVersion7() } },
            "server" => ask with { Call = call with { Server = "warehouse" } },
            "tool" => ask with { Call = call with { Target = "delete_patients" } },
            "definition" => ask with { ToolDefinitionDigest = new string('d', 64) },
            "policy" => ask with { Decision = ask.Decision with { PolicyDigest = new string('e', 64) } },
            "rule" => ask with { Decision = ask.Decision with { Rule = "another" } },
            "reason" => ask with { Requirement = requirement with { ReasonRequired = true } },
            "no grants" => ask with { Requirement = requirement with { GrantUpTo = null } },
            "shorter grants" => ask with { Requirement = requirement with { GrantUpTo = TimeSpan.FromMinutes(9) } },
            _ => ask,
        };
        var status = await bench.Desk.RequestAsync(other, Token);

        Assert.Equal(ApprovalState.Pending, status.State);
        Assert.Equal(["asked"], bench.Journal.Steps(status.ApprovalId));
    }

    [Fact]
    public async Task Answer_LongerThanPolicyAllows_DoesNotCount()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        var id = (await bench.Desk.RequestAsync(Asking(bench, DeskActs.Binding), Token)).ApprovalId;
        var plain = (await bench.Desk.RequestAsync(Asking(bench, DeskActs.OtherBinding) is var ask ? ask with { Requirement = ask.Requirement with { GrantUpTo = null } } : null!, Token)).ApprovalId;

        var longer = await AnswerAsync(bench, id, People.Ann, Most + TimeSpan.FromSeconds(1));
        var never = await AnswerAsync(bench, plain, People.Ann, TimeSpan.FromMinutes(1));

        Assert.Equal("A yes to APR-1 may hold for further calls for at most 30 minutes; choose a shorter time, or this call only.", longer.Problem);
        Assert.Equal("A yes to APR-2 holds for this call only: the policy allows no more.", never.Problem);
    }

    /// <summary>Of two who have to say yes, the more careful one decides how long it holds.</summary>
    [Theory]
    [InlineData(20, 10, 10)]
    [InlineData(20, 0, null)]
    [InlineData(0, 20, null)]
    public async Task Answer_TwoPeople_TheShorterWindowHolds(int first, int second, int? minutes)
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        var ask = Asking(bench, DeskActs.Binding);
        var id = (await bench.Desk.RequestAsync(ask with { Requirement = ask.Requirement with { Approvals = 2 } }, Token)).ApprovalId;

        await AnswerAsync(bench, id, People.Ann, first == 0 ? null : TimeSpan.FromMinutes(first));
        await AnswerAsync(bench, id, People.Bob, second == 0 ? null : TimeSpan.FromMinutes(second));

        Assert.Equal(minutes is { } m ? bench.Time.GetUtcNow().AddMinutes(m) : null, (await bench.ShowAsync(id, Token)).GrantUntil);
    }

    [Fact]
    public async Task Answer_NoWhileAGrantRuns_EndsIt()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        var id = await GrantAsync(bench);

        var stranger = await bench.AnswerAsync(id, People.Nurse, yes: false, Token, "stop");
        var ended = await bench.AnswerAsync(id, People.Bob, yes: false, Token, "enough now");
        var after = await bench.Desk.RequestAsync(Asking(bench, DeskActs.OtherBinding), Token);

        Assert.False(stranger.Accepted);
        Assert.True(ended.Accepted);
        Assert.Equal(ApprovalState.Pending, after.State);
        Assert.Null((await bench.ShowAsync(id, Token)).GrantUntil);
        Assert.Equal(["asked", "approved", "released", "refused", "withdrawn"], bench.Journal.Steps(id));
    }

    /// <summary>A crash changes nothing: the grant lies in the store.</summary>
    [Fact]
    public async Task Ask_AfterARestart_StillPasses()
    {
        await using var bench = await DeskBench.StartAsync(store, Token);
        await GrantAsync(bench);
        bench.Restart();

        Assert.Equal(ApprovalState.Approved, (await bench.Desk.RequestAsync(Asking(bench, DeskActs.OtherBinding), Token)).State);
    }

    private static async Task<string> GrantAsync(DeskBench bench)
    {
        var id = (await bench.Desk.RequestAsync(Asking(bench, DeskActs.Binding), Token)).ApprovalId;
        Assert.True((await AnswerAsync(bench, id, People.Ann, Most)).Accepted);
        Assert.True((await bench.ClaimAsync(id, Token)).Granted);
        return id;
    }

    private static Task<ApprovalAnswered> AnswerAsync(DeskBench bench, string id, Principal who, TimeSpan? window) => bench.Desk.DecideAsync(
        new DecideApproval { ApprovalId = id, Decider = who, Approve = true, Channel = "console", GrantFor = window }, Token);

    private static RequestApproval Asking(DeskBench bench, string binding)
    {
        var ask = bench.Asking(binding: binding);
        return ask with { Call = ask.Call with { SessionId = Session }, Requirement = ask.Requirement with { GrantUpTo = Most } };
    }
}
