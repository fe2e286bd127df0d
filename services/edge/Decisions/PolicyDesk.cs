using Chaperone.Bus;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;

namespace Chaperone.Edge.Decisions;

/// <summary>Asks policy; an answer means that the intent is durable.</summary>
internal sealed class PolicyDesk(IAsk<EvaluateCall, CallDecided> ask, IPayloadSeal seal, EdgeNumbering numbering, EdgeJournal journal)
{
    /// <summary>The decision; null when policy or the record behind it is unavailable, and then nothing may happen.</summary>
    public ValueTask<CallDecided?> DecideAsync(OwnTime own, CallFacts call, ReadOnlyMemory<byte> message, string? approvalId, CancellationToken cancellationToken) =>
        AskAsync(own, new EvaluateCall { Call = call, Stamp = numbering.Next(), Message = seal.Seal(message.Span, call.CallId), ApprovalId = approvalId }, cancellationToken);

    /// <summary>
    /// As <see cref="DecideAsync(OwnTime, CallFacts, ReadOnlyMemory{byte}, string?, CancellationToken)"/>; where no list has shown the call's
    /// tool, <paramref name="showTools"/> has policy review the server's own, and policy decides again. Both are one message of the edge, with one record.
    /// </summary>
    public async ValueTask<CallDecided?> DecideAsync(OwnTime own, CallFacts call, ReadOnlyMemory<byte> message, string? approvalId, Func<ValueTask> showTools, CancellationToken cancellationToken)
    {
        var evaluate = new EvaluateCall { Call = call, Stamp = numbering.Next(), Message = seal.Seal(message.Span, call.CallId), ApprovalId = approvalId, AsksAgain = true };
        var decided = await AskAsync(own, evaluate, cancellationToken);
        if (decided is not { NeedsToolList: true })
        {
            return decided;
        }

        await showTools();
        return await AskAsync(own, evaluate with { AsksAgain = false }, cancellationToken);
    }

    private async ValueTask<CallDecided?> AskAsync(OwnTime own, EvaluateCall evaluate, CancellationToken cancellationToken)
    {
        try
        {
            var decided = await own.AskAsync(ask, evaluate, cancellationToken);
            return decided.CallId == evaluate.Call.CallId ? decided : null;
        }
        catch (Exception e) when (e is BusUnavailableException or OperationCanceledException)
        {
            journal.Void(evaluate.Stamp, evaluate.Call, $"Not decided: {(e is BusUnavailableException ? e.Message : "the client went away.")}");
            return null;
        }
    }
}
