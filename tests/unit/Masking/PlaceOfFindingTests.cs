using System.Text.Json;
using Chaperone.Contracts;

namespace Chaperone.Masking.Tests;

/// <summary>Findings say where and why, and never what.</summary>
public sealed class PlaceOfFindingTests
{
    [Theory]
    [InlineData("""{"patients":[{"mrn":"4432A","dob":"1980-03-04"},{"mrn":"4433B"}]}""", "result.structuredContent.patients[].mrn MRN key 2 100", "result.structuredContent.patients[].dob DATE key 1 100")]
    [InlineData("""[{"x":"Maria Gonzalez"},{"x":"Linda Brown"}]""", "result.structuredContent[].x NAME column 2 80")]
    [InlineData("""{"note":"SSN: 123-45-6789"}""", "result.structuredContent.note SSN label 1 90")]
    [InlineData("""{"a":{"John Smith":{"mrn":"4432A"}}}""", "result.structuredContent.a.* NAME key 1 100", "result.structuredContent.a.*.mrn MRN key 1 100")]
    [InlineData("""{"Okonkwo":{"ssn":"123456789"}}""", "result.structuredContent.*.ssn SSN key 1 100")]
    [InlineData("""{"c":"[{\"ssn\":\"123456789\"}]"}""", "result.structuredContent.c>[].ssn SSN key 1 100")]
    [InlineData("""{"c":"first_name,mrn,x\nAnn,4432A,1\n"}""", "result.structuredContent.c>first_name NAME key 1 100", "result.structuredContent.c>mrn MRN key 1 100")]
    public void Places_SayPathTypeRuleCountAndConfidence(string json, params string[] expected)
    {
        var places = Places(json).Select(p => $"{p.Path} {p.Type} {p.Rule} {p.Count} {p.Confidence}").ToArray();

        Assert.All(expected, e => Assert.Contains(e, places));
    }

    [Fact]
    public void Places_OfHl7_NameTheField()
    {
        const string Message = "MSH|^~\\&|APP|FAC|EHR|FAC2|20210304101500||ADT^A01|MSG1|P|2.5\rPID|1||12345^^^M11^MR||Everyman^Adam^A||19800304|M\r";

        var places = Places(JsonSerializer.Serialize(new { c = Message }));

        Assert.Contains(places, p => p is { Path: "result.structuredContent.c>PID-5", Type: "NAME", Rule: "key" });
        Assert.Contains(places, p => p is { Path: "result.structuredContent.c>PID-3", Type: "MRN" });
    }

    /// <summary>What a caller puts into keys is not written into records.</summary>
    [Theory]
    [InlineData("Smith John")]
    [InlineData("123-45-6789")]
    [InlineData("okonkwo")]
    [InlineData("Kowalczyk_Malgorzata")]
    [InlineData("a@b.example")]
    [InlineData("mrn8812345")]
    public void Places_KeysThatMayNameSomebody_AreHidden(string key)
    {
        var places = Places(JsonSerializer.Serialize(new Dictionary<string, object> { [key] = new { ssn = "123456789" } }));

        Assert.Contains(places, p => p.Path == "result.structuredContent.*.ssn");
        Assert.DoesNotContain(places, p => p.Path.Contains(key, StringComparison.Ordinal));
    }

    [Fact]
    public void Places_TooMany_AreCountedTogether()
    {
        var json = "{" + string.Join(',', Enumerable.Range(0, 26 * 26).Select(i => $"\"k{(char)('a' + (i / 26))}{(char)('a' + (i % 26))}q\":{{\"ssn\":\"123456789\"}}")) + "}";

        var run = Run(json);

        Assert.InRange(run.Places.Length, 60, 70);
        Assert.Equal(26 * 26, run.Places.Sum(p => p.Count));
        Assert.Equal(run.Findings.Sum(f => f.Count), run.Places.Sum(p => p.Count));
    }

    [Fact]
    public void Withheld_SaysTheReason()
    {
        var run = MaskingBench.Run(new string('[', 100) + new string(']', 100));

        var place = Assert.Single(run.Places);
        Assert.Equal(("WITHHELD", "toodeep"), (place.Type, place.Rule));
    }

    private static MaskPlace[] Places(string json) => Run(json).Places;

    private static MaskedMessage Run(string json) => MaskingBench.Run($$$"""{"jsonrpc":"2.0","id":1,"result":{"content":[],"structuredContent":{{{json}}}}}""");
}
