using System.Globalization;
using Chaperone.Masking.Detectors;
using FsCheck.Xunit;
using static Chaperone.Masking.Tests.Profiles.ProfileBench;

namespace Chaperone.Masking.Tests.Profiles;

/// <summary>Attack: a reader of masked answers wants the values; a colleague of theirs needs the joins.</summary>
public sealed class LinkedMaskTests
{
    private const string DigitsSchema = """{"type":"object","properties":{"ssn":{"type":"string","pattern":"^[0-9]{3}-[0-9]{2}-[0-9]{4}$"},"npi":{"type":"string","pattern":"^[0-9]{10}$"},"mrn":{"type":"string","pattern":"^MRN-[0-9]{8}$"},"card_number":{"type":"string","pattern":"^[0-9]{16}$"}}}""";

    [Theory]
    [InlineData("mrn", "MRN-0048213", "mrn 004 8213")]
    [InlineData("ssn", "123-45-6789", "123456789")]
    [InlineData("patient_name", "Smith, John", "JOHN SMITH")]
    [InlineData("phone", "+1 (415) 555-0134", "415.555.0134")]
    [InlineData("email", "Ann.Lee@mail.org", "ann.lee@MAIL.org")]
    [InlineData("member_id", "w123 45 678", "W12345678")]
    public void Spellings_OfOneId_AreOneToken(string key, string one, string other)
    {
        var first = Field(Value($$"""{"{{key}}":"{{one}}"}"""), key);
        var second = Field(Value($$"""{"{{key}}":"{{other}}","note":"another call"}"""), key);

        Assert.Matches(@"^\[[A-Z]+:k1:[A-Z2-7]{20}\]$", first);
        Assert.Equal(first, second);
    }

    [Fact]
    public void Joins_OverRowsTablesAndText_Hold()
    {
        var inJson = Field(Value("""{"mrn":"A48213077"}"""), "mrn");

        Assert.Contains(inJson, Text("name,mrn,dob\nAnn Lee,A48213077,1980-02-03\nBo Ray,B1,1981-02-03\n"), StringComparison.Ordinal);
        Assert.Contains(inJson, Text("Seen today. MRN: A48213077, stable."), StringComparison.Ordinal);
    }

    [Property(MaxTest = 60)]
    public void DifferentIds_HaveDifferentTokens(uint one, uint other)
    {
        var (a, b) = (Field(Value($$"""{"mrn":"M{{one:00000000}}"}"""), "mrn"), Field(Value($$"""{"mrn":"M{{other:00000000}}"}"""), "mrn"));

        Assert.Equal(one == other, a == b);
        Assert.DoesNotContain($"{one:00000000}", a, StringComparison.Ordinal);
    }

