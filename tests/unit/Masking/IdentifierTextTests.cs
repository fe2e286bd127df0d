namespace Chaperone.Masking.Tests;

/// <summary>Each identifier of 45 CFR 164.514(b)(2) in running text: what must go, what must stay, and what tries to slip through.</summary>
public sealed class IdentifierTextTests
{
    [Theory]
    [InlineData("SSN 123-45-6789 on file", "SSN [SSN] on file")]
    [InlineData("the number 987-65-4321 is his", "the number [SSN] is his")]
    [InlineData("ssn: 123456789", "ssn: [SSN]")]
    [InlineData("SSN 123 45 6789.", "SSN [SSN].")]
    [InlineData("SSN ending in 6789", "SSN ending in [SSN]")]
    [InlineData("shown as ***-**-6789", "shown as ***-**-[SSN]")]
    [InlineData("Tax ID 12-3456789", "Tax ID [SSN]")]
    [InlineData("call (555) 123-4567 now", "call [PHONE] now")]
    [InlineData("reach me at 415-555-0100 x123", "reach me at [PHONE]")]
    [InlineData("+44 20 7952 7952 is London", "[PHONE] is [LOCATION]")]
    [InlineData("tel 555-1234", "tel [PHONE]")]
    [InlineData("Fax: 415-555-0199", "Fax: [FAX]")]
    [InlineData("write to ann.lee@clinic.org today", "write to [EMAIL] today")]
    [InlineData("ann.lee%40clinic.org", "[EMAIL]")]
    [InlineData("MRN: 12345", "MRN: [MRN]")]
    [InlineData("mrn 998877 seen", "mrn [MRN] seen")]
    [InlineData("(MRN: UCSF-12345)", "(MRN: [MRN])")]
    [InlineData("Medical Record Number is 7A-4432", "Medical Record Number is [MRN]")]
    [InlineData("Member ID: XYZ123456", "Member ID: [PLAN]")]
    [InlineData("MBI 1EG4-TE5-MK73", "MBI [PLAN]")]
    [InlineData("holds 1EG4TE5MK73 since", "holds [PLAN] since")]
    [InlineData("card 4111 1111 1111 1111", "card [CARD]")]
    [InlineData("paid with 5555555555554444", "paid with [CARD]")]
    [InlineData("NPI 1234567893", "NPI [LICENSE]")]
    [InlineData("NPI: 4993412632", "NPI: [LICENSE]")]
    [InlineData("DEA AB1234563", "DEA [LICENSE]")]
    [InlineData("account number 10319995", "account number [ACCOUNT]")]
    [InlineData("IBAN GB29 NWBK 6016 1331 9268 19", "IBAN [ACCOUNT]")]
    [InlineData("VIN 1HGBH41JXMN109186", "VIN [VEHICLE]")]
    [InlineData("from 192.168.1.17:8080", "from [IP]")]
    [InlineData("host 2001:db8::ff00:42:8329 up", "host [IP] up")]
    [InlineData("mac 00:1A:2B:3C:4D:5E", "mac [DEVICE]")]
    [InlineData("see https://portal.example.com/p?id=12", "see [URL]")]
    [InlineData("he is 93 years old", "he is 90+ years old")]
    [InlineData("age 101, frail", "age 90+, frail")]
    [InlineData("policy POL-7518493 lapsed", "policy [PLAN] lapsed")]
    [InlineData("lives at 8599 Dogwood Drive, Lexington, MI 38299", "lives at [ADDRESS]")]
    [InlineData("PO Box 4417", "[ADDRESS]")]
    [InlineData("moved to Springfield, IL 62701", "moved to [CITY], IL [ZIP 627]")]
    [InlineData("password=hunter22!x", "password=[SECRET]")]
    [InlineData("pass := \"MQrWBd$BJEZw\"", "pass := \"[SECRET]\"")]
    [InlineData("key AKIAIOSFODNN7EXAMPLE leaked", "key [SECRET] leaked")]
    public void Text_WithIdentifier_IsMasked(string text, string expected)
    {
        Assert.Equal(expected, MaskingBench.Text(text));
    }

