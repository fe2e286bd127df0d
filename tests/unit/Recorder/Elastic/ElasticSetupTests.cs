using Chaperone.Recorder.Elastic;
using Chaperone.TestKit.Elastic;

namespace Chaperone.Recorder.Tests.Elastic;

public class ElasticSetupTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Setup_Again_ChangesNothing()
    {
        await using var server = await ElasticServer.StartAsync();
        server.Proxy.Sent.Clear();

        var steps = await Run(server);

        Assert.All(steps.Skip(1), s => Assert.Equal("unchanged", s.Did));
        Assert.Equal(14, steps.Count);
        Assert.DoesNotContain(server.Proxy.Sent, s => s.Request.StartsWith("PUT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Setup_LongerRetention_StaysLonger()
    {
        await using var server = await ElasticServer.StartAsync();
        await Run(server, audit: 3650);
        var before = await PolicyAsync(server);

        var steps = await Run(server);

        Assert.Contains("3650d", before, StringComparison.Ordinal);
        Assert.Equal(before, await PolicyAsync(server));
        Assert.Equal("kept", steps.Single(s => s.What == "life cycle chaperone-audit").Did);

        // Leaves a shared server as it was found.
        await server.AdminAsync(HttpMethod.Put, "_ilm/policy/chaperone-audit", $$$"""{"policy":{{{ElasticTemplates.LifecyclePolicy(ElasticTemplates.FloorDays).ToJsonString()}}}}""");
        foreach (var other in new[] { "chaperone-control", "chaperone-checkpoint" })
        {
            await server.AdminAsync(HttpMethod.Put, $"_ilm/policy/{other}", $$$"""{"policy":{{{ElasticTemplates.LifecyclePolicy(ElasticTemplates.FloorDays).ToJsonString()}}}}""");
        }
    }

    [Theory]
    [InlineData("default", 2191, 365, "2191 days: give 2192 (six years, 45 CFR 164.316(b)(2)(i)) to 36500")]
    [InlineData("default", 2192, 0, "0 days: give 1 to 36500")]
    [InlineData("Default", 2192, 1, "7 characters, 1 of them not allowed: give 1 to 100")]
    [InlineData("a-b", 2192, 1, "3 characters, 1 of them not allowed: give 1 to 100")]
    public void Plan_BelowTheFloorOrMisnamed_IsAProblem(string ns, int audit, int content, string says) =>
        Assert.Contains(says, Assert.Single(new SetupPlan(ns, audit, content).Problems()), StringComparison.Ordinal);

    /// <summary>A setting that one version needs is one that another refuses.</summary>
    [Theory]
    [InlineData("7.17.29", null)]
    [InlineData("8.19.7", null)]
    [InlineData("9.2.0", "standard")]
    [InlineData("10.0.0-SNAPSHOT", "standard")]
    public async Task Setup_EachMajorVersion_GetsTheSettingsItKnows(string version, string? mode)
    {
        await using var fake = await FakeElastic.StartAsync(Cancel);
        fake.Version = version;
        using var client = new ElasticClient(OutboundHttp.Create(fake.Url, null), null, TimeSpan.FromSeconds(30), TimeProvider.System);
        await new ElasticSetup(client, new SetupPlan("default", ElasticTemplates.FloorDays, 365)).RunAsync(Cancel);

        using var answer = await client.GetAsync("_index_template/logs-chaperone.audit", Cancel);

        var settings = answer.Body.GetProperty("index_templates")[0].GetProperty("index_template").GetProperty("template").GetProperty("settings");
        Assert.Equal(mode, settings.TryGetProperty("index.mode", out var found) ? found.GetString() : null);
        Assert.Equal("chaperone-audit", settings.GetProperty("index.lifecycle.name").GetString());
    }

    [Theory]
    [InlineData("7.9.3")]
    [InlineData("6.8.0")]
    [InlineData("?")]
    public async Task Setup_VersionTooOldOrUnknown_TouchesNothing(string version)
    {
        await using var fake = await FakeElastic.StartAsync(Cancel);
        fake.Version = version;
        using var client = new ElasticClient(OutboundHttp.Create(fake.Url, null), null, TimeSpan.FromSeconds(30), TimeProvider.System);

        var e = await Assert.ThrowsAsync<ElasticException>(() => new ElasticSetup(client, new SetupPlan("default", ElasticTemplates.FloorDays, 365)).RunAsync(Cancel));

        Assert.Contains("Elasticsearch 7.17, 8 or 9 is needed", e.Message, StringComparison.Ordinal);
        using var policy = await client.GetAsync("_ilm/policy/chaperone-audit", Cancel);
        Assert.Equal(404, (int)policy.Status);
    }

    [Fact]
    public void Fields_TypesAndNames_AreOnesThatMappingsKnow()
    {
        Assert.All(ElasticFields.Types, f => Assert.Contains(f.Value, new[] { "keyword", "long", "double", "date", "boolean", "text", "ip", "stored" }));
        Assert.All(ElasticFields.Types.Keys, f => Assert.DoesNotContain(ElasticFields.Types.Keys, other => other.StartsWith(f + ".", StringComparison.Ordinal)));
    }

    private static async Task<string> PolicyAsync(ElasticServer server) =>
        (await server.AdminAsync(HttpMethod.Get, "_ilm/policy/chaperone-audit", null))["chaperone-audit"]!["policy"]!["phases"]!["delete"]!.ToJsonString();

    private static async Task<IReadOnlyList<SetupStep>> Run(ElasticServer server, int audit = ElasticTemplates.FloorDays) =>
        await new ElasticSetup(server.Client(), new SetupPlan(server.Namespace, audit, 365)).RunAsync(Cancel);
}
