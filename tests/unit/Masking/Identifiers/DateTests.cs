namespace Chaperone.Masking.Tests.Identifiers;

/// <summary>Dates finer than a year (C).</summary>
public sealed class DateTests
{
    [Theory]
    [InlineData("on «2021-03-04»")]
    [InlineData("«03/04/2021»")]
    [InlineData("«3/4/21»")]
    [InlineData("«04.03.2021»")]
    [InlineData("«March 4, 2021»")]
    [InlineData("«Mar 4th, 2021»")]
    [InlineData("«4th of March, 2021»")]
    [InlineData("the «third of March»")]
    [InlineData("«March third»")]
    [InlineData("«4-Mar-21»")]
    [InlineData("on «05-May»")]
    [InlineData("«Thursday, March 4»")]
    [InlineData("«2021/3/4»")]
    [InlineData("«03 / 04 / 2021»")]
    [InlineData("«20210304T101500Z»")]
    [InlineData("«20210304101500+0200»")]
    [InlineData("«2021-03»")]
    [InlineData("«March 2021»")]
    [InlineData("from «3/4» to «3/9»")]
    [InlineData("«3/4-3/9/2021»")]
    [InlineData("«March 4-6, 2021»")]
    [InlineData("due «3/4»")]
    [InlineData("today is «5/21»")]
    [InlineData("«5 may 2021»")]
    [InlineData("in «March»")]
    [InlineData("«4 de marzo de 2021»")]
    [InlineData("«4. M\u00e4rz 2021»")]
    [InlineData("«2021\u5e743\u67084\u65e5»")]
    [InlineData("DOB: «030480»")]
    public void Text_WithIdentifier_IsCovered(string text) => MarkedText.AssertCovered(text);

    [Theory]
    [InlineData("«2021\u201103\u201104»")]
    [InlineData("«\uff12\uff10\uff12\uff11-03-04»")]
    [InlineData("«2021-0\u200b3-04»")]
    [InlineData("«3\u22154\u22152021»")]
    public void Text_WithDisguise_IsCovered(string text) => MarkedText.AssertCovered(text);

    [Theory]
    [InlineData("in 2021 and since 2019")]
    [InlineData("between 2010 and 2015")]
    [InlineData("BP 120/80")]
    [InlineData("open 24/7")]
    [InlineData("seen 1/2 of the time")]
    [InlineData("take 3/4 cup")]
    [InlineData("yesterday, last week, 3 days ago")]
    [InlineData("at 10:15 AM")]
    [InlineData("version 1.2.2021.3")]
    [InlineData("10-14 days")]
    [InlineData("you may march on")]
    [InlineData("1.5.2")]
    public void Text_WithoutIdentifier_HasNoFind(string text) => MarkedText.AssertUntouched(text);
}