    [Theory]
    [InlineData("admitted 2021-03-04", "admitted [DATE 2021]")]
    [InlineData("admitted 2021-03-04T10:15:00Z.", "admitted [DATE 2021].")]
    [InlineData("on 3/4/2021 at noon", "on [DATE 2021] at noon")]
    [InlineData("on 03/04/21", "on [DATE 2021]")]
    [InlineData("on March 3rd, 2021", "on [DATE 2021]")]
    [InlineData("on Jan 15th, 2023 (", "on [DATE 2023] (")]
    [InlineData("on 3 March", "on [DATE]")]
    [InlineData("on 03-Mar-2021", "on [DATE 2021]")]
    [InlineData("in March 2021", "in [DATE 2021]")]
    [InlineData("last March", "last [DATE]")]
    [InlineData("DOB 3/4/1980", "DOB [DATE 1980]")]
    [InlineData("DOB 1931-05-06", "DOB [DATE]")]
    [InlineData("seen on 3/4", "seen on [DATE]")]
    [InlineData("at 202103041530 sharp", "at [DATE 2021] sharp")]
    public void Text_WithDate_KeepsAtMostTheYear(string text, string expected)
    {
        Assert.Equal(expected, MaskingBench.Text(text));
    }

    [Theory]
    [InlineData("Patient Name: Thomas Wilson, MRN pending", "Patient Name: [NAME], MRN pending")]
    [InlineData("Name: Smith, John A", "Name: [NAME]")]
    [InlineData("Dr. Jackson will call", "[NAME] will call")]
    [InlineData("Mrs. Wilson and Mr. O'Neil", "[NAME] and [NAME]")]
    [InlineData("Evelyn Morris is a 56-year-old female", "[NAME] is a 56-year-old female")]
    [InlineData("signed by Maria Lopez, MD", "signed by [NAME], MD")]
    [InlineData("seen with David S., evaluated", "seen with [NAME], evaluated")]
    [InlineData("his wife Anna agrees", "his wife [NAME] agrees")]
    [InlineData("Antonia30 Benavides450 came", "[NAME] came")]
    [InlineData("name: john smith", "name: [NAME]")]
    public void Text_WithNameGivenAway_IsMasked(string text, string expected)
    {
        Assert.Equal(expected, MaskingBench.Text(text));
    }

    [Theory]
    [InlineData("BP 120/80, HR 72, temp 98.6")]
    [InlineData("version 10.0.12 of 2.16.840.1.113883.6.238")]
    [InlineData("glucose 105 mg/dL (70-99)")]
    [InlineData("ICD-10 E11.9, LOINC 2345-7, CPT 99213")]
    [InlineData("in 2021 he was 56 years old")]
    [InlineData("Patient presents with chest pain.")]
    [InlineData("see http://loinc.org/2345-7 and http://hl7.org/fhir")]
    [InlineData("e3b0c442-98fc-1c14-9afb-f4c8996fb924")]
    [InlineData("Type 2 Diabetes Mellitus, Stage 3")]
    [InlineData("Vitamin D. was low")]
    [InlineData("take 2 tablets every 6 hours for 10 days")]
    [InlineData("ratio 3/4 of patients")]
    [InlineData("plan: start metformin 500 mg")]
    [InlineData("redacted@example.invalid")]
    public void Text_WithoutIdentifier_StaysAsItIs(string text)
    {
        Assert.Equal(text, MaskingBench.Text(text));
    }

    /// <summary>Look-alikes, invisible characters and odd widths must not carry an identifier past the detectors.</summary>
    [Theory]
    [InlineData("SSN 123\u200B-45-67\u200B89 end", "SSN [SSN] end")]
    [InlineData("SSN 123\u201345\u20136789 end", "SSN [SSN] end")]
    [InlineData("SSN \uFF11\uFF12\uFF13-\uFF14\uFF15-\uFF16\uFF17\uFF18\uFF19 end", "SSN [SSN] end")]
    [InlineData("mail \u0430nn@clinic.org", "mail [EMAIL]")]
    [InlineData("\u041CRN: 12345", "\u041CRN: [MRN]")]
    [InlineData("Dr. Whi\u200Dte came", "[NAME] came")]
    public void Text_WithDisguisedIdentifier_IsMasked(string text, string expected)
    {
        Assert.Equal(expected, MaskingBench.Text(text));
    }

    [Fact]
    public void Text_EscapedInJson_IsMasked()
    {
        var masked = MaskingBench.Message("""{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"\u0053SN \u0031\u0032\u0033-45-6789"}]}}""");

        Assert.Contains("SSN [SSN]", masked, StringComparison.Ordinal);
    }
}
