namespace Chaperone.Masking.Tests.Identifiers;

/// <summary>Social security and other tax numbers (G).</summary>
public sealed class SsnTests
{
    [Theory]
    [InlineData("«078051121»")]
    [InlineData("SSN: «219-09-9999»")]
    [InlineData("the number «219-09-9999» is his")]
    [InlineData("SSN «219 09 9999» on file")]
    [InlineData("social security number is «219099999»")]
    [InlineData("Social Security No. «219-09-9999»")]
    [InlineData("SS# «219-09-9999»")]
    [InlineData("SS: «219099999»")]
    [InlineData("soc sec «219099999»")]
    [InlineData("SSN (last four): «6789»")]
    [InlineData("last four of SSN: «6789»")]
    [InlineData("SSN xxx-xx-«6789»")]
    [InlineData("Tax ID «12-3456789»")]
    [InlineData("ITIN «912-70-1234»")]
    [InlineData("«219099999» is her SSN")]
    [InlineData("«219099999» (social security number)")]
    [InlineData("SSN\n«219099999»")]
    [InlineData("{\"ssn\":\"«219099999»\"}")]
    public void Text_WithIdentifier_IsCovered(string text) => MarkedText.AssertCovered(text);

    [Theory]
    [InlineData("SSN: «219\u201309\u20139999»")]
    [InlineData("SSN «\uff12\uff11\uff19-\uff10\uff19-\uff19\uff19\uff19\uff19»")]
    [InlineData("SSN «219-0\u200b9-9999»")]
    [InlineData("SSN «l23-45-6789»")]
    [InlineData("SSN «O12-34-5678»")]
    [InlineData("SSN: «1 2 3 4 5 6 7 8 9»")]
    [InlineData("SSN«219099999»")]
    [InlineData("ssn«219099999»")]
    [InlineData("SSN: «000-12-3456»")]
    [InlineData("SSN: «987-65-4321»")]
    [InlineData("SSN (verified): «219099999»")]
    [InlineData("SSN listed as «219099999»")]
    public void Text_WithDisguise_IsCovered(string text) => MarkedText.AssertCovered(text);

    [Theory]
    [InlineData("SNOMED CT 304510005")]
    [InlineData("part 12-345-67")]
    [InlineData("count 123456789 rows")]
    public void Text_WithoutIdentifier_HasNoFind(string text) => MarkedText.AssertUntouched(text);
}
