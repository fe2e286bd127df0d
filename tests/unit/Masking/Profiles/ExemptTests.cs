using static Chaperone.Masking.Tests.Profiles.ProfileBench;

namespace Chaperone.Masking.Tests.Profiles;

/// <summary>What a role may see stays in clear, and nothing else comes through with it.</summary>
public sealed class ExemptTests
{
    [Theory]
    [InlineData(MaskingProfile.SafeHarbor)]
    [InlineData(MaskingProfile.Linked)]
    [InlineData(MaskingProfile.Review)]
    public void Name_Shown_OthersMasked(MaskingProfile profile)
    {
        var json = Value("""{"patient_name":"John Smith","ssn":"123-45-6789","phone":"415-555-0134","note":"John Smith called, SSN 123-45-6789."}""", profile, exempt: ["name"]);

        Assert.Equal("John Smith", Field(json, "patient_name"));
        Assert.StartsWith("John Smith called", Field(json, "note"), StringComparison.Ordinal);
        Assert.DoesNotContain("123-45-6789", json, StringComparison.Ordinal);
        Assert.DoesNotContain("415-555-0134", json, StringComparison.Ordinal);
    }

    /// <summary>Attack: an SSN hides in the field of a name, in one find with it, or in a mail address.</summary>
    [Theory]
    [InlineData("""{"patient_name":"John Smith 123-45-6789"}""", "123-45-6789")]
    [InlineData("""{"patient_name":"John Smith, MRN: 4821307"}""", "4821307")]
    [InlineData("""{"patient_name":"john.smith@mail.org"}""", "john.smith@mail.org")]
    [InlineData("""{"note":"Patient: John Smith 123-45-6789"}""", "123-45-6789")]
    public void Other_InsideWhatIsShown_IsMasked(string json, string gone) =>
        Assert.DoesNotContain(gone, Value(json, MaskingProfile.SafeHarbor, exempt: ["name"]), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"mrn":"48213077"}""", "mrn")]
    [InlineData("""{"mrn":48213077}""", "mrn")]
    [InlineData("""{"dob":"1980-02-13"}""", "date")]
    [InlineData("""{"phone":"415-555-0134"}""", "phone")]
    [InlineData("""{"address":"12 Oak Street"}""", "address")]
    [InlineData("""{"email":"ann@mail.org"}""", "email")]
    [InlineData("""{"zip":"94110"}""", "zip")]
    [InlineData("""{"age":93}""", "age")]
    public void Class_Shown_StaysAsItIs(string json, string shown)
    {
        Assert.Equal(json, Value(json, MaskingProfile.SafeHarbor, exempt: [shown]));
        Assert.NotEqual(json, Value(json, MaskingProfile.SafeHarbor, exempt: ["photo"]));
    }

    [Fact]
    public void Table_And_Hl7_ShowTheSame()
    {
        var table = Text("name,mrn,ssn\nAnn Lee,48213077,123-45-6789\n", MaskingProfile.SafeHarbor, ["name"]);
        var hl7 = Text("MSH|^~\\&|A|B|C|D|20210304||ADT^A01|1|P|2.3\rPID|1||48213077^^^MR||SMITH^JOHN||19800203|M\r", MaskingProfile.SafeHarbor, ["name", "date"]);

        Assert.Contains("Ann Lee", table, StringComparison.Ordinal);
        Assert.DoesNotContain("48213077", table, StringComparison.Ordinal);
        Assert.DoesNotContain("123-45-6789", table, StringComparison.Ordinal);
        Assert.Contains("SMITH^JOHN||19800203", hl7, StringComparison.Ordinal);
        Assert.DoesNotContain("48213077", hl7, StringComparison.Ordinal);
    }

    [Fact]
    public void Claim_And_Markup_ShowTheSame()
    {
        var claim = Text(
            "ISA*00*          *00*          *ZZ*A              *ZZ*B              *210304*1200*^*00501*000000001*0*P*:~GS*HC*A*B*20210304*1200*1*X*005010X222A1~"
            + "ST*837*0001~NM1*IL*1*PAPADOPOULOS*GREGORY****MI*48213077A~DMG*D8*19800203*M~SE*4*0001~GE*1*1~IEA*1*000000001~",
            MaskingProfile.SafeHarbor,
            ["name"]);
        var markup = Text("<Patient xmlns=\"http://hl7.org/fhir\"><name><family value=\"Papadopoulos\"/></name><birthDate value=\"1980-02-03\"/></Patient>", MaskingProfile.SafeHarbor, ["name"]);

        Assert.Contains("NM1*IL*1*PAPADOPOULOS*GREGORY****MI*", claim, StringComparison.Ordinal);
        Assert.DoesNotContain("48213077A", claim, StringComparison.Ordinal);
        Assert.DoesNotContain("19800203", claim, StringComparison.Ordinal);
        Assert.Contains("\"Papadopoulos\"", markup, StringComparison.Ordinal);
        Assert.DoesNotContain("1980-02-03", markup, StringComparison.Ordinal);
    }

    /// <summary>The name of a doctor stands in one field with the number of a licence.</summary>
    [Fact]
    public void Component_OfAnotherClass_IsMasked()
    {
        var masked = Text("MSH|^~\\&|A|B|C|D|20210304||ADT^A01|1|P|2.3\rPV1|1|I||||||48213077^PAPADOPOULOS^GREGORY\r", MaskingProfile.SafeHarbor, ["name"]);

        Assert.Contains("^PAPADOPOULOS^GREGORY", masked, StringComparison.Ordinal);
        Assert.DoesNotContain("48213077", masked, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("secret")]
    [InlineData("everything")]
    [InlineData("NAME")]
    public void Unknown_ShowsNothing(string shown)
    {
        const string Values = """{"password":"hunter22","patient_name":"John Smith"}""";

        Assert.Equal(Value(Values, MaskingProfile.SafeHarbor), Value(Values, MaskingProfile.SafeHarbor, exempt: [shown]));
    }
}