    [Property(MaxTest = 60)]
    public void Shift_MovesAllDatesOfAPerson_AndKeepsTime(ushort person, ushort days)
    {
        var day = new DateOnly(2015, 1, 1).AddDays(days % 3000);
        var json = Value($$"""{"mrn":"P{{person:00000}}","admitted":"{{day:yyyy-MM-dd}}T10:15:30Z","discharge_date":"{{day.AddDays(9):MM/dd/yyyy}}","visit_date":"{{day:yyyyMMdd}}"}""");

        var admitted = DateOnly.ParseExact(Field(json, "admitted")[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture);
        Assert.EndsWith("T10:15:30Z", Field(json, "admitted"), StringComparison.Ordinal);
        Assert.InRange(Math.Abs(admitted.DayNumber - day.DayNumber), 1, 364);
        Assert.Equal(admitted.AddDays(9), DateOnly.ParseExact(Field(json, "discharge_date"), "MM/dd/yyyy", CultureInfo.InvariantCulture));
        Assert.Equal(admitted, DateOnly.ParseExact(Field(json, "visit_date"), "yyyyMMdd", CultureInfo.InvariantCulture));

        // Another call, another shape, the same person.
        var note = Text($"MRN: P{person:00000} was admitted on {day:yyyy-MM-dd}.");
        Assert.Contains($"[DATE:k1:{admitted:yyyy-MM-dd}]", note, StringComparison.Ordinal);
    }

    [Fact]
    public void Shift_OfTwoPeople_Differs()
    {
        var json = Value("""{"rows":[{"mrn":"P1001","seen":"2021-03-04"},{"mrn":"P1002","seen":"2021-03-04"},{"mrn":"P1001","seen":"2021-03-05"}]}""");
        var seen = System.Text.Json.JsonDocument.Parse(json).RootElement.GetProperty("rows").EnumerateArray()
            .Select(r => DateOnly.ParseExact(r.GetProperty("seen").GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture)).ToArray();

        Assert.NotEqual(seen[0], seen[1]);
        Assert.Equal(seen[0].AddDays(1), seen[2]);
    }

    [Fact]
    public void Shift_WithinTheRecordOfAPatient_ReachesVisitsBesideIt()
    {
        var json = Value("""{"patient":{"mrn":"P1001"},"visits":[{"visit_date":"2021-03-04"}]}""");
        var flat = Value("""{"mrn":"P1001","visit_date":"2021-03-04"}""");

        Assert.Contains(Field(flat, "visit_date"), json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"dob":"1930-02-03"}""", "1930")]
    [InlineData("""{"age":93}""", "93")]
    public void OverEightyNine_IsCapped(string json, string gone) => Assert.DoesNotContain(gone, Value(json), StringComparison.Ordinal);

    [Fact]
    public void Rotation_NewKeyWrites_OldTokensStay()
    {
        var before = new Masker(new MaskingOptions(), MaskingBench.Time, [Old]);
        var after = new Masker(new MaskingOptions(), MaskingBench.Time, [New, Old]);
        var old = Value("""{"mrn":"A48213077"}""", masker: before);

        Assert.Contains("[MRN:k0:", old, StringComparison.Ordinal);
        Assert.Equal(old, Value(old, masker: after));
        Assert.Contains("[MRN:k1:", Value("""{"mrn":"A48213077"}""", masker: after), StringComparison.Ordinal);
    }

    [Property(MaxTest = 80)]
    public void Schema_Digits_AreValidShapesButNoValidNumbers(uint seed)
    {
        var ssn = $"{(seed % 665) + 1:000}-{(seed % 99) + 1:00}-{(seed % 9999) + 1:0000}";
        var npi0 = 1_000_000_000 + (seed % 1_000_000_000);
        var (mrn0, card0) = ($"MRN-{seed % 100_000_000:00000000}", $"4{seed:000000000000000}");
        var json = Value($$"""{"ssn":"{{ssn}}","npi":"{{npi0}}","mrn":"{{mrn0}}","card_number":"{{card0}}"}""", schema: DigitsSchema);

        var (maskedSsn, npi, card) = (Field(json, "ssn"), Field(json, "npi"), Field(json, "card_number"));
        Assert.Matches("^9[0-9]{2}-00-[0-9]{4}$", maskedSsn);
        Assert.False(Checksums.Npi(npi));
        Assert.False(Checksums.Luhn(card));
        Assert.StartsWith("MRN-9", Field(json, "mrn"), StringComparison.Ordinal);
        Assert.NotEqual(ssn, maskedSsn);
        Assert.Equal(json, Value(json, schema: DigitsSchema));
    }

    [Theory]
    [InlineData("email", "email", "ann@mail.org", "bo@mail.org")]
    [InlineData("client_ip", "ipv4", "203.0.113.7", "203.0.113.8")]
    [InlineData("client_ip", "ipv6", "2001:470::7", "2001:470::8")]
    [InlineData("patient_id", "uuid", "7f6c2a10-52d0-4b8e-9a7e-0c8b1f0d1a11", "7f6c2a10-52d0-4b8e-9a7e-0c8b1f0d1a12")]
    [InlineData("photo_url", "uri", "https://ehr.org/p/1", "https://ehr.org/p/2")]
    public void Schema_Formats_JoinAndStay(string key, string format, string one, string other)
    {
        var schema = $$$$"""{"type":"object","properties":{"{{{{key}}}}":{"type":"string","format":"{{{{format}}}}"}}}""";
        var first = Value($$"""{"{{key}}":"{{one}}"}""", schema: schema);

        Assert.NotEqual(one, Field(first, key));
        Assert.Equal(first, Value($$"""{"{{key}}":"{{one}}"}""", schema: schema));
        Assert.NotEqual(first, Value($$"""{"{{key}}":"{{other}}"}""", schema: schema));
        Assert.Equal(first, Value(first, schema: schema));
    }

    [Property(MaxTest = 60)]
    public void Numbers_StayNumbers_JoinAndAreMaskedOnce(uint seed)
    {
        var json = Value($$"""{"mrn":{{seed + 1}},"account_number":{{seed + 1}}}""");

        Assert.Matches("^9[0-9]{14}$", Field(json, "mrn"));
        Assert.False(Checksums.Luhn(Field(json, "mrn")));
        Assert.NotEqual(Field(json, "mrn"), Field(json, "account_number"));
        Assert.Equal(json, Value(json));
    }

    [Theory]
    [InlineData("Patient John Smith, MRN: 4821307, SSN 123-45-6789, phone 415-555-0134, seen 2021-03-04 by Dr. Mary Jones.")]
    [InlineData("name,mrn,phone\nAnn Lee,4821307,415-555-0134\nBo Ray,4821308,415-555-0135\n")]
    [InlineData("MSH|^~\\&|A|B|C|D|20210304||ADT^A01|1|P|2.3\rPID|1||4821307^^^MR||SMITH^JOHN||19800203|M\r")]
    public void Text_MaskedAgain_KeepsItsTokens(string text)
    {
        var once = Text(text);

        Assert.DoesNotContain("4821307", once, StringComparison.Ordinal);
        Assert.DoesNotContain("Smith", once, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(Tokens(once), Tokens(Text(once)));
    }

    [Fact]
    public void Reference_AndId_Join()
    {
        var json = Value("""{"entry":[{"resourceType":"Patient","id":"p-77412"},{"resourceType":"Observation","id":"o1","subject":{"reference":"Patient/p-77412"}}]}""");
        var entries = System.Text.Json.JsonDocument.Parse(json).RootElement.GetProperty("entry");

        Assert.Equal($"Patient/{entries[0].GetProperty("id")}", entries[1].GetProperty("subject").GetProperty("reference").GetString());
        Assert.Equal(json, Value(json));
    }

    private static string[] Tokens(string text) => [.. System.Text.RegularExpressions.Regex.Matches(text, @"\[[A-Z]+:k1:[A-Z2-7]{20}\]").Select(m => m.Value)];
}
