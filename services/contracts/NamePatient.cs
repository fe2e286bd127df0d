namespace Chaperone.Contracts;

/// <summary>Console to masking: under which pseudonyms would an identifier stand in the records? Kept nowhere.</summary>
public sealed record NamePatient
{
    /// <summary>Names this question; <see cref="Identifier"/> and the answer are sealed under it.</summary>
    public required Guid RequestId { get; init; }

    /// <summary><see cref="PatientIdentifier"/> as JSON, sealed.</summary>
    public required SealedPayload Identifier { get; init; }
}

/// <summary>One identifier of a patient; crosses the bus sealed.</summary>
public sealed record PatientIdentifier
{
    /// <summary>What it is.</summary>
    public required PatientIdentifierKind Kind { get; init; }

    /// <summary>As it is written anywhere: case, spaces and punctuation do not matter. At most 256 characters.</summary>
    public required string Value { get; init; }
}

/// <summary>What an identifier of a patient is.</summary>
public enum PatientIdentifierKind
{
    /// <summary>A number of the patient: MRN, SSN, member or account number, id in a system. Which of them is said by the records.</summary>
    Number = 0,

    /// <summary>Telephone or fax number.</summary>
    Phone = 1,

    /// <summary>E-mail address.</summary>
    Email = 2,
}

/// <summary>The pseudonyms of an identifier.</summary>
public sealed record PatientNamed
{
    /// <summary>One of 16 bytes for each key of <c>masking.key</c>, one after the other, sealed under the question; null with a <see cref="Problem"/>.</summary>
    public SealedPayload? Marks { get; init; }

    /// <summary>Ids of these keys, in the same order.</summary>
    public string[] KeyIds { get; init; } = [];

    /// <summary>Why there are none, one sentence; null if there are.</summary>
    public string? Problem { get; init; }
}
