namespace Chaperone.Ledger.Tests;

public sealed class NoteKeyTests
{
    [Theory]
    [InlineData("")]
    [InlineData("example.com/foo")]
    [InlineData("example.com/foo+530d903a")]
    [InlineData("+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/ foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/bar+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/foo+530d903+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv")]
    [InlineData("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k+x")]
    public void Parse_NotAVerifierKey_Throws(string vkey) => Assert.Throws<FormatException>(() => NoteKey.Parse(vkey));

    [Fact]
    public void Parse_WitnessKey_RoundTrips()
    {
        using var signer = new NoteSigner("witness.example/w1", TestLog.Seed);

        var key = NoteKey.Parse(signer.WitnessKey.ToString());

        Assert.Equal(SignatureType.CosignatureV1, key.Type);
        Assert.Equal(signer.WitnessKey.KeyId, key.KeyId);
        Assert.NotEqual(signer.LogKey.KeyId, key.KeyId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("plus+name")]
    [InlineData("line\nbreak")]
    public void Signer_BadName_Throws(string name) => Assert.Throws<ArgumentException>(() => new NoteSigner(name, TestLog.Seed));

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(64)]
    public void Signer_SeedNot32Bytes_Throws(int bytes) => Assert.Throws<ArgumentException>(() => new NoteSigner("name", new byte[bytes]));
}
