using System.Diagnostics;
using Chaperone.Bus;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using Chaperone.Masking.Patients;

namespace Chaperone.Masking;

/// <summary>Answers <see cref="MaskResult"/>: masks, makes the outcome durable, and only then answers (invariant 1).</summary>
internal sealed class MaskResultDoor(Masker masker, IPayloadSeal seal, IJournal journal, PatientKeys patients, TimeProvider time, MaskingTelemetry telemetry) : IDoor<MaskResult, ResultMasked>
{
    public async ValueTask<ResultMasked> AnswerAsync(MaskResult request, CancellationToken cancellationToken)
    {
        var callId = request.Call.CallId;
        var context = new MaskContext
        {
            Method = request.Call.Method,
            SessionId = request.Call.SessionId,
            Server = request.Call.Server,
            Tool = request.Call.Target,
            OutputSchema = request.OutputSchema,
            Own = request.OwnMasking,

            // Who is shown a request to be approved is not who made it.
            Exempt = request.Purpose == MaskPurpose.Display ? [] : request.Decision.Exempt,
            ApprovalId = request.Outcome is { Status: OutcomeStatus.Refused or OutcomeStatus.Pending or OutcomeStatus.Cancelled } own ? own.ApprovalId : null,
        };
        var payload = seal.Open(request.Payload, callId);
        var asked = request.Request is null ? null : seal.Open(request.Request, callId);

        // A rule that shows more to the caller shows no more to the approver, whose cards lie in other systems.
        var profile = request.Purpose == MaskPurpose.Display ? MaskingProfile.SafeHarbor : MaskingProfiles.Parse(request.Decision.Masking);
        var started = Stopwatch.GetTimestamp();
        PayloadMasking masked;
        using (MaskingTelemetry.Masking())
        {
            masked = PayloadMasking.Mask(masker, payload, asked, profile, context, request.Purpose == MaskPurpose.Display ? null : new PatientBook(patients));
        }

        telemetry.Masked(masked.Released, request.Purpose, started);
        if (request.Purpose != MaskPurpose.Display)
        {
            await journal.WriteAsync(OutcomeRecord.For(request, masked, seal, time.GetUtcNow()), cancellationToken);
        }

        return new ResultMasked
        {
            CallId = callId,
            Disposition = masked.Released.Withheld ? MaskDisposition.Withheld : MaskDisposition.Released,
            Payload = seal.Seal(masked.Released.Bytes.Span, callId),
            Findings = masked.Released.Findings,
            Places = masked.Released.Places,
        };
    }
}
