namespace Chaperone.Policy.Documents;

/// <summary>Names of the identifier classes, as the masking room knows them, that a rule may show to a role; after 45 CFR 164.514(b)(2)(i)(A)-(R). Secrets are never shown.</summary>
internal static class IdentifierClasses
{
    /// <summary>In the order in which they are told to people.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "name", "address", "city", "location", "zip", "date", "age", "phone", "fax", "email", "ssn", "mrn", "plan", "account", "card",
        "license", "vehicle", "device", "url", "ip", "biometric", "photo", "id",
    ];
}
