using Chaperone.Contracts;

namespace Chaperone.Recorder.Disclosures;

/// <summary>A record that holds a pseudonym.</summary>
internal readonly record struct PatientHit(long Index, PatientIdentifierClass Class, PatientPlace Place)
{
    /// <summary>As a store keeps it.</summary>
    public static PatientHit Of(long index, int @class, int place) => new(index, PatientPart.ClassOf(@class), (PatientPlace)place);
}
