namespace Chaperone.Contracts;

/// <summary>Class of an identifier in the part <c>patients</c> of a record; the numbers are kept for ever.</summary>
public enum PatientIdentifierClass
{
    /// <summary>A class of a newer version.</summary>
    Unknown = 0,

    /// <summary>Medical record number.</summary>
    Mrn = 1,

    /// <summary>Social Security number.</summary>
    Ssn = 2,

    /// <summary>Health plan number, e.g. a Medicare Beneficiary Identifier.</summary>
    Plan = 3,

    /// <summary>Account number.</summary>
    Account = 4,

    /// <summary>Certificate or licence number.</summary>
    License = 5,

    /// <summary>Another number or id of a record.</summary>
    Id = 6,

    /// <summary>Telephone number.</summary>
    Phone = 7,

    /// <summary>Fax number.</summary>
    Fax = 8,

    /// <summary>E-mail address.</summary>
    Email = 9,
}
