using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Chaperone.Benchmarks.Masking;

/// <summary>Answers of tools to measure masking with; all people in them are made up.</summary>
internal static class Payloads
{
    private const int NoteLength = 4096;

    private const string Paragraph =
        "Evelyn Morris is a 56-year-old female with a history of coronary artery disease, admitted on 2021-03-04 with chest pain. BP 120/80, HR 72, troponin 0.02 ng/mL. "
        + "She takes metoprolol 25 mg twice daily and was told to return if symptoms recur. MRN: 4432187. ";

    private const string Visit = """
        HISTORY OF PRESENT ILLNESS:
        Mr. Daniel Okafor is a 67 y.o. male (MRN: 88213407, DOB 03/14/1957) who presents to Riverside General Hospital with three days of worsening shortness of breath and a productive cough.
        He was last seen by Dr. Priya Raman on 11/02/2023 for follow up of his COPD. He denies fever, chills, or chest pain. His daughter Amaka (phone 312-555-0188) reports that he has been using his inhaler every four hours.

        MEDICATIONS:
        Tiotropium 18 mcg daily, lisinopril 20 mg daily, metformin 1000 mg twice daily, atorvastatin 40 mg at bedtime.

        PHYSICAL EXAM:
        Vitals: BP 142/86, HR 98, RR 24, SpO2 89% on room air, T 37.2 C. Lungs: Diffuse expiratory wheezes bilaterally. Heart: Regular rate and rhythm, no murmurs. Abdomen soft and nontender.

        ASSESSMENT AND PLAN:
        1. Acute exacerbation of COPD. Start prednisone 40 mg daily for five days, azithromycin, and scheduled nebulizers. Chest X-ray shows hyperinflation without infiltrate.
        2. Diabetes, monitor glucose while on steroids. Will discuss with his endocrinologist, Dr. Raman, before discharge. He lives in Evanston, IL 60201 with his wife.

        """;

    /// <summary>Rows of codes, units, numbers and comments.</summary>
    public static byte[] CleanRows(int bytes) => Rows(bytes, i => JsonSerializer.Serialize(new { code = "e11.9", unit = "mg/dl", value = 100 + (i % 900), flag = "normal", comment = "within the reference range of the analyser" }));

    /// <summary>Objects in objects with sentences.</summary>
    public static byte[] CleanProse(int bytes) => Rows(bytes, i => JsonSerializer.Serialize(new
    {
        panel = new
        {
            kind = "metabolic",
            parts = new[]
            {
                new { analyte = "sodium", result = new { value = 135 + (i % 10), unit = "mmol/l" }, comment = "the sample was not hemolysed and the result is within the expected range for adults" },
                new { analyte = "potassium", result = new { value = 4 + (i % 2), unit = "mmol/l" }, comment = "slightly above the upper bound, repeat in one week if symptoms persist or get worse" },
            },
            remarks = "no action is needed at this point because all values are stable since the last measurement",
        },
    }));

    /// <summary>FHIR Observations without a subject.</summary>
    public static byte[] CleanFhir(int bytes) => Rows(bytes, i => $$$"""
        {"resourceType":"Observation","status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory","display":"laboratory"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"2345-7","display":"Glucose [Mass/volume] in Serum or Plasma"}],"text":"Glucose"},"valueQuantity":{"value":{{{(80 + (i % 60)).ToString(CultureInfo.InvariantCulture)}}},"unit":"mg/dL","system":"http://unitsofmeasure.org","code":"mg/dL"},"interpretation":[{"coding":[{"code":"N","display":"Normal"}]}],"referenceRange":[{"low":{"value":70,"unit":"mg/dL"},"high":{"value":99,"unit":"mg/dL"}}]}
        """);

    /// <summary>Every value but the sentence's small words identifies someone.</summary>
    public static byte[] Dense(int bytes) => Rows(bytes, i => JsonSerializer.Serialize(new
    {
        mrn = $"A{i % 10_000}442{i % 10_000}",
        first_name = "Ann",
        last_name = $"Lee{(char)('a' + (i % 26))}ton",
        dob = "1980-03-04",
        phone = "415-555-0100",
        email = $"ann{i % 10_000}@clinic.org",
        note = $"Seen on 2021-03-{1 + (i % 28):00} by Dr. Jackson, SSN 123-45-6789.",
    }));

    /// <summary>One paragraph again and again: the same people all the time.</summary>
    public static byte[] Note() => Text(string.Concat(Enumerable.Repeat(Paragraph, (NoteLength / Paragraph.Length) + 1))[..NoteLength]);

    /// <summary>A visit in sections, with lists and several people.</summary>
    public static byte[] Sections() => Text(string.Concat(Enumerable.Repeat(Visit, (NoteLength / Visit.Length) + 1))[..NoteLength]);

    private static byte[] Rows(int bytes, Func<int, string> row)
    {
        var message = new StringBuilder("""{"jsonrpc":"2.0","id":1,"result":{"content":[],"structuredContent":{"rows":[""");
        for (var i = 0; i == 0 || message.Length < bytes; i++)
        {
            message.Append(i == 0 ? "" : ",").Append(row(i));
        }

        return Encoding.UTF8.GetBytes(message.Append("]}}}").ToString());
    }

    private static byte[] Text(string text) =>
        Encoding.UTF8.GetBytes("""{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":""" + JsonSerializer.Serialize(text) + "}]}}");
}
