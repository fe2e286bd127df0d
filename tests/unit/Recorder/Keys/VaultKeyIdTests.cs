using Chaperone.Recorder.Keys.Vault;

namespace Chaperone.Recorder.Tests.Keys;

public class VaultKeyIdTests
{
    [Theory]
    [InlineData("vault:transit/chaperone-records:v1", "transit", "chaperone-records", 1)]
    [InlineData("vault:teams/it/transit/a_b:v2147483647", "teams/it/transit", "a_b", int.MaxValue)]
    [InlineData("vault:vault:v1/k:v3", null, null, 0)]
    [InlineData("vault:transit/k:v0", null, null, 0)]
    [InlineData("vault:transit/k:v01", null, null, 0)]
    [InlineData("vault:transit/k:v+1", null, null, 0)]
    [InlineData("vault:transit/k:v2147483648", null, null, 0)]
    [InlineData("vault:transit/../sys/k:v1", null, null, 0)]
    [InlineData("vault:/k:v1", null, null, 0)]
    [InlineData("vault:k:v1", null, null, 0)]
    [InlineData("vault::v1", null, null, 0)]
    [InlineData("vault:v1", null, null, 0)]
    [InlineData("vault:transit/k?x=1:v1", null, null, 0)]
    [InlineData("k5f3a9c0e", null, null, 0)]
    [InlineData("", null, null, 0)]
    public void Parse_RootIds_TakesOnlyItsOwn(string text, string? mount, string? key, int version)
    {
        Assert.Equal(mount is not null, VaultKeyId.TryParse(text, out var id));
        if (mount is not null)
        {
            Assert.Equal((mount, key, version, text), (id.Mount, id.Key, id.Version, id.ToString()));
        }
    }

    [Theory]
    [InlineData("vault:v1:abc=", 1)]
    [InlineData("vault:v12:", 12)]
    [InlineData("vault:v:abc", null)]
    [InlineData("vault:v1", null)]
    [InlineData("vault:v-1:abc", null)]
    [InlineData("bao:v1:abc", null)]
    [InlineData("", null)]
    public void Version_OfCiphertexts_IsReadOrNone(string ciphertext, int? version) => Assert.Equal(version, VaultKeyId.VersionOf(ciphertext));
}
