namespace Chaperone.Masking.Tests.Identifiers;

/// <summary>Vehicles and plates (L).</summary>
public sealed class VehicleTests
{
    [Theory]
    [InlineData("VIN «1HGCM82633A004352»")]
    [InlineData("drives «1HGCM82633A004352» daily")]
    [InlineData("VIN «1HGCM82633A004353»")]
    [InlineData("license plate: «ABC-1234»")]
    [InlineData("plate «7ABC123»")]
    [InlineData("Lic plate «7ABC123»")]
    [InlineData("plates «ABC 123»")]
    [InlineData("tag # «7ABC123»")]
    [InlineData("plate «EY52 JZY» seen")]
    [InlineData("vehicle reg: «AB12 CDE»")]
    [InlineData("«7ABC123» (license plate)")]
    public void Text_WithIdentifier_IsCovered(string text) => MarkedText.AssertCovered(text);

    [Theory]
    [InlineData("VIN: «1HGCM82633A0\u200b04352»")]
    [InlineData("VIN (from title): «1HGCM82633A004352»")]
    public void Text_WithDisguise_IsCovered(string text) => MarkedText.AssertCovered(text);

    [Theory]
    [InlineData("plate 3 with 96 wells")]
    [InlineData("vehicle with 3 wheels")]
    [InlineData("tag 12")]
    public void Text_WithoutIdentifier_HasNoFind(string text) => MarkedText.AssertUntouched(text);
}
