namespace Chaperone.Masking.Tests.Identifiers;

/// <summary>IP addresses (O).</summary>
public sealed class IpTests
{
    [Theory]
    [InlineData("hop «192.168.1.1».1 answered")]
    [InlineData("from «192.168.10.4»")]
    [InlineData("ip=«10.1.2.3»")]
    [InlineData("«10.0.0.1:8443» up")]
    [InlineData("«203.0.113.77/24»")]
    [InlineData("host «2001:db8::8a2e:370:7334» up")]
    [InlineData("was:«2001:db8::8a2e:370:7334»")]
    [InlineData("«fe80::1%eth0»")]
    [InlineData("«::ffff:192.0.2.128»")]
    [InlineData("at «::1» now")]
    [InlineData("net «2001:db8::/32»")]
    public void Text_WithIdentifier_IsCovered(string text) => MarkedText.AssertCovered(text);

    [Theory]
    [InlineData("«\uff11\uff19\uff12.168.10.4»")]
    [InlineData("«192.168.\u200b10.4»")]
    public void Text_WithDisguise_IsCovered(string text) => MarkedText.AssertCovered(text);

    [Theory]
    [InlineData("version 1.2.3.4")]
    [InlineData("OID 2.16.840.1.113883.6.96")]
    [InlineData("build 10.0.26100.2033")]
    [InlineData("10:30:45")]
    [InlineData("std::vector<int>")]
    [InlineData("a::b")]
    public void Text_WithoutIdentifier_HasNoFind(string text) => MarkedText.AssertUntouched(text);
}
