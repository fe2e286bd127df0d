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

    /// <summary>Masks both; what one gives away is masked in the other.</summary>
    public static PayloadMasking Mask(Masker masker, byte[] payload, byte[]? request, MaskingProfile profile, MaskContext context)
    {
        var known = new KnownValues();
        var record = context with { Exempt = [] };
        var asked = request is null ? null : masker.Mask(request, MaskingProfile.SafeHarbor, record, known);
        var learnt = known.Count;
        var released = masker.Mask(payload, profile, context, known);
        var recorded = profile == MaskingProfile.SafeHarbor && context.Exempt.Count == 0 ? released : masker.Mask(payload, MaskingProfile.SafeHarbor, record, known);
        if (request is not null && known.Count > learnt)
        {
            asked = masker.Mask(request, MaskingProfile.SafeHarbor, record, known);
        }

        return new PayloadMasking { Released = released, Recorded = recorded, Request = asked };
    }
}
