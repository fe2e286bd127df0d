namespace Chaperone.Eval;

/// <summary>How classes are called, and which class the engine's types are of.</summary>
internal static class PhiClasses
{
    private static readonly Dictionary<string, PhiClass> Types = new(StringComparer.Ordinal)
    {
        ["NAME"] = PhiClass.Name,
        ["ADDRESS"] = PhiClass.Place,
        ["CITY"] = PhiClass.Place,
        ["LOCATION"] = PhiClass.Place,
        ["ZIP"] = PhiClass.Place,
        ["DATE"] = PhiClass.Date,
        ["AGE"] = PhiClass.Age,
        ["PHONE"] = PhiClass.Phone,
        ["FAX"] = PhiClass.Phone,
        ["EMAIL"] = PhiClass.Email,
        ["SSN"] = PhiClass.Ssn,
        ["MRN"] = PhiClass.Mrn,
        ["PLAN"] = PhiClass.Plan,
        ["ACCOUNT"] = PhiClass.Account,
        ["CARD"] = PhiClass.Account,
        ["LICENSE"] = PhiClass.License,
        ["VEHICLE"] = PhiClass.Vehicle,
        ["DEVICE"] = PhiClass.Device,
        ["URL"] = PhiClass.Url,
        ["IP"] = PhiClass.Ip,
        ["BIOMETRIC"] = PhiClass.Biometric,
        ["PHOTO"] = PhiClass.Photo,
        ["BLOB"] = PhiClass.Photo,
        ["ID"] = PhiClass.OtherId,
        ["SECRET"] = PhiClass.Secret,
    };

    /// <summary>The class of a finding's type; a type that this table does not know is an error of the table.</summary>
    public static PhiClass OfType(string type) => Types.TryGetValue(type, out var known) ? known : throw new InvalidDataException($"The label table has no class for the engine's type {type}.");

    /// <summary>E.g. <c>A names</c>.</summary>
    public static string Title(PhiClass phi) => phi switch
    {
        PhiClass.Name => "A names",
        PhiClass.Place => "B places below a state, ZIP",
        PhiClass.Date => "C dates",
        PhiClass.Age => "C ages over 89",
        PhiClass.Phone => "D, E telephone and fax",
        PhiClass.Email => "F e-mail",
        PhiClass.Ssn => "G social security and tax numbers",
        PhiClass.Mrn => "H medical record numbers",
        PhiClass.Plan => "I health plan numbers",
        PhiClass.Account => "J accounts and cards",
        PhiClass.License => "K certificates and licences",
        PhiClass.Vehicle => "L vehicles and plates",
        PhiClass.Device => "M devices and serials",
        PhiClass.Url => "N URLs",
        PhiClass.Ip => "O IP addresses",
        PhiClass.Biometric => "P biometric identifiers",
        PhiClass.Photo => "Q photographs",
        PhiClass.OtherId => "R other unique numbers",
        PhiClass.Secret => "secrets",
        PhiClass.Foreign => "ids of other countries, bare",
        PhiClass.Organization => "organisations",
        _ => "left out",
    };
}
