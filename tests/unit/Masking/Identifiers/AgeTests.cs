namespace Chaperone.Masking.Tests.Identifiers;

/// <summary>Ages over 89 (C).</summary>
public sealed class AgeTests
{
    [Theory]
    [InlineData("he is «93» years old")]
    [InlineData("age «101», frail")]
    [InlineData("«93» y.o.")]
    [InlineData("a «102»-year-old")]
    [InlineData("Age: «95»")]
    [InlineData("aged «91»")]
    [InlineData("«ninety-three» years old")]
    [InlineData("a «94»F with")]
    public void Text_WithIdentifier_IsCovered(string text) => MarkedText.AssertCovered(text);

    [Theory]
    [InlineData("age: «\uff19\uff13»")]
    [InlineData("age of «97»")]
    public void Text_WithDisguise_IsCovered(string text) => MarkedText.AssertCovered(text);

    [Theory]
    [InlineData("a 62-year-old")]
    [InlineData("age 45")]
    [InlineData("aged 18 to 89")]
    [InlineData("ages 3-5 years")]
    [InlineData("93 mg daily")]
    [InlineData("95% of")]
    [InlineData("90+ years old")]
    [InlineData("ninety patients")]
    public void Text_WithoutIdentifier_HasNoFind(string text) => MarkedText.AssertUntouched(text);
}
