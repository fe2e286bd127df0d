using Chaperone.Policy.Documents;

namespace Chaperone.Policy.Tests.Reading;

public sealed class PinningTests
{
    [Theory]
    [InlineData("", PinningMode.FirstUse)]
    [InlineData(", pinning: first-use", PinningMode.FirstUse)]
    [InlineData(", pinning: strict", PinningMode.Strict)]
    [InlineData(", pinning: off", PinningMode.Off)]
    public void Read_EachWay_IsKept(string pinning, object mode) =>
        Assert.Equal(mode, PolicyText.Document(Text(pinning)).Servers["s"].Pinning);

    [Theory]
    [InlineData("maybe")]
    [InlineData("false")]
    [InlineData("Strict")]
    [InlineData("[strict]")]
    public void Read_AnythingElse_IsAProblemAtItsPlace(string value)
    {
        var problem = Assert.Single(PolicyText.Read(Text($", pinning: {value}")).Problems);

        Assert.Contains("servers.s.pinning", problem.ToString(), StringComparison.Ordinal);
        Assert.Contains("strict", problem.ToString(), StringComparison.Ordinal);
    }

    private static string Text(string pinning) => $"version: 1\nservers: {{ s: {{ url: 'http://127.0.0.1/'{pinning} }} }}\n";
}
