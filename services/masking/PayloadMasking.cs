using Chaperone.Masking.Patients;

namespace Chaperone.Masking;

/// <summary>A response and its request, masked together for the caller and for the record.</summary>
internal sealed record PayloadMasking
{
    /// <summary>What the caller may get.</summary>
    public required MaskedMessage Released { get; init; }

    /// <summary>The response for record and search: always by safe harbor.</summary>
    public required MaskedMessage Recorded { get; init; }

    /// <summary>The request for record and search; null if there is none.</summary>
    public MaskedMessage? Request { get; init; }

    /// <summary>Pseudonyms of the patients of both, for the record; null if there are none.</summary>
    public RecordPatients? Patients { get; init; }

    /// <summary>Masks both; what one gives away is masked in the other. <paramref name="patients"/> takes whose identifiers they hold.</summary>
    public static PayloadMasking Mask(Masker masker, byte[] payload, byte[]? request, MaskingProfile profile, MaskContext context, PatientBook? patients = null)
    {
        var known = new KnownValues();
        var record = context with { Exempt = [] };
        var asked = request is null ? null : Ask(masker, request, record, known, patients);
        var learnt = known.Count;

        // What is recorded is masked whole, so whatever identifies somebody comes by there, also what the caller sees.
        var same = profile == MaskingProfile.SafeHarbor && context.Exempt.Count == 0;
        var released = masker.Mask(payload, profile, context, known, same ? patients : null);
        var recorded = same ? released : masker.Mask(payload, MaskingProfile.SafeHarbor, record, known, patients);
        if (request is not null && known.Count > learnt)
        {
            asked = Ask(masker, request, record, known, patients);
        }

        if (patients is not null)
        {
            patients.IsIncomplete |= recorded.Withheld || asked is { Withheld: true };
        }

        return new PayloadMasking { Released = released, Recorded = recorded, Request = asked, Patients = RecordPatients.Of(patients) };
    }

    private static MaskedMessage Ask(Masker masker, byte[] request, MaskContext record, KnownValues known, PatientBook? patients)
    {
        if (patients is null)
        {
            return masker.Mask(request, MaskingProfile.SafeHarbor, record, known);
        }

        patients.ReadsRequest = true;
        var masked = masker.Mask(request, MaskingProfile.SafeHarbor, record, known, patients);
        patients.ReadsRequest = false;
        return masked;
    }
}
