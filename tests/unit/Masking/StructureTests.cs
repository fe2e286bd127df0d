namespace Chaperone.Masking.Tests;

/// <summary>Texts that are more than sentences are walked by their fields.</summary>
public sealed class StructureTests
{
    [Fact]
    public void Text_ThatRepeatsStructuredContent_IsMaskedAlike()
    {
        const string Value = """{"mrn":"7A-4432","patient":{"name":"Ann Lee","dob":"1980-03-04"},"note":"Ann called"}""";
        var message = $$$"""{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":{{{System.Text.Json.JsonSerializer.Serialize(Value)}}}}],"structuredContent":{{{Value}}}}}""";

        using var masked = System.Text.Json.JsonDocument.Parse(MaskingBench.Message(message));

        var result = masked.RootElement.GetProperty("result");
        Assert.Equal("""{"mrn":"[MRN]","patient":{"name":"[NAME]","dob":"1980-01-01"},"note":"[NAME] called"}""", result.GetProperty("structuredContent").GetRawText());
        Assert.Equal(result.GetProperty("structuredContent").GetRawText(), result.GetProperty("content")[0].GetProperty("text").GetString());
    }

    [Fact]
    public void Ndjson_IsMaskedByKey()
    {
        var masked = MaskingBench.Text("{\"mrn\":\"4432A\",\"x\":1}\n{\"mrn\":\"9921B\",\"x\":2}");

        Assert.Equal("{\"mrn\":\"[MRN]\",\"x\":1}\n{\"mrn\":\"[MRN]\",\"x\":2}", masked);
    }

    [Fact]
    public void Csv_ColumnDecides()
    {
        var masked = MaskingBench.Text("first_name,last_name,city,score\nAnn,Lee,Dover,7\n\"Bo, Jr\",Ray,Bristol,9\n");

        Assert.Equal("first_name,last_name,city,score\n[NAME],[NAME],[CITY],7\n\"[NAME]\",[NAME],[CITY],9\n", masked);
    }

    [Fact]
    public void PsqlTable_ColumnDecides()
    {
        var masked = MaskingBench.Text(" id |   name   |    dob     | value\n----+----------+------------+-------\n  1 | Ann Lee  | 1980-03-04 |   7.1\n(1 row)\n");

        Assert.DoesNotContain("Ann", masked, StringComparison.Ordinal);
        Assert.DoesNotContain("03-04", masked, StringComparison.Ordinal);
        Assert.Contains("7.1", masked, StringComparison.Ordinal);
        Assert.Contains("(1 row)", masked, StringComparison.Ordinal);
    }

    [Fact]
    public void MarkdownTable_BetweenProse_IsMaskedAndKeepsItsShape()
    {
        var masked = MaskingBench.Text("Found 1 row:\n\n| Patient | MRN | Result |\n|---|---|---|\n| Ann Lee | 4432 | 7.1 |\n\nAnn Lee was told.");

        Assert.Equal("Found 1 row:\n\n| Patient | MRN | Result |\n|---|---|---|\n| [NAME] | 0000 | 7.1 |\n\n[NAME] was told.", masked);
    }

    [Fact]
    public void FencedJson_IsMaskedByKey()
    {
        var masked = MaskingBench.Text("Here:\n```json\n{\"ssn\": \"123456789\"}\n```\n");

        Assert.Equal("Here:\n```json\n{\"ssn\": \"000000000\"}\n```\n", masked);
    }

    [Fact]
    public void Hl7_FieldsOfPeopleAreMaskedAndCodesStay()
    {
        const string Message = "MSH|^~\\&|APP|FAC|EHR|FAC2|20210304101500||ADT^A01|MSG1|P|2.5\rPID|1||12345^^^M11^MR||Everyman^Adam^A||19800304|M|||12 Oak St^^Ann Arbor^MI^48103||(734)555-1212|||S||4000776|123456789\rOBX|1|NM|2345-7^Glucose^LN||105|mg/dL|70-99\rNTE|1||Adam was seen.\r";

        var masked = MaskingBench.Text(Message);

        foreach (var secret in (string[])["Everyman", "Adam", "12345", "Oak", "Ann Arbor", "555", "4000776", "123456789", "0304"])
        {
            Assert.DoesNotContain(secret, masked, StringComparison.Ordinal);
        }

        Assert.Contains("OBX|1|NM|2345-7^Glucose^LN||105|mg/dL|70-99\r", masked, StringComparison.Ordinal);
        Assert.Equal(Message.Count(c => c == '|'), masked.Count(c => c == '|'));
    }

    /// <summary>A line that is no segment has no fields, and is read all the same.</summary>
    [Theory]
    [InlineData("The SSN is 219-09-9999.")]
    [InlineData("219-09-9999")]
    [InlineData("Ann Papadopoulos called 415-555-0100|x")]
    public void Hl7_LineThatIsNoSegment_IsReadAsText(string line)
    {
        var masked = MaskingBench.Text($"MSH|^~\\&|APP|FAC|EHR|FAC2|20210304101500||ADT^A01|MSG1|P|2.5\rNTE|1||goes on\n{line}\n");

        Assert.DoesNotContain("219-09", masked, StringComparison.Ordinal);
        Assert.DoesNotContain("555-0100", masked, StringComparison.Ordinal);
    }
}
