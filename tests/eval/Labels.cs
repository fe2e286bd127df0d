using System.Globalization;

namespace Chaperone.Eval;

/// <summary>Which class the labels of the data sets are of, or why they are left out.</summary>
internal static class Labels
{
    private static readonly Dictionary<string, PhiClass> Classes = Read("""
        Name: PERSON_NAME NAME PERSON
        Place: STREET_ADDRESS ADDRESS CITY ZIP COUNTY PLACE GEO GEOGRAPHIC_LOCATION LOCATION LOCATION_NAME POSTAL_CODE LATITUDE_LONGITUDE UK_POSTCODE DE_PLZ
        Date: DATE DATE_OF_BIRTH TIMESTAMP DATE_TIME
        Age: AGE
        Phone: PHONE_NUMBER PHONE TR_PHONE_NUMBER PH_MOBILE_NUMBER
        Email: EMAIL_ADDRESS EMAIL
        Ssn: SOCIAL_SECURITY_NUMBER SSN US_SSN US_ITIN NATIONAL_ID_NUMBER TAX_ID
        Mrn: MEDICAL_RECORD_NUMBER
        Plan: HEALTH_PLAN_BENEFICIARY_NUMBER HEALTH_INSURANCE_ID HEALTH_PLAN_ID INSURANCE_POLICY_NUMBER US_MBI
        Account: ACCOUNT BANK_ACCOUNT_NUMBER BANK_ROUTING_NUMBER CREDIT_CARD_NUMBER CREDIT_CARD IBAN IBAN_CODE SWIFT_BIC_CODE ABA_ROUTING_NUMBER
        License: NPI NPI_NUMBER US_NPI MEDICAL_LICENSE DRIVER_LICENSE DRIVER_LICENSE_NUMBER US_DRIVER_LICENSE PASSPORT PASSPORT_NUMBER US_PASSPORT VISA_NUMBER PROVIDER_ID
        Vehicle: VEHICLE_IDENTIFICATION_NUMBER LICENSE_PLATE
        Device: DEVICE_IDENTIFIER MAC_ADDRESS
        Url: URL
        Ip: IP_ADDRESS
        Biometric: BIOMETRIC_ID
        OtherId: UNIQUE_ID UNIQUE_IDENTIFIER EMPLOYEE_ID USERNAME SOCIAL_MEDIA_HANDLE PRESCRIPTION_NUMBER
        Secret: API_KEY PASSWORD AUTHENTICATION_TOKEN
        Organization: ORGANIZATION ORGANIZATION_NAME
        """);

    /// <summary>Why labels are left out.</summary>
    public static readonly (string Labels, string Why)[] LeftOut =
    [
        ("HEALTH_CONDITION, MEDICATION_NAME, PROCEDURE_NAME", "what the record is about; no identifier"),
        ("TITLE, PREFIX, JOB_TITLE, GENDER, ETHNICITY, NATIONALITY, NRP, MARITAL_STATUS, RELIGIOUS_BELIEF, POLITICAL_OPINION, EDUCATION_LEVEL, HOUSEHOLD_SIZE, SALARY, VEHICLE_MODEL", "describe a person without being one of the 18"),
        ("DOMAIN_NAME", "a host name alone is no URL and names no one"),
        ("CRYPTO, CRYPTOCURRENCY_ADDRESS", "bare strings of another trade; masked behind a label"),
        ("a county and a month of a year in the hard negatives", "164.514(b)(2)(i)(B) and (C) ask for them, so they are masked and not counted as errors"),
        ("a year alone, a weekday, a time without a date", "164.514(b)(2)(i)(C) lets years stay; the others are no date"),
        ("numbers of zeros, the first of January", "already are what a field's mask makes of them"),
        ("ages under 90", "may stay"),
        ("states and countries", "only subdivisions smaller than a state must go"),
        ("ORGANIZATION, ORGANIZATION_NAME", "reported apart: an employer's or hospital's name counts, a company's in general does not"),
        ("ids of other countries (labels with a country's prefix)", "reported apart: bare strings without a label"),
    ];

    private static readonly HashSet<string> NotMeasured = new("""
        HEALTH_CONDITION MEDICATION_NAME PROCEDURE_NAME TITLE PREFIX JOB_TITLE GENDER ETHNICITY NATIONALITY NRP MARITAL_STATUS RELIGIOUS_BELIEF POLITICAL_OPINION EDUCATION_LEVEL
        HOUSEHOLD_SIZE SALARY VEHICLE_MODEL DOMAIN_NAME CRYPTO CRYPTOCURRENCY_ADDRESS MISC GROUP
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);

    /// <summary>The class of a labelled span; <see cref="PhiClass.LeftOut"/> for what is no identifier.</summary>
    public static PhiClass Of(string label, string text)
    {
        if (NotMeasured.Contains(label))
        {
            return PhiClass.LeftOut;
        }

        if (!Classes.TryGetValue(label, out var found))
        {
            return label.Length > 3 && label[2] == '_' ? PhiClass.Foreign : throw new InvalidDataException($"The label table does not know {label}.");
        }

        if (IsItsOwnMask(text))
        {
            return PhiClass.LeftOut;
        }

        return found switch
        {
            PhiClass.Date when IsNoDate(text) => PhiClass.LeftOut,
            PhiClass.Age when !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var age) || age < 90 => PhiClass.LeftOut,
            PhiClass.Place when States.Contains(text) => PhiClass.LeftOut,
            _ => found,
        };
    }

    // Masks keep the shape of a field: zeros, and the first of January of the same year.
    private static bool IsItsOwnMask(string text) =>
        text.Any(char.IsAsciiDigit) && (!text.Any(c => char.IsLetter(c) || c is >= '1' and <= '9')
            || text.EndsWith("-01-01", StringComparison.Ordinal) || (text.Length is 8 or 12 or 14 && text.All(char.IsAsciiDigit) && text.AsSpan(4).SequenceEqual("0101000000".AsSpan(0, text.Length - 4))));

    private static bool IsNoDate(string text) =>
        !text.Any(char.IsAsciiDigit)
        || (text.Length == 4 && text.All(char.IsAsciiDigit))
        || (text.Contains(':', StringComparison.Ordinal) && text.IndexOfAny(['-', '/', ' ', 'T']) < 0);

    private static Dictionary<string, PhiClass> Read(string table)
    {
        var classes = new Dictionary<string, PhiClass>(StringComparer.Ordinal);
        foreach (var line in table.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            foreach (var label in line[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                classes.Add(label, Enum.Parse<PhiClass>(line[..colon]));
            }
        }

        return classes;
    }
}
