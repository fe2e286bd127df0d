using Chaperone.TestKit;
using Chaperone.TestKit.Conformance;

namespace Chaperone.E2E.Tests.Conformance;

/// <summary>The proxy that stands before Chaperone in the comparison adds nothing to the results by itself.</summary>
public sealed class HeaderProxyTests(ConformanceUpstream upstream) : IClassFixture<ConformanceUpstream>
{
    [Theory]
    [InlineData("0.1.16 active")]
    [InlineData("alpha.12 2025-11-25")]
    [InlineData("alpha.12 2026-07-28")]
    public async Task ThroughProxy_EverySuite_EqualsDirect(string name)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var suite = ConformanceSuite.All[name];
        var endpoint = upstream.For(suite);
        await using var proxy = await HeaderProxy.StartAsync(new Uri(endpoint.GetLeftPart(UriPartial.Authority)), "unused", cancellationToken);

        var direct = await suite.RunAsync(endpoint, cancellationToken);
        var through = await suite.RunAsync(new Uri(proxy.Url, endpoint.AbsolutePath), cancellationToken);

        Assert.Equal(direct.Outline, through.Outline);
    }
}
