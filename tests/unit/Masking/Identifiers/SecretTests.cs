namespace Chaperone.Masking.Tests.Identifiers;

/// <summary>Secrets: what opens the door to all of the above.</summary>
public sealed class SecretTests
{
    [Theory]
    [InlineData("password=«hunter22!x»")]
    [InlineData("pwd=«Secr3t!»;")]
    [InlineData("Server=x;User Id=sa;Password=«p4ss»;")]
    [InlineData("«postgres://u:p4ss@h/db»")]
    [InlineData("AWS_SECRET_ACCESS_KEY=«wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY»")]
    [InlineData("key «AKIAIOSFODNN7EXAMPLE» leaked")]
    [InlineData("Authorization: Basic «dXNlcjpwYXNzd29yZA==»")]
    [InlineData("Authorization: Bearer «abcdefghijklmnop1234»")]
    [InlineData("token «ghp_16C7e42F292c6912E7710c838347Ae178B4a»")]
    [InlineData("«eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dBjftJeZ4CVPmB92K27uhbUJU1p1r»")]
    [InlineData("IDENTIFIED BY '«jWxJCYvUSEPCs»'")]
    [InlineData("ALTER ROLE x PASSWORD '«s3cr3tpw»'")]
    [InlineData("AccountKey=«abcDEF123456==»")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\n«MIIEpAIBAAKCAQEA»\n-----END RSA PRIVATE KEY-----")]
    public void Text_WithIdentifier_IsCovered(string text) => MarkedText.AssertCovered(text);

    [Theory]
    [InlineData("password = \"«h\u200bunter22»\"")]
    public void Text_WithDisguise_IsCovered(string text) => MarkedText.AssertCovered(text);

    [Theory]
    [InlineData("the password policy changed")]
    [InlineData("Basic metabolic panel")]
    [InlineData("token ring and key card")]
    [InlineData("sk-learn and ghp")]
    [InlineData("Bearer of bad news")]
    public void Text_WithoutIdentifier_HasNoFind(string text) => MarkedText.AssertUntouched(text);
}
