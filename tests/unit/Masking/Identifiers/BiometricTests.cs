namespace Chaperone.Masking.Tests.Identifiers;

/// <summary>Biometric identifiers (P).</summary>
public sealed class BiometricTests
{
    [Theory]
    [InlineData("fingerprint id «FP-12345»")]
    [InlineData("retinal scan «RS-12345»")]
    [InlineData("voiceprint id: «VP-12345»")]
    [InlineData("Record «BIO-FP-a3f8c2e1d5» shows")]
    [InlineData("«JLPL7508» (biometric id)")]
    public void Text_WithIdentifier_IsCovered(string text) => MarkedText.AssertCovered(text);

    [Theory]
    [InlineData("Retina Scan ID no. «FP290498»")]
    [InlineData("Face ID (left): «FP117293»")]
    public void Text_WithDisguise_IsCovered(string text) => MarkedText.AssertCovered(text);

    [Theory]
    [InlineData("fingerprint taken twice")]
    [InlineData("iris scan at 10:30")]
    public void Text_WithoutIdentifier_HasNoFind(string text) => MarkedText.AssertUntouched(text);
}
