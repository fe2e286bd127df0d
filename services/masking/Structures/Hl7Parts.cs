using Chaperone.Masking.Detectors;

namespace Chaperone.Masking.Structures;

/// <summary>Which components of HL7 v2's composite data types identify someone: codes, types and authorities between them stay (v2.8, chapter 2A).</summary>
internal static class Hl7Parts
{
    // Numbered from 1. "-" stays; "=" is what the field is; "Title" and "Code" stay where they are one.
    private static readonly Part[] Xpn = Parts("Name Name Name Title Title Title - - Name Date - Date Date Title");
    private static readonly Part[] Xcn = Parts("Id Name Name Name Title Title Title - - - - - - - - Name Date - Date Date Title - -");
    private static readonly Part[] Xad = Parts("Address Address City - Zip - - City City City - Date Date Date");
    private static readonly Part[] Xtn = Parts("Phone Code Code Email Phone Phone Phone Phone Phone Phone Phone Phone Date Date");
    private static readonly Part[] Cx = Parts("= = - - - - Date Date - -");
    private static readonly Part[] Ts = Parts("Date -");

    /// <summary>What component <paramref name="number"/> (from 1) of a field is; None where it stays.</summary>
    public static Identifier Find(Identifier field, bool person, int number, ReadOnlySpan<char> value)
    {
        var parts = field switch
        {
            Identifier.Name => person ? Xcn : Xpn,
            Identifier.Address => Xad,
            Identifier.Phone or Identifier.Fax or Identifier.Email => Xtn,
            Identifier.Mrn or Identifier.Id or Identifier.Account or Identifier.Plan or Identifier.License or Identifier.Ssn or Identifier.Device => Cx,
            Identifier.Date => Ts,
            _ => [],
        };
        if (number > parts.Length)
        {
            return field;
        }

        var part = parts[number - 1];
        return part.Is switch
        {
            Kind.Field => field,
            Kind.Title when IsTitle(value) => Identifier.None,
            Kind.Code when !value.ContainsAnyInRange('0', '9') => Identifier.None,
            _ => part.Identifier,
        };
    }

    private static bool IsTitle(ReadOnlySpan<char> value) =>
        NameReader.IsTitle(value.TrimEnd('.')) || NameReader.IsCredential(value) || value is "PHD" or "JR" or "SR" or "Jr" or "Sr" or "II" or "III" or "IV";

    private static Part[] Parts(string names) =>
    [
        .. names.Split(' ').Select(name => name switch
        {
            "-" => new Part(Kind.Other, Identifier.None),
            "=" => new Part(Kind.Field, Identifier.None),
            "Code" => new Part(Kind.Code, Identifier.Phone),
            "Title" => new Part(Kind.Title, Identifier.Name),
            _ => new Part(Kind.Other, Enum.Parse<Identifier>(name)),
        }),
    ];

    private enum Kind : byte
    {
        Other,
        Field,
        Title,
        Code,
    }

    private readonly record struct Part(Kind Is, Identifier Identifier);
}
