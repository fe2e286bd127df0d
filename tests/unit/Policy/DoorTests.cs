using System.Security.Cryptography;
using System.Text;
using Chaperone.Bus;
using Chaperone.Contracts;
using static Chaperone.Policy.Tests.PolicyText;

namespace Chaperone.Policy.Tests;

public sealed class DoorTests
{
    // What tools are pinned to is tried in Pins.
    private static readonly string Head = PolicyText.Head.Replace("7101/mcp\" }", "7101/mcp\", pinning: off }", StringComparison.Ordinal);

    private static readonly string Policy = Head
        + "  - { name: reads, match: { role: nurse, tool: 'get_*' }, effect: allow }\n"
        + "  - { name: writes, match: { role: nurse, tool: 'set_*' }, effect: approve, approval: { role: admin, expires: 5m } }\n";

    private static readonly FakeSeal Seal = new();

    private static EvaluateCall Request(CallFacts call, byte[] message, string? approval = null) => new()
    {
        Call = call,
        Message = Seal.Seal(message, call.CallId),
        ApprovalId = approval,
        Stamp = new EdgeStamp { Edge = "e1", Epoch = 1, Number = 7, EventId = Guid.Parse("01980000-0000-7000-8000-0000000000ff") },
    };

    private static async Task<(PolicyRoom Room, EvaluateCallDoor Door)> StartAsync()
    {
        var room = new PolicyRoom(Policy);
        await room.StartAsync();
        await room.Journal.NextAsync(TestContext.Current.CancellationToken);
        room.Journal.Entries.Clear();
        return (room, new EvaluateCallDoor(room.Keeper, room.Pins, room.BreakGlass, room.Limits, room.Counters, room.Hits, Seal, room.Journal, TimeProvider.System, room.Telemetry));
    }

    [Fact]
    public async Task Evaluate_Answers_OnceTheIntentIsRecorded()
    {
        var (room, door) = await StartAsync();
        await using var _ = room;
        var call = Call("tools/call", "get_patient");
        var request = Request(call, Message(call, "{}"));

        var decided = await door.AnswerAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal((call.CallId, CallEffect.Allow), (decided.CallId, decided.Decision.Effect));
        var entry = Assert.Single(room.Journal.Entries);
        Assert.Equal((RecordKind.Intent, request.Stamp.EventId, "policy"), (entry.Kind, entry.EventId, entry.Source));
        Assert.Equal((request.Stamp, call, decided.Decision, null), (entry.Stamp, entry.Call, entry.Decision, entry.Note));
        var part = Assert.Single(entry.Parts);
        Assert.Equal(("request_raw", "application/json", false), (part.Name, part.MediaType, part.Searchable));
        Assert.Equal(Message(call, "{}"), Seal.Open(part.Content, request.Stamp.EventId));
    }

    [Fact]
    public async Task Evaluate_Hold_CarriesRequirementAndApproval()
    {
        var (room, door) = await StartAsync();
        await using var _ = room;
        var call = Call("tools/call", "set_patient");

        var decided = await door.AnswerAsync(Request(call, Message(call), "APR-12"), TestContext.Current.CancellationToken);

        Assert.Equal(CallEffect.Hold, decided.Decision.Effect);
        Assert.Equal(["admins", "root-group"], decided.Approval!.Groups);
        Assert.Equal("""{"approvalId":"APR-12"}""", Assert.Single(room.Journal.Entries).Note);
    }

    [Fact]
    public async Task Evaluate_Denied_IsRecordedToo()
    {
        var (room, door) = await StartAsync();
        await using var _ = room;
        var call = Call("tools/call", "drop");

        await door.AnswerAsync(Request(call, Message(call)), TestContext.Current.CancellationToken);

        Assert.Equal("default-deny", Assert.Single(room.Journal.Entries).Decision!.Rule);
    }

    [Fact]
    public async Task Evaluate_EmptyMessage_HasNoPart()
    {
        var (room, door) = await StartAsync();
        await using var _ = room;

        var decided = await door.AnswerAsync(Request(Call("stream/listen"), []), TestContext.Current.CancellationToken);

        Assert.Equal(CallEffect.Allow, decided.Decision.Effect);
        Assert.Empty(Assert.Single(room.Journal.Entries).Parts);
    }

