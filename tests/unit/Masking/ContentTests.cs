using Chaperone.Contracts;

namespace Chaperone.Masking.Tests;

/// <summary>JSON by key, and what masks look like there.</summary>
public sealed class ContentTests
{
    [Theory]
    [InlineData("""{"mrn":12345678}""", """{"mrn":0}""")]
    [InlineData("""{"ssn":"123-45-6789"}""", """{"ssn":"000-00-0000"}""")]
    [InlineData("""{"email":"a@b.org"}""", """{"email":"redacted@example.invalid"}""")]
    [InlineData("""{"birthDate":"1980-03-04"}""", """{"birthDate":"1980-01-01"}""")]
    [InlineData("""{"birthDate":"1931-03-04"}""", """{"birthDate":"1900-01-01"}""")]
    [InlineData("""{"seen":"2021-03-04T10:15:30.5+02:00"}""", """{"seen":"2021-01-01T00:00:00.0+00:00"}""")]
    [InlineData("""{"dob":"3/4/1980"}""", """{"dob":"1/1/1980"}""")]
    [InlineData("""{"age":93}""", """{"age":90}""")]
    [InlineData("""{"age":56}""", """{"age":56}""")]
    [InlineData("""{"zip":"94110-1234"}""", """{"zip":"94100-0000"}""")]
    [InlineData("""{"zip":"03601"}""", """{"zip":"00000"}""")]
    [InlineData("""{"zip":94110}""", """{"zip":94100}""")]
    [InlineData("""{"lat":40.7128,"lon":-74.006}""", """{"lat":0,"lon":0}""")]
    [InlineData("""{"created_at":1614852930}""", """{"created_at":1609459200}""")]
    [InlineData("""{"patient":{"id":77,"name":"Madonna"}}""", """{"patient":{"id":0,"name":"[NAME]"}}""")]
    [InlineData("""{"name":{"use":"official","family":"Lee","given":["Ann","B"]}}""", """{"name":{"use":"official","family":"[NAME]","given":["[NAME]","[NAME]"]}}""")]
    [InlineData("""{"name":"lisinopril","dose":"10 mg"}""", """{"name":"lisinopril","dose":"10 mg"}""")]
    [InlineData("""{"name":"mrn","value":"A-1"}""", """{"name":"mrn","value":"[MRN]"}""")]
    [InlineData("""{"columns":["mrn","score"],"rows":[["A-1",5],["B-2",6]]}""", """{"columns":["mrn","score"],"rows":[["[MRN]",5],["[MRN]",6]]}""")]
    [InlineData("""[["last_name","n"],["Lee",1]]""", """[["last_name","n"],["[NAME]",1]]""")]
    [InlineData("""{"phone":"","fax":null,"active":true,"email":"n/a"}""", """{"phone":"","fax":null,"active":true,"email":"n/a"}""")]
    [InlineData("""{"123-45-6789":{"n":1},"987-65-4321":{"n":2}}""", """{"[SSN]":{"n":1},"[SSN] 2":{"n":2}}""")]
    [InlineData("""{"score":1.50e+2,"v":10.0,"big":123456789012345678901234567890}""", """{"score":1.50e+2,"v":10.0,"big":123456789012345678901234567890}""")]
    public void Value_IsMaskedByItsKeyAndKeepsItsShape(string json, string expected)
    {
        Assert.Equal(expected, MaskingBench.Json(json));
    }

    [Fact]
    public void Name_FoundOnce_IsMaskedEverywhere()
    {
        var masked = MaskingBench.Json("""{"note":"Spoke to Quill. quill oyelaran agrees; ask Oyelaran.","last_name":"Oyelaran","first_name":"Quill","ref":"A quill pen"}""");

        Assert.Equal("""{"note":"Spoke to [NAME]. [NAME] agrees; ask [NAME].","last_name":"[NAME]","first_name":"[NAME]","ref":"A quill pen"}""", masked);
    }

    [Fact]
    public void Number_GivenAwayByItsKey_IsMaskedElsewhere()
    {
        var masked = MaskingBench.Json("""{"mrn":"88231764","log":"row 88231764 updated","other":88231764}""");

        Assert.DoesNotContain("88231764", masked, StringComparison.Ordinal);
    }

    [Fact]
    public void FhirPatient_IsMaskedByPath()
    {
        var masked = MaskingBench.Json("""{"resourceType":"Patient","id":"fe07e69a-4d6d-4e11-a675-de69f62de5f3","identifier":[{"use":"usual","type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0203","code":"MR"}]},"value":"44321"}],"telecom":[{"system":"phone","value":"555-355-9196"}],"gender":"male","birthDate":"1960-03-02","address":[{"line":["858 Sawayn Parade"],"city":"Redmond","state":"WA","postalCode":"98053"}],"generalPractitioner":[{"reference":"Practitioner/17","display":"Ruelas Orozco"}]}""");

        foreach (var secret in (string[])["fe07e69a", "44321", "555-355", "03-02", "Sawayn", "Redmond", "98053", "Practitioner/17", "Ruelas"])
        {
            Assert.DoesNotContain(secret, masked, StringComparison.Ordinal);
        }

        foreach (var kept in (string[])["\"MR\"", "v2-0203", "\"male\"", "\"WA\"", "1960", "\"usual\""])
        {
            Assert.Contains(kept, masked, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Findings_CarryTypesAndCounts()
    {
        var findings = MaskingBench.Findings("SSN 123-45-6789 and 987-65-4321, MRN: 77123");

        Assert.Equal(["MRN", "SSN"], findings.Select(f => f.Type));
        Assert.Equal([1, 2], findings.Select(f => f.Count));
    }

    [Fact]
    public void Schema_MakesTheMaskFit()
    {
        const string Schema = """{"type":"object","required":["code"],"properties":{"code":{"type":"string","pattern":"^[A-Z]{3}-\\d{4}$"},"name":{"type":"string","maxLength":3},"mrn":{"type":"integer","minimum":100}}}""";

        var masked = MaskingBench.Json("""{"code":"XYZ-1234","name":"Bob","mrn":4432,"patient":{"name":"Bob"}}""", Schema);

        Assert.Contains("\"mrn\":100", masked, StringComparison.Ordinal);
        Assert.DoesNotContain("Bob", masked, StringComparison.Ordinal);
        Assert.DoesNotContain("withheld", masked, StringComparison.Ordinal);
    }

    [Fact]
    public void Schema_ThatNoMaskFits_WithholdsTheResult()
    {
        const string Schema = """{"type":"object","properties":{"ssn":{"type":"string","pattern":"^[1-9]{3}-[1-9]{2}-[1-9]{4}x$"}}}""";

        var run = MaskingBench.Run("""{"jsonrpc":"2.0","id":"a","result":{"content":[],"structuredContent":{"ssn":"123-45-6789x"}}}""", context: MaskingBench.ToolCall with { OutputSchema = Schema });

        Assert.Equal(WithheldReason.SchemaBroken, run.Reason);
        Assert.Contains("\"isError\":true", System.Text.Encoding.UTF8.GetString(run.Bytes.Span), StringComparison.Ordinal);
        Assert.Contains("\"id\":\"a\"", System.Text.Encoding.UTF8.GetString(run.Bytes.Span), StringComparison.Ordinal);
        Assert.IsType<MaskFinding[]>(run.Findings);
    }
}
