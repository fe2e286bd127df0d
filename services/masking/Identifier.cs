namespace Chaperone.Masking;

/// <summary>What kind of identifier was found; the classes of 45 CFR 164.514(b)(2)(i)(A)-(R) in finer grain, and secrets.</summary>
internal enum Identifier
{
    None = 0,
    Name,
    Address,
    City,
    Location,
    Zip,
    Date,
    Age,
    Phone,
    Fax,
    Email,
    Ssn,
    Mrn,
    Plan,
    Account,
    Card,
    License,
    Vehicle,
    Device,
    Url,
    Ip,
    Biometric,
    Photo,
    Id,
    Secret,
    Blob,

    /// <summary>A text that the deep tier did not read, masked whole.</summary>
    Withheld,

    /// <summary>A text that the deep tier did not read, masked by what the engine itself found; no mask is one of it.</summary>
    Unread,
}
