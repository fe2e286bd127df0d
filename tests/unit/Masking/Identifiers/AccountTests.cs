namespace Chaperone.Masking.Tests.Identifiers;

/// <summary>Accounts and cards (J).</summary>
public sealed class AccountTests
{
    [Theory]
    [InlineData("account number «10319995»")]
    [InlineData("acct. #«10319995»")]
    [InlineData("A/C no. «10319995»")]
    [InlineData("account ending in «4417»")]
    [InlineData("Visa ending in «1111»")]
    [InlineData("routing «021000021» account «123456789012»")]
    [InlineData("«021000021»")]
    [InlineData("card «4111-1111-1111-1112»")]
    [InlineData("CC# «4111 1111 1111 1112»")]
    [InlineData("paid with «5555555555554444» today")]
    [InlineData("«378282246310005»")]
    [InlineData("«6011000990139424»")]
    [InlineData("«2223000048400011»")]
    [InlineData("IBAN «GB29 NWBK 6016 1331 9268 19»")]
    [InlineData("sent to «GB80ABCD60304700» then")]
    [InlineData("«DE89370400440532013000»")]
    [InlineData("«10319995» is the account number")]
    [InlineData("cvv «123»")]
    [InlineData("[«4111111111111111»]")]
    public void Text_WithIdentifier_IsCovered(string text) => MarkedText.AssertCovered(text);

    [Theory]
    [InlineData("«4111\u20131111\u20131111\u20131111»")]
    [InlineData("«\uff14\uff11\uff11\uff11 1111 1111 1111»")]
    [InlineData("«4111 1111\u200b 1111 1111»")]
    public void Text_WithDisguise_IsCovered(string text) => MarkedText.AssertCovered(text);

    [Theory]
    [InlineData("account for 25% of cases")]
    [InlineData("the account was closed")]
    [InlineData("card declined 3 times")]
    [InlineData("SNOMED CT 428251000124104")]
    [InlineData("{\"code\":\"132281000119108\"}")]
    [InlineData("total 4,320,000 records")]
    [InlineData("1-2-3-4-5")]
    public void Text_WithoutIdentifier_HasNoFind(string text) => MarkedText.AssertUntouched(text);
}
