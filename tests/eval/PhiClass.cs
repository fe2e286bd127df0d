namespace Chaperone.Eval;

/// <summary>The classes of 45 CFR 164.514(b)(2)(i)(A)-(R) by which quality is reported, secrets, and two rows that are reported apart.</summary>
internal enum PhiClass
{
    /// <summary>No identifier under the rule, or not measurable here: left out, with the reason in the label table.</summary>
    LeftOut = 0,
    Name,
    Place,
    Date,
    Age,
    Phone,
    Email,
    Ssn,
    Mrn,
    Plan,
    Account,
    License,
    Vehicle,
    Device,
    Url,
    Ip,
    Biometric,
    Photo,
    OtherId,
    Secret,

    /// <summary>Identity numbers of other countries as bare strings: no label, no shape of ours. Reported, without a target.</summary>
    Foreign,

    /// <summary>Names of organisations: identifiers only as employers or places. Reported, without a target.</summary>
    Organization,
}
