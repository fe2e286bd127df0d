using System.ComponentModel;

namespace Chaperone.Demo.Clinic.Tools;

/// <summary>What a search found.</summary>
internal sealed record PatientPage
{
    [Description("How many patients match in all.")]
    public required int Total { get; init; }

    [Description("The first of them.")]
    public required PatientSummary[] Patients { get; init; }
}

/// <summary>Enough to tell patients apart.</summary>
internal sealed record PatientSummary
{
    public required string Mrn { get; init; }

    public required string FirstName { get; init; }

    public required string LastName { get; init; }

    [Description("yyyy-MM-dd.")]
    public required string BirthDate { get; init; }

    public required string Sex { get; init; }

    public required string City { get; init; }
}

/// <summary>What was removed.</summary>
internal sealed record Deletion
{
    public required string Mrn { get; init; }

    [Description("Encounters that were removed along.")]
    public required int Encounters { get; init; }
}
