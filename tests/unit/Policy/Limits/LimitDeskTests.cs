using Chaperone.Contracts;
using Chaperone.Policy.Limits;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using static Chaperone.Policy.Tests.PolicyText;

namespace Chaperone.Policy.Tests.Limits;

public sealed class LimitDeskTests
{
    private const string Limited = "{ name: reads, match: { role: nurse, tool: '*' }, effect: allow, limits: { calls_per_minute: 2, concurrent: 9, rows_per_hour: 100, bytes_per_hour: 1KB } }";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly LimitDesk _desk = Desk(new MemoryLimitStore(TimeProvider.System));

    private static LimitDesk Desk(ILimitStore store) => new(store, Options.Create(new PolicyOptions()), NullLogger<LimitDesk>.Instance);

    [Fact]
    public async Task Calls_BeyondTheLimit_AreDeniedByTheRuleWithATime()
    {
        var first = await AskAsync(Limited);
        await AskAsync(Limited);
        var third = await AskAsync(Limited);

        Assert.Equal((CallEffect.Allow, (int?)null), (first.Decision.Effect, first.RetryAfterSeconds));
        Assert.Equal([UsageKind.Slot, UsageKind.Rows, UsageKind.Bytes], first.Meters.Select(m => m.Kind));
        Assert.All(first.Meters, m => Assert.Matches("^[0-9a-f]{64}$", m.Key));
        Assert.Equal((CallEffect.Deny, "reads", true), (third.Decision.Effect, third.Decision.Rule, third.Visible));
        Assert.StartsWith("The limit of 2 calls a minute is reached; try again in ", third.Decision.Reason, StringComparison.Ordinal);
        Assert.InRange(third.RetryAfterSeconds!.Value, 1, 30);
        Assert.Empty(third.Meters);
    }

    [Fact]
    public async Task Principals_AreCountedApart_UnlessOneCountIsForAll()
    {
        var other = Call("tools/call", "query") with { Principal = Call("x").Principal with { Subject = "u2" } };
        var all = Limited.Replace("calls_per_minute: 2", "per: everyone, calls_per_minute: 3", StringComparison.Ordinal);
        await AskAsync(Limited);
        await AskAsync(Limited);

        Assert.Equal(CallEffect.Allow, (await AskAsync(Limited, other)).Decision.Effect);
        await AskAsync(all);
        await AskAsync(all, other);
        await AskAsync(all);
        Assert.Equal(CallEffect.Deny, (await AskAsync(all, other)).Decision.Effect);
    }

    [Fact]
    public async Task Bytes_Settled_AreAgainstTheNextCall()
    {
        var decided = await AskAsync(Limited);
        await _desk.SettleAsync(new SettleCall { CallId = decided.CallId, Meters = decided.Meters, Rows = 1, Bytes = 2000 }, Cancel);

        var next = await AskAsync(Limited);

        Assert.Equal((CallEffect.Deny, true), (next.Decision.Effect, next.Decision.Reason.StartsWith("The limit of 1000 bytes an hour is reached", StringComparison.Ordinal)));
        Assert.InRange(next.RetryAfterSeconds!.Value, 3590, 3600);
    }

    /// <summary>Somebody who waits for people has asked once: repeating the approved call is not counted again, and no slot is taken while waiting.</summary>
    [Fact]
    public async Task HeldCall_Repeated_IsCountedOnce()
    {
        const string Held = "{ name: writes, match: { tool: '*' }, effect: approve, approval: { role: admin }, limits: { calls_per_minute: 1, concurrent: 1 } }";

        var asked = await AskAsync(Held);
        var repeated = await AskAsync(Held, approval: "APR-1");
        var second = await AskAsync(Held);

        Assert.Equal((CallEffect.Hold, CallEffect.Hold, CallEffect.Deny), (asked.Decision.Effect, repeated.Decision.Effect, second.Decision.Effect));
        Assert.Empty(asked.Meters);
        Assert.Null(second.Approval);
    }

    [Fact]
    public async Task Server_LimitsHoldForAllItsRules()
    {
        const string Yaml = """
            version: 1
            servers: { clinic: { url: 'http://127.0.0.1:1/mcp', limits: { calls_per_minute: 1 } } }
            rules:
              - { name: a, match: { tool: a }, effect: allow }
              - { name: b, match: { tool: b }, effect: allow }
            """;
        var engine = new Policy.Deciding.PolicyEngine(Document(Yaml));

        var first = await AskAsync(engine, Call("tools/call", "a"));
        var second = await AskAsync(engine, Call("tools/call", "b"));
        var lifecycle = await AskAsync(engine, Call("tools/list"));

        Assert.Equal((CallEffect.Allow, CallEffect.Deny, CallEffect.Allow), (first.Decision.Effect, second.Decision.Effect, lifecycle.Decision.Effect));
        Assert.Equal("server:clinic", second.Decision.Rule);
    }

    /// <summary>Fail closed: what cannot be counted does not pass.</summary>
    [Fact]
    public async Task Store_Away_NothingPasses()
    {
        var desk = Desk(new AwayStore());
        var engine = Engine(Limited, "{ name: free, match: { role: admin, tool: free }, effect: allow }");

        var limited = await AskAsync(engine, Call("tools/call", "query"), desk: desk);
        var free = await AskAsync(engine, Call("tools/call", "free", groups: "admins"), desk: desk);

        Assert.Equal((CallEffect.Deny, LimitDesk.Unavailable, 5), (limited.Decision.Effect, limited.Decision.Rule, limited.RetryAfterSeconds));
        Assert.Equal(CallEffect.Allow, free.Decision.Effect);
    }

    private Task<CallDecided> AskAsync(string rule, CallFacts? call = null, string? approval = null) => AskAsync(Engine(rule), call ?? Call("tools/call", "query"), approval);

    private async Task<CallDecided> AskAsync(Policy.Deciding.PolicyEngine engine, CallFacts call, string? approval = null, LimitDesk? desk = null)
    {
        call = call with { CallId = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()) };
        var decided = engine.Decide(call, Message(call), null, null, default, out var limits);
        var request = new EvaluateCall
        {
            Call = call,
            ApprovalId = approval,
            Stamp = new EdgeStamp { Edge = "e", Epoch = 1, Number = 1, EventId = Guid.Empty },
            Message = new SealedPayload { KeyId = "k", Nonce = [], Ciphertext = [] },
        };
        return await (desk ?? _desk).AdmitAsync(request, decided, limits, Cancel);
    }

    private sealed class AwayStore : ILimitStore
    {
        public ValueTask<LimitRefusal?> TakeAsync(IReadOnlyList<LimitDemand> demands, Guid callId, TimeSpan slotLifetime, CancellationToken cancellationToken) =>
            throw new LimitsUnavailableException("Away.", new TimeoutException());

        public ValueTask SettleAsync(IReadOnlyList<(LimitDemand Demand, long Cost)> used, Guid callId, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask SweepAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
