namespace Chaperone.Masking.Tests.Identifiers;

/// <summary>Telephone and fax (D, E).</summary>
public sealed class PhoneTests
{
    [Theory]
    [InlineData("«4321234567»")]
    [InlineData("call «415 555 0100»")]
    [InlineData("phone «4155550100»")]
    [InlineData("tel.: «+1 (415) 555-0100»")]
    [InlineData("phone: «555-0100»")]
    [InlineData("«(415) 555 0100 ext 12»")]
    [InlineData("fax no. «415.555.0101»")]
    [InlineData("«1 (800) 555-0199»")]
    [InlineData("«+49 (0)30 1234 5678»")]
    [InlineData("«00 44 20 7946 0958»")]
    [InlineData("«020 7946 0958»")]
    [InlineData("«(02) 9876 5432»")]
    [InlineData("Phone «415/555-0100»")]
    [InlineData("desk «986.291.2294x751»")]
    [InlineData("fax «001-420-335-7509x38548»")]
    [InlineData("you can call «73 448 266»")]
    [InlineData("reach him at «532 123 45 67»")]
    [InlineData("«09181234567»")]
    [InlineData("pager «415-555-0102 #33»")]
    [InlineData("«42 078 638»-office")]
    public void Text_WithIdentifier_IsCovered(string text) => MarkedText.AssertCovered(text);

    [Theory]
    [InlineData("«415\u2013555\u20130100»")]
    [InlineData("«415\u2011555\u20110100»")]
    [InlineData("(«\uff14\uff11\uff15) 555-0100»")]
    [InlineData("«415-5\u200b55-0100»")]
    public void Text_WithDisguise_IsCovered(string text) => MarkedText.AssertCovered(text);

    [Theory]
    [InlineData("NDC 0002-8215-01")]
    [InlineData("ndc 00093-1048-01 a day")]
    [InlineData("at 10:30 in room 304")]
    [InlineData("score 12 30 45")]
    [InlineData("phone app version 5.2.1")]
    [InlineData("10.0.26100.2033")]
    [InlineData("calls took 20 minutes")]
    [InlineData("1920x1080 at 60 Hz")]
    public void Text_WithoutIdentifier_HasNoFind(string text) => MarkedText.AssertUntouched(text);
}
