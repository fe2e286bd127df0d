using System.Text.Json;
using Chaperone.Bus;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using Chaperone.Policy.BreakGlass;
using Chaperone.Policy.Counting;
using Chaperone.Policy.Deciding;
using Chaperone.Policy.Documents;
using Chaperone.Policy.Limits;
using Chaperone.Policy.Pins;
using Chaperone.Policy.Reloading;

namespace Chaperone.Policy;

/// <summary>Decides a call and answers once the intent is durable (invariant 1), or with what lets nothing pass: whatever fails here, the edge gets no answer and refuses.</summary>
internal sealed class EvaluateCallDoor(PolicyKeeper keeper, PinDesk pins, BreakGlassDesk breakGlass, LimitDesk limits, CounterDesk counters, RuleHits hits, IPayloadSeal seal, IJournal journal, TimeProvider time, PolicyTelemetry telemetry)
    : IDoor<EvaluateCall, CallDecided>
{
    /// <inheritdoc/>
    public async ValueTask<CallDecided> AnswerAsync(EvaluateCall request, CancellationToken cancellationToken)
    {
        using var activity = PolicyTelemetry.Evaluating();
        var message = seal.Open(request.Message, request.Call.CallId);
        var engine = keeper.Current;
        var counted = await counters.CountAsync(engine.CountersOf(request.Call.Server), request, message, cancellationToken);
        var glass = await breakGlass.GlassOfAsync(engine, request.Call.Principal, cancellationToken);
        var decided = engine.Decide(request.Call, message, time.GetUtcNow(), counted?.Session, glass, out var terms);
        var pinning = engine.Document.Servers.TryGetValue(request.Call.Server, out var server) ? server.Pinning : PinningMode.Strict;
        decided = await pins.AdmitAsync(request.Call, decided, pinning, cancellationToken);
        decided = await limits.AdmitAsync(request, decided, terms, cancellationToken);
        await counters.SettleAsync(counted, request.Call, decided, cancellationToken);

        // The edge shows the server's list first, and asks again: that is the call's intent.
        if (decided.NeedsToolList && request.AsksAgain)
        {
            return decided;
        }

        await journal.WriteAsync(Intent(request, decided.Decision, message), cancellationToken);
        telemetry.Decided(decided.Decision.Effect);
        hits.Add(decided.Decision.Rule);
        return decided;
    }

    private RecordEntry Intent(EvaluateCall request, DecisionFacts decision, byte[] message) => new()
    {
        EventId = request.Stamp.EventId,
        Kind = RecordKind.Intent,
        OccurredAt = time.GetUtcNow(),
        Source = "policy",
        Stamp = request.Stamp,
        Call = request.Call,
        Decision = decision,
        Note = request.ApprovalId is null ? null : JsonSerializer.Serialize(new { approvalId = request.ApprovalId }),
        Parts = message.Length == 0 ? [] :
        [
            new RecordPart
            {
                Name = "request_raw",
                MediaType = "application/json",
                Searchable = false,
                Content = seal.Seal(message, request.Stamp.EventId),
            },
        ],
    };
}
