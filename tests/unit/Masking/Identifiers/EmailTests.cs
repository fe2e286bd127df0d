namespace Chaperone.Masking.Tests.Identifiers;

/// <summary>E-mail (F).</summary>
public sealed class EmailTests
{
    [Theory]
    [InlineData("write to «ann.lee@clinic.org» today")]
    [InlineData("<«ann@clinic.org»>")]
    [InlineData("«ann_lee+x@mail.clinic.co.uk»")]
    [InlineData("email «ann@localhost»")]
    [InlineData("«\"ann lee\"@clinic.org»")]
    [InlineData("user=«ann.lee%40clinic.org»&x=1")]
    public void Text_WithIdentifier_IsCovered(string text) => MarkedText.AssertCovered(text);

    [Theory]
    [InlineData("«ann [at] clinic [dot] org»")]
    [InlineData("«ann(at)clinic(dot)org»")]
    [InlineData("«ann at clinic dot org»")]
    [InlineData("«ann.lee (at) clinic.org»")]
    [InlineData("«\u0430nn@clinic.org»")]
    [InlineData("«ann\uff20clinic.org»")]
    [InlineData("«ann@m\u00fcnchen.de»")]
    [InlineData("«ann\u200b@clinic.org»")]
    public void Text_WithDisguise_IsCovered(string text) => MarkedText.AssertCovered(text);

    [Theory]
    [InlineData("uuid@3.4.0")]
    [InlineData("elevated at 8.1 today")]
    [InlineData("@Override")]
    [InlineData("at 10.5 mg dot")]
    public void Text_WithoutIdentifier_HasNoFind(string text) => MarkedText.AssertUntouched(text);
}
