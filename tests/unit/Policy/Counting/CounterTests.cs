using Chaperone.Contracts;
using Chaperone.Policy.Counting;
using Chaperone.Policy.Limits;
using Microsoft.Extensions.Logging.Abstractions;
using static Chaperone.Policy.Tests.PolicyText;

namespace Chaperone.Policy.Tests.Counting;

/// <summary>Rules that count. Attack: walking through the charts one call at a time.</summary>
public sealed class CounterTests
{
    private static readonly string Policy = Head.Replace("7101/mcp\" }", "7101/mcp\", pinning: off }", StringComparison.Ordinal)
        + "  - { name: reads, match: { role: nurse, tool: 'get_*' }, effect: allow }\n"
        + "  - { name: secret, match: { tool: get_secret }, effect: deny, visible: true }\n"
        + "  - { name: walk, match: { tool: get_chart, counters: { of: distinct, argument: patient.id, target: get_chart, over: 2, within: 1h } }, effect: deny }\n"
        + "  - { name: many, match: { tool: get_list, counters: { of: calls, target: get_list, over: 2, within: 10m } }, effect: deny }\n"
        + "  - { name: probing, match: { tool: get_bed, counters: { of: denials, over: 1, within: 10m } }, effect: deny }\n"
        + "  - { name: warmed, match: { role: admin, tool: get_report, counters: { of: calls, over: 1, within: 10m } }, effect: allow }\n";

    private static readonly FakeSeal Seal = new();
    private int _calls;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Distinct_MoreThanSoMany_AreRefused_KnownOnesPass()
    {
        await using var room = await StartAsync();

        Assert.Equal("walk", await AskAsync(room, "get_chart", Chart("P1"), Chart("P2"), Chart("P1"), Chart("P3")));
        Assert.Equal("reads", await AskAsync(room, "get_chart", Chart("P2")));
    }

    /// <summary>A refused call is taken back: what it asked for was never seen.</summary>
    [Fact]
    public async Task Distinct_Refused_CountsForNothing()
    {
        await using var room = await StartAsync();
        await AskAsync(room, "get_chart", Chart("P1"), Chart("P2"), Chart("P3"), Chart("P4"));

        room.LimitTime.Advance(TimeSpan.FromMinutes(61));

        Assert.Equal("reads", await AskAsync(room, "get_chart", Chart("P3"), Chart("P4")));
    }

    [Theory]
    [InlineData("""{"patient":{"id":"p1"}}""")]
    [InlineData("""{"patient":{"id":" P1 "}}""")]
    [InlineData("""{"Patient":{"ID":"Ｐ1"}}""")]
    [InlineData("""{"patient":[{"id":["P1"]}]}""")]
    public async Task Distinct_SameValueInAnotherSpelling_IsTheSame(string arguments)
    {
        await using var room = await StartAsync();

        Assert.Equal("reads", await AskAsync(room, "get_chart", Chart("P1"), Chart("P2"), arguments));
    }

    /// <summary>Attack: all patients in one call, or under a name that is bound without case.</summary>
    [Theory]
    [InlineData("""{"patient":{"id":["P1","P2","P3"]}}""")]
    [InlineData("""{"patient":[{"id":"P1"},{"id":"P2"},{"id":"P3"}]}""")]
    [InlineData("""{"PATIENT":{"id":"P1"},"patient":{"id":"P2","Id":"P3"}}""")]
    public async Task Distinct_ManyInOneCall_AreCounted(string arguments)
    {
        await using var room = await StartAsync();

        Assert.Equal("walk", await AskAsync(room, "get_chart", arguments));
    }

    [Fact]
    public async Task Calls_MoreThanSoMany_AreRefusedUntilTheyAreOld()
    {
        await using var room = await StartAsync();

        Assert.Equal("many", await AskAsync(room, "get_list", "{}", "{}", "{}"));
        room.LimitTime.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal("reads", await AskAsync(room, "get_list", "{}"));
    }

    [Fact]
    public async Task Denials_MoreThanSoMany_AreHeldAgainstTheSession()
    {
        await using var room = await StartAsync();

        Assert.Equal("reads", await AskAsync(room, "get_bed", "{}"));
        await AskAsync(room, "get_secret", "{}", "{}");
        Assert.Equal("probing", await AskAsync(room, "get_bed", "{}"));
        Assert.Equal("reads", await AskAsync(room, "get_bed", ["{}"], session: 2));
    }

