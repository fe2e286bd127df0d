using Chaperone.Bus;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;

namespace Chaperone.Edge.Release;

/// <summary>Has bytes masked and their outcome recorded: the only way by which anything gets released (invariant 1).</summary>
internal sealed class Masking(IAsk<MaskResult, ResultMasked> ask, IPayloadSeal seal, EdgeNumbering numbering, EdgeJournal journal, ToolSchemas schemas)
{
    /// <summary>The bytes to release, recorded and durable; null when they must not be released.</summary>
    public async ValueTask<byte[]?> MaskAsync(Exchange exchange, MaskPurpose purpose, ReadOnlyMemory<byte> payload, OutcomeFacts outcome)
    {
        var schema = await schemas.FindAsync(exchange, payload);
        var stamp = numbering.Next();
        var call = exchange.Call;
        var withRequest = !exchange.RequestRecorded && exchange.Message is not null;
        try
        {
            // The client's going away must not keep the outcome from being recorded; the bus bounds the wait.
            var masked = await exchange.Own.AskAsync(ask, new MaskResult
            {
                Call = call,
                Stamp = stamp,
                Purpose = purpose,
                Decision = exchange.Decision,
                OwnMasking = exchange.OwnMasking,
                Payload = seal.Seal(payload.Span, call.CallId),
                Request = withRequest ? seal.Seal(exchange.Message!.Bytes, call.CallId) : null,
                Outcome = outcome,
                OutputSchema = schema,
            }, CancellationToken.None, last: true);
            exchange.RequestRecorded |= withRequest;
            exchange.End = masked.Disposition == MaskDisposition.Withheld ? OutcomeStatus.Withheld : outcome.Status;
            return seal.Open(masked.Payload, call.CallId);
        }
        catch (Exception e) when (e is BusUnavailableException or System.Security.Cryptography.CryptographicException)
        {
            exchange.End = null;
            journal.Void(stamp, call, $"{purpose} not released: {e.Message}");
            return null;
        }
    }

    /// <summary>The client's request, masked for an approver's eyes and sealed under the call id; null when it cannot be masked.</summary>
    public async ValueTask<SealedPayload?> ForDisplayAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        try
        {
            var masked = await exchange.Own.AskAsync(ask, new MaskResult
            {
                Call = exchange.Call,
                Stamp = numbering.Unnumbered(),
                Purpose = MaskPurpose.Display,
                Decision = exchange.Decision,
                OwnMasking = exchange.OwnMasking,
                Payload = seal.Seal(exchange.Message!.Bytes, exchange.Call.CallId),
            }, cancellationToken);
            return masked.Payload;
        }
        catch (BusUnavailableException)
        {
            return null;
        }
    }
}
