namespace Chaperone.Masking.Tests;

/// <summary>The formats of hospitals are walked by their fields: an identifier's field never leaks, whatever it looks like, and codes, units and values stay.</summary>
public sealed class FormatTests
{
    private const string Claim =
        "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *210304*1015*^*00501*000000101*1*P*:~GS*HC*SENDER*RECEIVER*20210304*1015*1*X*005010X222A1~ST*837*0001~"
        + "NM1*85*1*ZZLAST*ZZFIRST****XX*1234567893~N3*ZZ STREET~N4*ZZTOWN*MI*48103~PER*IC*ZZCONTACT*TE*7345551212~SBR*P*18*ZZGROUP******CI~NM1*IL*1*ZZOTHER*ZZANN*Q***MI*ZZMEMBER1~DMG*D8*19800304*F~REF*SY*123456789~"
        + "CLM*ZZACCT17*150***11:B:1*Y*A*Y*Y~DTP*431*D8*20210301~HI*ABK:E119*ABF:I10~NTE*ADD*call 415-555-0100~SV1*HC:99213*150*UN*1***1~SE*14*0001~GE*1*1~IEA*1*000000101~";

    private const string Ccda = """
        <?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><id root="2.16.840.1.113883.19" extension="ZZDOC1"/>
        <code code="34133-9" codeSystem="2.16.840.1.113883.6.1" displayName="Summarization of Episode Note"/><effectiveTime value="20210304101500"/>
        <recordTarget><patientRole><id root="2.16.840.1.113883.19.5" extension="ZZMRN7"/><addr use="HP"><streetAddressLine>ZZ Street</streetAddressLine><city>ZZTown</city><state>MI</state><postalCode>48103</postalCode></addr>
        <telecom value="tel:+1-734-555-1212" use="HP"/><patient><name><given>ZZGiven</given><family>ZZFamily</family></name><administrativeGenderCode code="F"/><birthTime value="19800304"/></patient></patientRole></recordTarget>
        <component><observation><code code="2345-7" displayName="Glucose"/><value xsi:type="PQ" value="105" unit="mg/dL"/><text>Called Gregory Papadopoulos &amp; left a message at 415-555-0100.</text></observation></component></ClinicalDocument>
        """;

    private const string Fhir = """<Patient xmlns="http://hl7.org/fhir"><id value="zz-17"/><identifier><system value="http://hospital.example/mrn"/><value value="ZZ4711"/></identifier><name><family value="ZZFamily"/><given value="ZZGiven"/></name><gender value="female"/><birthDate value="1980-03-04"/><address><line value="ZZ Street"/><city value="ZZTown"/><state value="MI"/></address></Patient>""";

    private const string Pharmacy = "AM01\u001CC419800304\u001CC52\u001CCAZZANN\u001CCBZZLAST\u001CCMZZ STREET\u001CCNZZTOWN\u001CCOMI\u001CCP48103\u001CCQ7345551212\u001CCYZZ4711\u001E\u001CAM04\u001CC2ZZMEMBER\u001CC1ZZGROUP\u001E\u001CAM07\u001CD2123456\u001CE103\u001CD700071015523";

    [Fact]
    public void Hl7_Composites_AreMaskedByComponent()
    {
        const string Message = "MSH|^~\\&|APP|FAC|EHR|FAC2|20210304101500||ADT^A01|MSG1|P|2.5\rPID|1||ZZ17^^^M11^MR~123456789^^^SSA^SS||ZZLAST^ZZFIRST^Q^JR^DR^MD^L||19800304|M|||ZZ ST^APT 4^ZZTOWN^MI^48103^USA^H||(734)555-1212^PRN^PH^zz@example.org\r"
            + "PV1|1|I|||||1234567893^ZZDOC^ANN^^^^MD^^NPI|\rOBX|1|NM|2345-7^Glucose^LN||105|mg/dL|70-99\rZXT|1|call 415-555-0100\r";

        var masked = MaskingBench.Text(Message);

        AssertGone(masked, "ZZ", "123456789", "0304", "APT 4", "734", "1234567893", "48103", "415-555");
        AssertKept(masked, "^^^M11^MR~", "^^^SSA^SS|", "^JR^DR^MD^L|", "^MI^", "^USA^H|", "^PRN^PH^", "^NPI|", "OBX|1|NM|2345-7^Glucose^LN||105|mg/dL|70-99\r", "ADT^A01");
        Assert.Equal(Message.Count(c => c is '|' or '^' or '~' or '\r'), masked.Count(c => c is '|' or '^' or '~' or '\r'));
    }

    [Fact]
    public void X12_Claim_IsMaskedByElement()
    {
        var masked = MaskingBench.Text(Claim);

        AssertGone(masked.Replace("*ZZ*", "", StringComparison.Ordinal), "ZZ", "1234567893", "7345551212", "19800304", "123456789", "20210301", "415-555", "48103");
        AssertKept(masked, "HI*ABK:E119*ABF:I10~", "SV1*HC:99213*150*UN*1***1~", "*MI*481", "ST*837*0001~", "NM1*IL*1*");
        Assert.Equal(Claim.Count(c => c is '*' or '~'), masked.Count(c => c is '*' or '~'));
    }

