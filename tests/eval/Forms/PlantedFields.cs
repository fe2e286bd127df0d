namespace Chaperone.Eval.Forms;

/// <summary>Sentinels under keys, columns and fields that identify: none may survive anywhere, free text beside them included.</summary>
internal static class PlantedFields
{
    private static readonly string[] Keys =
    [
        "patient name", "first name", "last name", "maiden name", "provider name", "emergency contact name", "street address", "address line 1", "city", "county", "zip code", "postal code",
        "date of birth", "admission date", "discharge date", "date of death", "home phone", "mobile", "fax", "email", "ssn", "social security number", "mrn", "medical record number", "patient id",
        "member id", "subscriber id", "policy number", "medicare number", "medicaid id", "account number", "bank account", "routing number", "credit card number", "npi", "dea number", "license number",
        "driver license", "passport number", "vin", "license plate", "device id", "serial number", "udi", "imei", "mac address", "website", "ip address", "fingerprint id", "biometric id", "photo",
        "encounter id", "visit number", "claim number", "accession number", "order number", "prescription number", "user name", "employee id", "password", "api key", "secret key", "session token",
    ];

    /// <summary>Texts that hold the sentinel, and the sentinel.</summary>
    public static IEnumerable<(string Text, string Sentinel)> All()
    {
        var number = 0;
        foreach (var key in Keys)
        {
            var words = key.Split(' ');
            var camel = words[0] + string.Concat(words.Skip(1).Select(w => char.ToUpperInvariant(w[0]) + w[1..]));
            string[] spellings = [string.Join('_', words), camel, string.Join('-', words), string.Join('.', words).ToUpperInvariant(), "patient_" + string.Join('_', words)];
            foreach (var spelling in spellings)
            {
                var sentinel = new Pattern((uint)(4801 + number++)).Fill("ZQ@@######");
                yield return ($$"""{"code":"E11.9","{{spelling}}":"{{sentinel}}"}""", sentinel);
                yield return ($$"""{"rows":[{"{{spelling}}":"{{sentinel}}","note":"about {{sentinel}}."}]}""", sentinel);
                yield return ($$"""{"columns":["code","{{spelling}}"],"rows":[["E11.9","{{sentinel}}"]]}""", sentinel);
                yield return ($"code,{spelling},mrn\nE11.9,{sentinel},4432109\n", sentinel);
                yield return ($"| {spelling} | mrn |\n|---|---|\n| {sentinel} | 4432109 |\n", sentinel);
            }
        }

        foreach (var field in new[] { "PID|1||{0}^^^H^MR||Doe^A", "PID|1||1||{0}^Ann", "PID|1||1||Doe^A||||||{0}^^Town", "PID|1||1||Doe^A||||||||{0}", "PID|1||1||Doe^A||||||||||||||{0}", "PV1|1|I||||||{0}^Lee", "IN1|1|A|B|C||||||||||||||||||||||||||||||||{0}", "NK1|1|{0}^Ann" })
        {
            var sentinel = new Pattern((uint)(9001 + number++)).Fill("ZQ@@######");
            yield return ("MSH|^~\\&|A|B|C|D|20240101||ADT^A01|1|P|2.5\r" + field.Replace("{0}", sentinel, StringComparison.Ordinal) + "\r", sentinel);
        }
    }
}
