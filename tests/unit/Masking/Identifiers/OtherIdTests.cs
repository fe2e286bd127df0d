namespace Chaperone.Masking.Tests.Identifiers;

/// <summary>Other unique numbers (R).</summary>
public sealed class OtherIdTests
{
    [Theory]
    [InlineData("The records show ID: «987654»")]
    [InlineData("Record shows «12345678». Record shows «jsmith42». Record shows «ABC 1234».")]
    [InlineData("Encounter # «12345678»")]
    [InlineData("visit no. «V12345»")]
    [InlineData("CSN: «123456789»")]
    [InlineData("accession # «A-2021-12345»")]
    [InlineData("claim # «CLM-12345»")]
    [InlineData("Claim no. «2021-12345»")]
    [InlineData("case no. «21-CV-1234»")]
    [InlineData("order #«123456»")]
    [InlineData("Rx# «1234567»")]
    [InlineData("prescription «RX1234567»")]
    [InlineData("prior auth «PA123456»")]
    [InlineData("badge «12345»")]
    [InlineData("employee no. «E12345»")]
    [InlineData("ticket «INC0012345»")]
    [InlineData("user id «jsmith12»")]
    [InlineData("User «thomasbaker320» logged in")]
    [InlineData("handle is «lisa.gutierrez53».")]
    [InlineData("dbUser: \"«user_8491»\"")]
    [InlineData("CREATE USER '«dev_3737»'@'h'")]
    [InlineData("request «f81d4fae-7dec-11d0-a765-00a0c91e6bf6» failed")]
    [InlineData("shows «1234 5678 9012» there")]
    public void Text_WithIdentifier_IsCovered(string text) => MarkedText.AssertCovered(text);

    [Theory]
    [InlineData("Encounter ID (closed): «84355259»")]
    [InlineData("«84355259» is her visit number")]
    [InlineData("Visit Number on file: «84355259»")]
    public void Text_WithDisguise_IsCovered(string text) => MarkedText.AssertCovered(text);

    [Theory]
    [InlineData("visit 4 of 6")]
    [InlineData("case 3 of 12")]
    [InlineData("order 2 tablets")]
    [InlineData("number 12345 in the list")]
    [InlineData("commit 9fceb02d0ae598e95dc970b74767f19372d6ed37")]
    [InlineData("id 42")]
    [InlineData("row 1234567 of 9876543")]
    public void Text_WithoutIdentifier_HasNoFind(string text) => MarkedText.AssertUntouched(text);
}