    /// <summary>Invariant 1: no record, no service.</summary>
    [Fact]
    public async Task Evaluate_JournalFails_GivesNoAnswer()
    {
        var (room, door) = await StartAsync();
        await using var _ = room;
        room.Journal.Fails = true;
        var call = Call("tools/call", "get_patient");

        await Assert.ThrowsAsync<BusUnavailableException>(async () => await door.AnswerAsync(Request(call, Message(call)), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Evaluate_SealOfAnotherCall_GivesNoAnswer()
    {
        var (room, door) = await StartAsync();
        await using var _ = room;
        var call = Call("tools/call", "get_patient");
        var request = Request(call, Message(call)) with { Message = Seal.Seal(Message(call), Guid.Empty) };

        await Assert.ThrowsAsync<CryptographicException>(async () => await door.AnswerAsync(request, TestContext.Current.CancellationToken));
        Assert.Empty(room.Journal.Entries);
    }

    [Fact]
    public async Task Evaluate_BeforeStart_GivesNoAnswer()
    {
        await using var room = new PolicyRoom(Policy);
        var door = new EvaluateCallDoor(room.Keeper, room.Pins, room.BreakGlass, room.Limits, room.Counters, room.Hits, Seal, room.Journal, TimeProvider.System, room.Telemetry);
        var call = Call("tools/call", "get_patient");

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await door.AnswerAsync(Request(call, Message(call)), TestContext.Current.CancellationToken));
    }

    /// <summary>A message delivered twice carries the same event id, so the recorder keeps one record.</summary>
    [Fact]
    public async Task Evaluate_Twice_SameAnswerSameEventId()
    {
        var (room, door) = await StartAsync();
        await using var _ = room;
        var call = Call("tools/call", "get_patient");

        var first = await door.AnswerAsync(Request(call, Message(call)), TestContext.Current.CancellationToken);
        var second = await door.AnswerAsync(Request(call, Message(call)), TestContext.Current.CancellationToken);

        Assert.Equal(first, second);
        Assert.Single(room.Journal.Entries.Select(e => e.EventId).Distinct());
    }

    [Fact]
    public async Task Review_HidesAndCounts()
    {
        var (room, _) = await StartAsync();
        await using var _room = room;
        var door = new ReviewListDoor(room.Keeper, room.Pins, room.BreakGlass, Seal, room.Options, TimeProvider.System);
        var call = Call("tools/list");
        var answer = Seal.Seal("""{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"get_a"},{"name":"drop"}]}}"""u8, call.CallId);

        var reviewed = await door.AnswerAsync(new ReviewList { Call = call, Answer = answer, Whole = true }, TestContext.Current.CancellationToken);

        Assert.Equal((call.CallId, 1), (reviewed.CallId, reviewed.Hidden));
        Assert.Equal("""{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"get_a"}]}}""", Encoding.UTF8.GetString(Seal.Open(reviewed.Answer!, call.CallId)));
    }

    /// <summary>What a list says of a tool counts when it is called.</summary>
    [Fact]
    public async Task Review_TeachesWhatToolsSayOfThemselves()
    {
        await using var room = new PolicyRoom(Head + "  - { name: reads, match: { tool: '*', annotations: { readOnlyHint: true } }, effect: allow }\n");
        await room.StartAsync();
        var list = Call("tools/list");
        var call = Call("tools/call", "look");
        var evaluate = new EvaluateCallDoor(room.Keeper, room.Pins, room.BreakGlass, room.Limits, room.Counters, room.Hits, Seal, room.Journal, TimeProvider.System, room.Telemetry);

        var before = await evaluate.AnswerAsync(Request(call, Message(call)), TestContext.Current.CancellationToken);
        await new ReviewListDoor(room.Keeper, room.Pins, room.BreakGlass, Seal, room.Options, TimeProvider.System).AnswerAsync(
            new ReviewList { Call = list, Answer = Seal.Seal("""{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"look","annotations":{"readOnlyHint":true}}]}}"""u8, list.CallId), Whole = true },
            TestContext.Current.CancellationToken);
        var after = await evaluate.AnswerAsync(Request(call, Message(call)), TestContext.Current.CancellationToken);

        Assert.Equal((CallEffect.Deny, CallEffect.Allow), (before.Decision.Effect, after.Decision.Effect));
    }

    /// <summary>One call, one intent: what the edge only asks again after is not recorded; what it does not, is.</summary>
    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public async Task Evaluate_ToolThatNoListHasShown_IsRecordedUnlessAskedAgain(bool asksAgain, int intents)
    {
        await using var room = new PolicyRoom(PolicyText.Head.Replace("7101/mcp\" }", "7101/mcp\", pinning: strict }", StringComparison.Ordinal) + "  - { name: reads, match: { role: nurse, tool: 'get_*' }, effect: allow }\n");
        await room.StartAsync();
        var door = new EvaluateCallDoor(room.Keeper, room.Pins, room.BreakGlass, room.Limits, room.Counters, room.Hits, Seal, room.Journal, TimeProvider.System, room.Telemetry);
        var call = Call("tools/call", "get_a");

        var decided = await door.AnswerAsync(Request(call, Message(call)) with { AsksAgain = asksAgain }, TestContext.Current.CancellationToken);

        Assert.Equal((CallEffect.Deny, true), (decided.Decision.Effect, decided.NeedsToolList));
        Assert.Equal(intents, room.Journal.Entries.Count(e => e.Kind == RecordKind.Intent));
    }

    [Fact]
    public async Task Review_Unreadable_HasNoAnswer()
    {
        var (room, _) = await StartAsync();
        await using var _room = room;
        var door = new ReviewListDoor(room.Keeper, room.Pins, room.BreakGlass, Seal, room.Options, TimeProvider.System);
        var call = Call("tools/list");

        var reviewed = await door.AnswerAsync(new ReviewList { Call = call, Answer = Seal.Seal("<html>"u8, call.CallId) }, TestContext.Current.CancellationToken);

        Assert.Null(reviewed.Answer);
        Assert.Equal(0, reviewed.Hidden);
    }
}
