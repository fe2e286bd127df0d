using Chaperone.TestKit.Conformance;

namespace Chaperone.E2E.Tests.Conformance;

/// <summary>The upstream itself conforms, so that whatever fails behind Chaperone is Chaperone's.</summary>
public sealed class FixtureServerTests(ConformanceUpstream upstream) : IClassFixture<ConformanceUpstream>
{
    [Theory]
    [InlineData("0.1.16 active", 30, 40)]
    [InlineData("alpha.12 2025-11-25", 30, 84)]
    [InlineData("alpha.12 2026-07-28", 37, 162)]
    public async Task Direct_EverySuite_PassesWhatCounts(string name, int scored, int passed)
    {
        var suite = ConformanceSuite.All[name];

        var report = await suite.RunAsync(upstream.For(suite), TestContext.Current.CancellationToken);

        Assert.Empty(report.ScoredFailures);
        Assert.Equal(0, report.ExitCode);
        Assert.Equal(scored, report.Scenarios.Count(scenario => scenario.Scored));
        Assert.Equal(passed, report.Passed);
    }
}
