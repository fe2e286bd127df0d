namespace Chaperone.Masking.Tests.Identifiers;

/// <summary>URLs (N).</summary>
public sealed class UrlTests
{
    [Theory]
    [InlineData("see «https://portal.clinic.example/p?id=12» now")]
    [InlineData("«HTTPS://A.example/X»")]
    [InlineData("«www.drsmith.example»")]
    [InlineData("«ftp://files.clinic.example/x»")]
    [InlineData("at «clinic.example/p/123» now")]
    [InlineData("(«http://a.example/x»)")]
    public void Text_WithIdentifier_IsCovered(string text) => MarkedText.AssertCovered(text);

    [Theory]
    [InlineData("«https://portal.clinic.example/p\u200b/1»")]
    public void Text_WithDisguise_IsCovered(string text) => MarkedText.AssertCovered(text);

    [Theory]
    [InlineData("http://loinc.org")]
    [InlineData("https://loinc.org/4548-4")]
    [InlineData("http://hl7.org/fhir/StructureDefinition/Patient")]
    [InlineData("and/or either/or")]
    [InlineData("src/app.cs/x")]
    [InlineData("0.05 mg/kg/hr")]
    public void Text_WithoutIdentifier_HasNoFind(string text) => MarkedText.AssertUntouched(text);
}
