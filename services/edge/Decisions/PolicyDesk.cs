using Chaperone.Bus;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;

namespace Chaperone.Edge.Decisions;

/// <summary>Asks policy; an answer means that the intent is durable.</summary>
internal sealed class PolicyDesk(IAsk<EvaluateCall, CallDecided> ask, IPayloadSeal seal, EdgeNumbering numbering, EdgeJournal journal)
{
    /// <summary>The decision; null when policy or the record behind it is unavailable, and then nothing may happen.</summary>
    public async ValueTask<CallDecided?> DecideAsync(CallFacts call, ReadOnlyMemory<byte> message, string? approvalId, CancellationToken cancellationToken)
    {
        var stamp = numbering.Next();
        try
        {
            var decided = await ask.AskAsync(
                new EvaluateCall
                {
                    Call = call,
                    Stamp = stamp,
                    Message = seal.Seal(message.Span, call.CallId),
                    ApprovalId = approvalId,
                },
                cancellationToken);
            return decided.CallId == call.CallId ? decided : null;
        }
        catch (Exception e) when (e is BusUnavailableException or OperationCanceledException)
        {
            journal.Void(stamp, call, $"Not decided: {(e is BusUnavailableException ? e.Message : "the client went away.")}");
            return null;
        }
    }
}
