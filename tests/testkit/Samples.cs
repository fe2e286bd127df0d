using Chaperone.Bus.Sealing;
using Chaperone.Contracts;

namespace Chaperone.TestKit;

/// <summary>Plausible messages for tests that do not care what they say.</summary>
public static class Samples
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A call of <c>get_patient</c> with an id of its own.</summary>
    public static CallFacts Call() => new()
    {
        CallId = NewId(),
        SessionId = NewId(),
        Principal = new Principal { Issuer = "https://issuer.test", Subject = "nurse", Groups = ["nurses"], ClientId = "test" },
        ProtocolVersion = "2026-07-28",
        Server = "clinic",
        Method = "tools/call",
        Target = "get_patient",
        RequestId = "1",
        ReceivedAt = Noon,
    };

    /// <summary>An edge's stamp with this number.</summary>
    public static EdgeStamp Stamp(long number = 1) => new() { Edge = "edge-test", Epoch = 1, Number = number, EventId = NewId() };

    /// <summary>An evaluation of <paramref name="message"/>.</summary>
    public static EvaluateCall Evaluate(IPayloadSeal seal, ReadOnlySpan<byte> message)
    {
        var call = Call();
        return new EvaluateCall { Call = call, Stamp = Stamp(), Message = seal.Seal(message, call.CallId) };
    }

    /// <summary>An allowing answer.</summary>
    public static CallDecided Allowed(EvaluateCall request) => new()
    {
        CallId = request.Call.CallId,
        Decision = new DecisionFacts { Effect = CallEffect.Allow, Rule = "test", PolicyDigest = new string('0', 64), Reason = "test", Masking = "safe-harbor" },
        Visible = true,
    };

    /// <summary>A record of <paramref name="content"/>.</summary>
    public static RecordEntry Record(IPayloadSeal seal, ReadOnlySpan<byte> content, long number = 1)
    {
        var stamp = Stamp(number);
        return new RecordEntry
        {
            EventId = stamp.EventId,
            Kind = RecordKind.Intent,
            OccurredAt = Noon,
            Source = "policy",
            Stamp = stamp,
            Call = Call(),
            Parts = [new RecordPart { Name = "request_raw", MediaType = "application/json", Searchable = false, Content = seal.Seal(content, stamp.EventId) }],
        };
    }

    private static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
}
