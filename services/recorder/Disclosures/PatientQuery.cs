namespace Chaperone.Recorder.Disclosures;

/// <summary>Which records are asked for.</summary>
/// <param name="Marks">Pseudonyms, one of which must be there.</param>
/// <param name="From">Records of the hours from here ...</param>
/// <param name="To">... to here; what lies beside the period in them is for the caller to leave out.</param>
/// <param name="Limit">At most so many hits.</param>
internal sealed record PatientQuery(IReadOnlyList<byte[]> Marks, DateTimeOffset From, DateTimeOffset To, int Limit);