    /// <summary>A header whose elements are not of their fixed width, or that is cut, must not hide what follows.</summary>
    [Theory]
    [InlineData("ISA*00*          *00*          *ZZ*SENDER*ZZ*RECEIVER*210304*1015*^*00501*000000101*1*P*:~NM1*IL*1*QUILLON*ANN*Q***MI*ZZ1~REF*SY*219099999~The SSN is 219-09-9999~")]
    [InlineData("ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *210304*1015*^*0003*1*X*1*:~NM1*IL*1*QUILLON*ANN*Q***MI*ZZ1~REF*SY*219099999~\n\nThe SSN is 219-09-9999.")]
    [InlineData("ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *210304*1015*^*00501*000000101*1*P*\nx\n\nThe SSN is 219-09-9999.")]
    public void X12_OddHeader_HidesNothing(string text)
    {
        AssertGone(MaskingBench.Text(text), "219", "QUILLON*ANN");
    }

    [Fact]
    public void Ccda_Document_IsMaskedByElementAndAttribute()
    {
        var masked = MaskingBench.Text(Ccda);

        AssertGone(masked, "ZZ", "734-555", "19800304", "20210304", "48103", "Papadopoulos", "415-555");
        AssertKept(masked, "code=\"2345-7\" displayName=\"Glucose\"", "value=\"105\" unit=\"mg/dL\"", "<state>MI</state>", "code=\"34133-9\"", "root=\"2.16.840.1.113883.19\"", "&amp; left a message");
    }

    [Fact]
    public void FhirXml_Patient_IsMaskedByElement()
    {
        var masked = MaskingBench.Text(Fhir);

        AssertGone(masked, "ZZ", "zz-17", "1980-03-04");
        AssertKept(masked, "<gender value=\"female\"/>", "<state value=\"MI\"/>", "xmlns=\"http://hl7.org/fhir\"");
    }

    [Theory]
    [InlineData("""{"resourceType":"Patient","extension":[{"url":"http://hl7.org/fhir/StructureDefinition/patient-mothersMaidenName","valueString":"Zzmaiden"}]}""")]
    [InlineData("""{"resourceType":"Patient","extension":[{"url":"http://hl7.org/fhir/StructureDefinition/patient-birthPlace","valueAddress":{"city":"Zzmaiden","state":"MI"}}]}""")]
    public void FhirJson_ExtensionOfAPerson_IsMasked(string json)
    {
        Assert.DoesNotContain("Zzmaiden", MaskingBench.Json(json), StringComparison.Ordinal);
    }

    [Fact]
    public void Ncpdp_Claim_IsMaskedByField()
    {
        var masked = MaskingBench.Text(Pharmacy);

        AssertGone(masked, "ZZ", "19800304", "7345551212", "48103", "123456");
        AssertKept(masked, "COMI", "D700071015523", "AM07");
    }

    [Theory]
    [InlineData("<table><tr><th>MRN</th><th>Unit</th></tr><tr><td>4711</td><td>4 West</td></tr></table>", "<table><tr><th>MRN</th><th>Unit</th></tr><tr><td>0000</td><td>4 West</td></tr></table>")]
    [InlineData("<Driver License Number>W4317639</Driver License Number>", "<Driver License Number>[LICENSE]</Driver License Number>")]
    [InlineData("<p>MRN:</p><p>ZQ4711</p>", "<p>MRN:</p><p>[MRN]</p>")]
    [InlineData("<div><!-- SSN 123-45-6789 --><br>ok</div>", "<div><!-- SSN [SSN] --><br>ok</div>")]
    [InlineData("<a href='https://portal.example.org/p/1'>x</a>", "<a href='https://redacted.invalid/'>x</a>")]
    [InlineData("<note><![CDATA[SSN 123-45-6789]]></note>", "<note><![CDATA[SSN [SSN]]]></note>")]
    [InlineData("<x>BP < 120 & SSN 123-45-6789</x>", "<x>BP < 120 &amp; SSN [SSN]</x>")]
    [InlineData("<lab><code>E11.9</code><unit>mg/dL</unit></lab>", "<lab><code>E11.9</code><unit>mg/dL</unit></lab>")]
    public void Markup_Generic_IsMasked(string text, string expected)
    {
        Assert.Equal(expected, MaskingBench.Text(text));
    }

    [Theory]
    [InlineData("<")]
    [InlineData("<a <b></b>")]
    [InlineData("<a b=>")]
    [InlineData("<a b='c></a>")]
    [InlineData("<!-- open </a>")]
    [InlineData("<a></b></c></a/>")]
    [InlineData("ISA*00*~")]
    public void Format_Broken_IsMaskedAllTheSame(string text)
    {
        Assert.DoesNotContain("123-45-6789", MaskingBench.Text(text + " SSN 123-45-6789 " + text), StringComparison.Ordinal);
        Assert.DoesNotContain("123-45-6789", MaskingBench.Text(text + " SSN 123-45-6789 >"), StringComparison.Ordinal);
    }

    private static void AssertGone(string masked, params string[] values) => Assert.All(values, v => Assert.DoesNotContain(v, masked, StringComparison.Ordinal));

    private static void AssertKept(string masked, params string[] values) => Assert.All(values, v => Assert.Contains(v, masked, StringComparison.Ordinal));
}
