using Chaperone.Bus.Sealing;
using Chaperone.Console.Replay;
using Chaperone.Contracts;
using Chaperone.TestKit.Rooms;

namespace Chaperone.Console.Tests.Replay;

public sealed class TimelineTests
{
    [Theory]
    [InlineData(OutcomeStatus.Answered, "server → client", "answer")]
    [InlineData(OutcomeStatus.Failed, "gateway → client", "deny")]
    [InlineData(OutcomeStatus.Withheld, "gateway → client", "deny")]
    [InlineData(OutcomeStatus.Refused, "gateway → client", "deny")]
    [InlineData(OutcomeStatus.Pending, "gateway → client", "hold")]
    public void Step_Outcome_SaysWhoSpoke(OutcomeStatus status, string direction, string tone)
    {
        var facts = Facts(out var seal);
        var entry = facts.Entry(0, RecordKind.Outcome, facts.Call(ConsoleStage.Nurse, "query"), new OutcomeFacts { Status = status, HttpStatus = 200 }, null);

        var step = Timeline.Step(entry, seal);

        Assert.Equal((direction, tone, "Answer to tools/call query"), (step.Direction, step.Tone, step.Title));
    }

    [Fact]
    public void Step_Parts_ShowTheRequestFirst()
    {
        var facts = Facts(out var seal);
        var entry = facts.Entry(0, RecordKind.Outcome, null, null, null, ("response_masked", "2"), ("request_masked", "1"));

        Assert.Equal(["Request, masked", "Answer, masked"], Timeline.Step(entry, seal).Parts.Select(p => p.Name));
    }

    /// <summary>Fail closed: a decision that is missing or unknown never looks allowed.</summary>
    [Fact]
    public void Step_IntentWithoutDecision_LooksDenied()
    {
        var facts = Facts(out var seal);

        var step = Timeline.Step(facts.Entry(0, RecordKind.Intent, null, null, null), seal);

        Assert.Equal(("deny", Party.Gateway, "client → gateway"), (step.Tone, step.To, step.Direction));
    }

    [Fact]
    public void Steps_AnswerAfterItsRequest_SaysWhoseTimeItTook()
    {
        var facts = Facts(out var seal);
        var call = facts.Call(ConsoleStage.Nurse, "query");
        var intent = facts.Entry(0, RecordKind.Intent, call, null, RoomFacts.Decision(CallEffect.Allow, "r", "x"));
        var outcome = facts.Entry(1, RecordKind.Outcome, call, new OutcomeFacts { Status = OutcomeStatus.Answered, HttpStatus = 200, UpstreamMilliseconds = 40 }, null);
        intent = intent with { Entry = intent.Entry with { OccurredAt = call.ReceivedAt.AddMilliseconds(3) } };
        outcome = outcome with { Entry = outcome.Entry with { OccurredAt = call.ReceivedAt.AddMilliseconds(52.5) } };

        var steps = Timeline.Steps([intent, outcome], seal);
        var early = Timeline.Steps([intent, outcome with { Entry = outcome.Entry with { OccurredAt = call.ReceivedAt.AddMilliseconds(-1) } }], seal);

        Assert.Equal("decided in 3 ms", steps[0].Took);
        Assert.Equal("52.5 ms after the request: the server took 40 ms, the gateway and waiting 12.5 ms", steps[1].Took);
        Assert.Equal((Party.Client, Party.Server, Party.Server, Party.Client), (steps[0].From, steps[0].To, steps[1].From, steps[1].To));
        Assert.Null(early[1].Took);
    }

    /// <summary>Every kind a recorder may send, with nothing but its kind, can be drawn.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Step_AnyKindAlone_HasATitle(RecordKind kind)
    {
        var facts = Facts(out var seal);

        Assert.NotEmpty(Timeline.Step(facts.Entry(0, kind, null, null, null), seal).Title);
    }

    public static TheoryData<RecordKind> Kinds() => [.. Enum.GetValues<RecordKind>(), (RecordKind)99];

    private static RoomFacts Facts(out IPayloadSeal seal)
    {
        seal = new OpenSeal();
        return new RoomFacts(seal, TimeProvider.System, "https://login.example");
    }
}
