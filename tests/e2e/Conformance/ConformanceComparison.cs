using Chaperone.TestKit;
using Chaperone.TestKit.Conformance;

namespace Chaperone.E2E.Tests.Conformance;

/// <summary>The official suite finds the same through Chaperone as at the upstream itself: every scenario, every check. One subclass per form of Chaperone.</summary>
public abstract class ConformanceComparison(ConformanceUpstream upstream) : IClassFixture<ConformanceUpstream>
{
    [Theory]
    [InlineData("0.1.16 active")]
    [InlineData("alpha.12 2025-11-25")]
    [InlineData("alpha.12 2026-07-28")]
    public async Task ThroughChaperone_EverySuite_EqualsDirect(string name)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var suite = ConformanceSuite.All[name];
        var gateway = await GatewayAsync(upstream, cancellationToken);
        await using var proxy = await HeaderProxy.StartAsync(gateway.Url, gateway.Token, cancellationToken);
        var path = suite.IsStateless ? gateway.StatelessPath : gateway.StatefulPath;

        var direct = await suite.RunAsync(upstream.For(suite), cancellationToken);
        var through = await suite.RunAsync(new Uri(proxy.Url, path), cancellationToken);

        Assert.Empty(through.ScoredFailures);
        Assert.Equal(direct.Outline, through.Outline);
        Assert.Equal(0, through.ExitCode);
    }

    /// <summary>A Chaperone in front of <paramref name="server"/>; it lives as long as the test class.</summary>
    protected abstract ValueTask<Gateway> GatewayAsync(ConformanceUpstream server, CancellationToken cancellationToken);
}
