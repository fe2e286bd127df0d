namespace Chaperone.Masking.Tests.Identifiers;

/// <summary>Certificates and licences (K): a failed check digit never clears a labelled number.</summary>
public sealed class LicenseTests
{
    [Theory]
    [InlineData("NPI «1234567893»")]
    [InlineData("NPI# «1234567890»")]
    [InlineData("NPI: «4993412632»")]
    [InlineData("the number «1234567893» bills")]
    [InlineData("DEA «AB1234563»")]
    [InlineData("DEA#«AB1234567»")]
    [InlineData("license #«MD12345»")]
    [InlineData("Lic. No. «G-12345»")]
    [InlineData("driver's licence no. «D1234567»")]
    [InlineData("DL#: «D1234567»")]
    [InlineData("passport no. «C01234567»")]
    [InlineData("passport: «123456789»")]
    [InlineData("CLIA «05D1234567»")]
    [InlineData("certificate no. «123456»")]
    [InlineData("«2551495493» is her driver license number")]
    [InlineData("shows «D123-4567-8901» there")]
    public void Text_WithIdentifier_IsCovered(string text) => MarkedText.AssertCovered(text);

    [Theory]
    [InlineData("NPI: «12345678O3»")]
    [InlineData("DEA: «AB 1234563»")]
    [InlineData("NPI (National Provider Identifier): «1234567890»")]
    [InlineData("NPI: «1234\u200b567893»")]
    public void Text_WithDisguise_IsCovered(string text) => MarkedText.AssertCovered(text);

    [Theory]
    [InlineData("license to operate")]
    [InlineData("license for 500 users")]
    [InlineData("passport control took 20 minutes")]
    [InlineData("LOINC 4548-4")]
    public void Text_WithoutIdentifier_HasNoFind(string text) => MarkedText.AssertUntouched(text);
}
