using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using Chaperone.Masking.Patients;

namespace Chaperone.Masking;

/// <summary>The record of what was released, with masked text only (invariant 4).</summary>
internal static class OutcomeRecord
{
    private const string Json = "application/json";

    public static RecordEntry For(MaskResult request, PayloadMasking masked, IPayloadSeal seal, DateTimeOffset now)
    {
        var eventId = request.Stamp.EventId;
        var outcome = request.Outcome ?? throw new InvalidOperationException("An answer or event to be recorded carries no outcome.");
        return new RecordEntry
        {
            EventId = eventId,
            Kind = RecordKind.Outcome,
            OccurredAt = now,
            Source = "masking",
            Stamp = request.Stamp,
            Call = request.Call,
            Decision = request.Decision,
            Outcome = outcome with
            {
                Status = masked.Released.Withheld ? OutcomeStatus.Withheld : outcome.Status,
                Findings = masked.Recorded.Findings,
                Places = masked.Recorded.Places,
            },
            Parts = [.. Parts(masked, seal, eventId)],
        };
    }

    private static IEnumerable<RecordPart> Parts(PayloadMasking masked, IPayloadSeal seal, Guid eventId)
    {
        if (!masked.Recorded.Bytes.IsEmpty)
        {
            yield return Part("response_masked", masked.Recorded, seal, eventId);
        }

        if (masked.Request is { Bytes.IsEmpty: false } request)
        {
            yield return Part("request_masked", request, seal, eventId);
        }

        if (masked.Patients is { } patients)
        {
            yield return new RecordPart { Name = PatientBook.PartName, MediaType = patients.MediaType, Searchable = false, Content = seal.Seal(patients.Bytes, eventId) };
        }
    }

    private static RecordPart Part(string name, MaskedMessage message, IPayloadSeal seal, Guid eventId) => new()
    {
        Name = name,
        MediaType = Json,
        Searchable = true,
        Content = seal.Seal(message.Bytes.Span, eventId),
    };
}
