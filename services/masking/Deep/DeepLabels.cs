using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace Chaperone.Masking.Deep;

/// <summary>What the numbers that a model answers mean: <c>id2label</c> of its <c>config.json</c>, in BIO, BILOU (or BIOES) or plain labels.</summary>
internal sealed class DeepLabels
{
    private const int Most = 4096;
    private const string Stays = "none";

    private static readonly FrozenDictionary<string, Identifier> Classes = Enum.GetValues<Identifier>()
        .Where(i => i is not (Identifier.None or Identifier.Blob or Identifier.Withheld or Identifier.Unread))
        .ToFrozenDictionary(i => i.ToString().ToLowerInvariant(), StringComparer.OrdinalIgnoreCase);

    // As the usual models of de-identification and of named entities call them.
    private static readonly FrozenDictionary<string, Identifier> Usual = """
        Name: PER PERSON NAME PATIENT DOCTOR STAFF HCW PRIVATE_PERSON FIRSTNAME FIRST_NAME GIVENNAME LASTNAME LAST_NAME SURNAME
        Location: LOC LOCATION GPE HOSP HOSPITAL PATORG FAC FACILITY COUNTY
        Address: ADDRESS STREET STREET_ADDRESS PRIVATE_ADDRESS
        City: CITY
        Zip: ZIP ZIPCODE POSTCODE
        Date: DATE DOB PRIVATE_DATE
        Age: AGE
        Phone: PHONE PHONE_NUMBER TELEPHONENUM PRIVATE_PHONE
        Fax: FAX
        Email: EMAIL EMAIL_ADDRESS PRIVATE_EMAIL
        Ssn: SSN US_SSN SOCIALNUM
        Mrn: MRN MEDICALRECORD MEDICAL_RECORD_NUMBER
        Plan: HEALTHPLAN PLAN
        Account: ACCOUNT ACCOUNTNUM ACCOUNT_NUMBER
        Card: CREDITCARDNUMBER CREDIT_CARD
        License: LICENSE DRIVERLICENSENUM
        Vehicle: VEHICLE
        Device: DEVICE
        Url: URL PRIVATE_URL
        Ip: IP IPADDR IP_ADDRESS
        Biometric: BIOID
        Id: ID IDNUM OTHERPHI USERNAME
        Secret: SECRET PASSWORD
        """.Split('\n').SelectMany(line => line[(line.IndexOf(':', StringComparison.Ordinal) + 2)..].TrimEnd().Split(' ').Select(label => (label, Enum.Parse<Identifier>(line[..line.IndexOf(':', StringComparison.Ordinal)]))))
        .ToFrozenDictionary(l => l.label, l => l.Item2, StringComparer.OrdinalIgnoreCase);

    private readonly Identifier[] _classes;
    private readonly bool[] _begins;

    private DeepLabels(Identifier[] classes, bool[] begins) => (_classes, _begins) = (classes, begins);

    /// <summary>The classes that a label may be called.</summary>
    public static IEnumerable<string> ClassNames => Classes.Keys.Order(StringComparer.Ordinal);

    /// <summary>How many numbers the model answers for a token.</summary>
    public int Count => _classes.Length;

    /// <summary>The class that a label is; None for what stays.</summary>
    public Identifier this[int label] => _classes[label];

    /// <summary>True where a label says that a find begins with this token.</summary>
    public bool Begins(int label) => _begins[label];

    /// <summary>The class called so; None for <c>none</c>, null for what is no class.</summary>
    public static Identifier? ClassOf(string name) =>
        name.Equals(Stays, StringComparison.OrdinalIgnoreCase) ? Identifier.None : Classes.TryGetValue(name, out var identifier) ? identifier : null;

    /// <summary>Reads <paramref name="config"/>; the operator's <paramref name="own"/> names come before the usual ones.</summary>
    /// <exception cref="InvalidDataException">There is no <c>id2label</c>, it has holes, or a label is not known.</exception>
    public static DeepLabels Read(JsonElement config, IReadOnlyDictionary<string, string> own)
    {
        if (config.ValueKind != JsonValueKind.Object || !config.TryGetProperty("id2label", out var named) || named.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidDataException("config.json has no object id2label; take the one of a token classifier.");
        }

        var labels = new SortedDictionary<int, string>();
        foreach (var label in named.EnumerateObject())
        {
            if (!int.TryParse(label.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || label.Value.ValueKind != JsonValueKind.String || labels.Count == Most)
            {
                throw new InvalidDataException($"config.json's id2label must name at most {Most} numbers, each with a string.");
            }

            labels[number] = label.Value.GetString()!;
        }

        if (labels.Count < 2 || labels.Keys.Last() != labels.Count - 1)
        {
            throw new InvalidDataException("config.json's id2label must name the numbers from 0 on without holes, at least two.");
        }

        var read = labels.Values.Select(l => Read(l, own)).ToArray();
        var unknown = labels.Values.Where((_, i) => read[i].Identifier is null).Select(l => Bare(l).Label).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
        if (unknown.Length > 0)
        {
            throw new InvalidDataException($"The model's labels {string.Join(", ", unknown)} are not known; say what each is, e.g. Masking:Deep:Labels:{unknown[0]}=none.");
        }

        return new DeepLabels([.. read.Select(r => r.Identifier!.Value)], [.. read.Select(r => r.Begins)]);
    }

    private static (Identifier? Identifier, bool Begins) Read(string label, IReadOnlyDictionary<string, string> own)
    {
        var (bare, mark) = Bare(label);
        var begins = mark is 'B' or 'U' or 'S';
        return Find(label, own) is { } whole ? (whole, false) : (Find(bare, own), begins);
    }

    private static Identifier? Find(string label, IReadOnlyDictionary<string, string> own) =>
        own.TryGetValue(label, out var name) ? ClassOf(name)
        : label.Equals("O", StringComparison.OrdinalIgnoreCase) ? Identifier.None
        : Usual.TryGetValue(label, out var identifier) ? identifier : null;

    // "B-PER": the label, and where in a find it stands.
    private static (string Label, char Mark) Bare(string label) =>
        label.Length > 2 && label[1] is '-' or '_' && char.ToUpperInvariant(label[0]) is 'B' or 'I' or 'L' or 'E' or 'U' or 'S'
            ? (label[2..], char.ToUpperInvariant(label[0]))
            : (label, '\0');
}