    /// <summary>A repeated approved call was counted when it asked.</summary>
    [Fact]
    public async Task Calls_WithApproval_AreNotCountedAgain()
    {
        await using var room = await StartAsync();
        await AskAsync(room, "get_list", "{}", "{}");

        Assert.Equal("reads", await AskAsync(room, "get_list", ["{}"], approval: "APR-1"));
    }

    /// <summary>Attack: taking the store away.</summary>
    [Fact]
    public async Task Store_Away_RestrictsAndAllowsNothing()
    {
        await using var room = await StartAsync();
        var desk = new CounterDesk(new AwayStore(), TimeProvider.System, NullLogger<CounterDesk>.Instance);

        Assert.Equal("walk", await AskAsync(room, "get_chart", [Chart("P1")], desk: desk));
        Assert.Equal("default-deny", await AskAsync(room, "get_report", ["{}"], desk: desk, group: "admins"));
        Assert.Equal("reads", await AskAsync(room, "get_other", ["{}"], desk: desk));
    }

    [Theory]
    [InlineData("{ of: calls, over: 1 }", "within: is missing")]
    [InlineData("{ over: 1, within: 1m }", "of: is missing")]
    [InlineData("{ of: calls, within: 1m }", "over: is missing")]
    [InlineData("{ of: rows, over: 1, within: 1m }", "is nothing that is counted")]
    [InlineData("{ of: distinct, over: 1, within: 1m }", "argument: is missing")]
    [InlineData("{ of: distinct, argument: '[', over: 1, within: 1m }", "is no path into the arguments")]
    [InlineData("{ of: calls, argument: a, over: 1, within: 1m }", "stands where no values are told apart")]
    [InlineData("{ of: calls, over: -1, within: 1m }", "must be a whole number from 0 to 10000")]
    [InlineData("{ of: calls, over: 1, within: 25h }", "is no length of time from 1s to 24h")]
    [InlineData("[]", "holds 0 counters")]
    public void Read_Wrong_IsSaid(string counters, string problem)
    {
        var reading = Read(Head + $"  - {{ name: n, match: {{ tool: x, counters: {counters} }}, effect: deny }}\n");

        Assert.Contains(reading.Problems, p => p.ToString().Contains(problem, StringComparison.Ordinal));
    }

    private static string Chart(string id) => $$$"""{"patient":{"id":"{{{id}}}"}}""";

    private static async Task<PolicyRoom> StartAsync()
    {
        var room = new PolicyRoom(Policy);
        await room.StartAsync();
        return room;
    }

    private Task<string> AskAsync(PolicyRoom room, string tool, params string[] arguments) => AskAsync(room, tool, arguments, 1);

    /// <summary>Makes the calls and says which rule decided the last.</summary>
    private async Task<string> AskAsync(PolicyRoom room, string tool, string[] arguments, int session = 1, string? approval = null, CounterDesk? desk = null, string group = "nurses")
    {
        var door = new EvaluateCallDoor(room.Keeper, room.Pins, room.BreakGlass, room.Limits, desk ?? room.Counters, room.Hits, Seal, room.Journal, TimeProvider.System, room.Telemetry);
        var rule = string.Empty;
        foreach (var one in arguments)
        {
            var call = Call("tools/call", tool, groups: group) with
            {
                CallId = Guid.CreateVersion7(DateTimeOffset.UnixEpoch.AddSeconds(++_calls)),
                SessionId = new Guid(session, 0, 0, new byte[8]),
            };
            rule = (await door.AnswerAsync(
                new EvaluateCall
                {
                    Call = call,
                    Message = Seal.Seal(Message(call, one), call.CallId),
                    ApprovalId = approval,
                    Stamp = new EdgeStamp { Edge = "e1", Epoch = 1, Number = _calls, EventId = call.CallId },
                },
                Token)).Decision.Rule;
        }

        return rule;
    }

    private sealed class AwayStore : ICounterStore
    {
        public ValueTask<IReadOnlyList<long>> CountAsync(IReadOnlyList<CounterEvent> events, CancellationToken cancellationToken) => throw Away();

        public ValueTask TakeBackAsync(IReadOnlyList<CounterEvent> events, CancellationToken cancellationToken) => throw Away();

        public ValueTask SweepAsync(CancellationToken cancellationToken) => throw Away();

        private static LimitsUnavailableException Away() => new("away", new IOException());
    }
}
