namespace Chaperone.Console.Disclosures;

/// <summary>How an accounting is written.</summary>
internal enum DisclosureFormat
{
    /// <summary>RFC 4180 with one heading line.</summary>
    Csv = 0,

    /// <summary>One page that can be printed.</summary>
    Html = 1,

    /// <summary>FHIR R4 AuditEvents, one a line; see <see cref="DisclosureEvents"/>.</summary>
    Fhir = 2,
}
