using Chaperone.TestKit;
using Chaperone.TestKit.Conformance;

namespace Chaperone.E2E.Tests.Conformance;

/// <summary>The official suite finds the same through Chaperone as at the upstream itself: every scenario, every check.</summary>
public abstract class ConformanceComparison(ConformanceStage stage)
{
    // Held calls are tasks, so Chaperone offers the extension whether or not the upstream does, and answers itself for tasks that it gave to nobody.
    private static readonly string[] Own =
    [
        "tasks-capability-negotiation: tasks-extension-advertised: ",
        "tasks-dispatch-and-envelope: sep-2663-tasks-get-invalid-task-id-32602: ",
    ];

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
        string[] wanted = [.. direct.Outline.Select(line => Own.FirstOrDefault(o => line == $"{o}FAILURE") is { } own ? $"{own}SUCCESS" : line)];
        var difference = string.Join('\n',
        [
            .. through.Outline.Except(wanted).Select(line => $"only through Chaperone: {line}"),
            .. wanted.Except(through.Outline).Select(line => $"only direct: {line}"),
        ]);
        Assert.True(difference.Length == 0, difference);
        Assert.Equal(wanted, through.Outline);
        Assert.Equal(0, through.ExitCode);
    }
}
