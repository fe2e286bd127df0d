using Chaperone.TestKit;
using Chaperone.TestKit.Conformance;

namespace Chaperone.E2E.Tests.Conformance;

/// <summary>The official suite finds the same through Chaperone as at the upstream itself: every scenario, every check.</summary>
public abstract class ConformanceComparison(ConformanceStage stage)
{
    [Theory]
    [InlineData("0.1.16 active")]
    [InlineData("alpha.12 2025-11-25")]
    [InlineData("alpha.12 2026-07-28")]
    public async Task ThroughChaperone_EverySuite_EqualsDirect(string name)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var suite = ConformanceSuite.All[name];
        await using var proxy = await HeaderProxy.StartAsync(new Uri(stage.Gateway.EdgeUrl), stage.Token, cancellationToken);

        var direct = await suite.RunAsync(stage.Upstream.For(suite), cancellationToken);
        var through = await suite.RunAsync(new Uri(proxy.Url, suite.IsStateless ? "/mcp/stateless" : "/mcp/stateful"), cancellationToken);

        Assert.True(through.ScoredFailures.Length == 0, string.Join('\n', through.ScoredFailures));
        var difference = string.Join('\n',
        [
            .. through.Outline.Except(direct.Outline).Select(line => $"only through Chaperone: {line}"),
            .. direct.Outline.Except(through.Outline).Select(line => $"only direct: {line}"),
        ]);
        Assert.True(difference.Length == 0, difference);
        Assert.Equal(direct.Outline, through.Outline);
        Assert.Equal(0, through.ExitCode);
    }
}
