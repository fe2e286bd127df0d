using System.ComponentModel;

namespace Chaperone.Demo.Clinic.Data;

/// <summary>One synthetic patient with everything the register holds.</summary>
internal sealed record Patient
{
    [Description("Medical record number.")]
    public required string Mrn { get; init; }

    [Description("Given name.")]
    public required string FirstName { get; init; }

    [Description("Family name.")]
    public required string LastName { get; init; }

    [Description("female, male or other.")]
    public required string Sex { get; init; }

    [Description("Date of birth, yyyy-MM-dd.")]
    public required string BirthDate { get; init; }

    [Description("Social security number.")]
    public required string Ssn { get; init; }

    [Description("Phone number.")]
    public required string Phone { get; init; }

    [Description("E-mail address.")]
    public required string Email { get; init; }

    [Description("Home address.")]
    public required Address Address { get; init; }

    [Description("Health insurance.")]
    public required Insurance Insurance { get; init; }

    [Description("Whom to call in an emergency.")]
    public required Contact EmergencyContact { get; init; }

    [Description("Primary care physician.")]
    public required string Physician { get; init; }
}

/// <summary>Where somebody lives.</summary>
internal sealed record Address
{
    public required string Street { get; init; }

    public required string City { get; init; }

    [Description("Two-letter state.")]
    public required string State { get; init; }

    public required string Zip { get; init; }
}

/// <summary>Who pays.</summary>
internal sealed record Insurance
{
    public required string Insurer { get; init; }

    public required string MemberId { get; init; }

    [Description("Medicare beneficiary identifier; null for patients without Medicare.")]
    public string? Mbi { get; init; }
}

/// <summary>Somebody close to a patient.</summary>
internal sealed record Contact
{
    public required string Name { get; init; }

    public required string Phone { get; init; }
}
