using System.ComponentModel;

namespace Chaperone.Demo.Clinic.Data;

/// <summary>One visit or stay.</summary>
internal sealed record Encounter
{
    public required long Id { get; init; }

    [Description("yyyy-MM-dd.")]
    public required string AdmittedOn { get; init; }

    [Description("yyyy-MM-dd; null while the patient is here.")]
    public string? DischargedOn { get; init; }

    [Description("ambulatory, emergency or inpatient.")]
    public required string Kind { get; init; }

    public required string Department { get; init; }

    public required string Physician { get; init; }

    public required string Reason { get; init; }

    [Description("ICD-10-CM.")]
    public required string DiagnosisCode { get; init; }

    [Description("Ids for get_note.")]
    public required long[] NoteIds { get; init; }

    public required LabValue[] Labs { get; init; }
}

/// <summary>One laboratory value.</summary>
internal sealed record LabValue
{
    [Description("yyyy-MM-dd.")]
    public required string TakenOn { get; init; }

    public required string Loinc { get; init; }

    public required string Name { get; init; }

    public required double Value { get; init; }

    public required string Unit { get; init; }

    [Description("normal, high or low.")]
    public required string Flag { get; init; }
}

/// <summary>A free-text note.</summary>
internal sealed record Note
{
    public required long Id { get; init; }

    public required string Mrn { get; init; }

    public required long EncounterId { get; init; }

    [Description("yyyy-MM-dd.")]
    public required string WrittenOn { get; init; }

    public required string Author { get; init; }

    public required string Title { get; init; }

    public required string Body { get; init; }
}
