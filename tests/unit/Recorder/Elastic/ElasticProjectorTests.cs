using Chaperone.Contracts;
using Chaperone.Recorder.Elastic;
using Chaperone.TestKit.Elastic;

namespace Chaperone.Recorder.Tests.Elastic;

/// <summary>Each record's documents are in Elasticsearch exactly once, whatever breaks between.</summary>
public class ElasticProjectorTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Project_AllKinds_GoToTheStreamOfTheirReaders()
    {
        await using var server = await ElasticServer.StartAsync();
        await using var rig = await ElasticRig.StartAsync(server);
        await rig.KeepAsync(
            rig.Entry(),
            Bare(rig, RecordKind.Approval), Bare(rig, RecordKind.Session), Bare(rig, RecordKind.Configuration), Bare(rig, RecordKind.Review),
            Bare(rig, RecordKind.Export), Bare(rig, RecordKind.Reveal), Bare(rig, RecordKind.Gap), Bare(rig, RecordKind.Heartbeat), Bare(rig, RecordKind.Void));

        await rig.FollowElasticAsync();

        await server.AssertHasAsync(ElasticDatasets.Audit, [0, 1, 2, 7, 8, 9]);
        await server.AssertHasAsync(ElasticDatasets.Control, [3, 4, 5, 6]);
        await server.AssertHasAsync(ElasticDatasets.Content, [0]);
        Assert.Null(rig.Health.ElasticWarning);
    }

    [Fact]
    public async Task Project_SeveralBatches_SendsEachOnceAndOneAtATime()
    {
        await using var server = await ElasticServer.StartAsync();
        await using var rig = await ElasticRig.StartAsync(server, batch: 50);
        await rig.KeepManyAsync(330);

        await rig.FollowElasticAsync();
        await rig.FollowElasticAsync();

        await rig.AssertEachOnceAsync(server, 330);
        Assert.InRange(server.Proxy.Count("/_bulk"), 7, 8);
    }

    [Fact]
    public async Task Project_AfterRestart_GoesOn()
    {
        await using var server = await ElasticServer.StartAsync();
        await using var rig = await ElasticRig.StartAsync(server);
        await rig.KeepManyAsync(30);
        await rig.FollowElasticAsync();
        await rig.StopAsync();

        await using var again = await ElasticRig.StartAsync(server, rig.Folder);
        await again.KeepManyAsync(30);
        await again.FollowElasticAsync();

        await again.AssertEachOnceAsync(server, 60);
    }

    /// <summary>Ids are unique inside the write index only: without the look before, this would double every document.</summary>
    [Fact]
    public async Task Project_WatermarkLostAndRolledOver_DoublesNothing()
    {
        await using var server = await ElasticServer.StartAsync();
        await using var rig = await ElasticRig.StartAsync(server, batch: 7);
        await rig.KeepManyAsync(40);
        await rig.FollowElasticAsync();
        await server.RollOverAllAsync();
        await rig.StopAsync();
        foreach (var file in Directory.EnumerateFiles(rig.DataDirectory, "search.db*"))
        {
            File.Delete(file);
        }

        await using var again = await ElasticRig.StartAsync(server, rig.Folder, batch: 11);
        await again.FollowElasticAsync();

        await again.AssertEachOnceAsync(server, 40);
    }

    [Theory]
    [InlineData(ProxyFaultKind.CutAfter)]
    [InlineData(ProxyFaultKind.CutBefore)]
    public async Task Project_ConnectionCutThenRollover_DoublesAndLosesNothing(ProxyFaultKind kind)
    {
        await using var server = await ElasticServer.StartAsync();
        await using var rig = await ElasticRig.StartAsync(server);
        await rig.KeepManyAsync(5);
        await rig.FollowElasticAsync();
        await rig.KeepManyAsync(20);
        server.Proxy.Fault = ElasticProxy.FirstBulk(new ProxyFault(kind));

        var pause = await rig.RoundAsync();
        await server.RollOverAllAsync();
        rig.Time.Advance(pause!.Value);
        await rig.FollowElasticAsync();

        // Longer than the request may still take effect.
        Assert.True(pause >= TimeSpan.FromSeconds(60), $"{pause}");
        await rig.AssertEachOnceAsync(server, 25);
    }

    [Fact]
    public async Task Project_NoAnswer_GivesUpAfterTheTimeoutAndLooksFirst()
    {
        await using var server = await ElasticServer.StartAsync();
        await using var rig = await ElasticRig.StartAsync(server);
        await rig.KeepManyAsync(5);
        await rig.FollowElasticAsync();
        await rig.KeepManyAsync(3);
        var hang = new ProxyFault(ProxyFaultKind.Hang);
        server.Proxy.Fault = ElasticProxy.FirstBulk(hang);

        var round = rig.RoundAsync();
        await hang.Reached.Task.WaitAsync(TestKit.TestLimits.Signal, Cancel);
        Assert.False(round.IsCompleted);
        rig.Time.Advance(TimeSpan.FromSeconds(30));
        var pause = await round.WaitAsync(TestKit.TestLimits.Signal, Cancel);

        Assert.Contains("did not answer within 30 s", rig.Health.ElasticWarning, StringComparison.Ordinal);
        await server.RollOverAllAsync();
        rig.Time.Advance(pause!.Value);
        await rig.FollowElasticAsync();
        await rig.AssertEachOnceAsync(server, 8);
        Assert.Null(rig.Health.ElasticWarning);
    }

    [Theory]
    [InlineData(400, "Run 'chaperone elastic setup'")]
    [InlineData(401, "API key is missing, unknown or expired")]
    [InlineData(403, "lacks a privilege")]
    [InlineData(404, "Run 'chaperone elastic setup'")]
    [InlineData(406, "Is the URL that of Elasticsearch", true)]
    [InlineData(429, "overloaded")]
    [InlineData(500, "cluster's health")]
    [InlineData(502, "proxy in front")]
    [InlineData(503, "cluster's health")]
    [InlineData(302, "Is the URL that of Elasticsearch")]
    public async Task Project_WholeRequestRefused_SaysWhyAndCatchesUp(int status, string says, bool ignoreCase = false)
    {
        await using var server = await ElasticServer.StartAsync();
        await using var rig = await ElasticRig.StartAsync(server);
        await rig.KeepManyAsync(6);
        server.Proxy.Fault = r => r.Contains("_data_stream", StringComparison.Ordinal) ? null : ProxyFault.Answer(status, """{"error":{"type":"made_up_exception","reason":"secret reason"}}""");

        var pause = await rig.RoundAsync();
        var warning = rig.Health.ElasticWarning;
        server.Proxy.Fault = _ => null;
        rig.Time.Advance(pause!.Value);
        await rig.FollowElasticAsync();

        Assert.Contains(says, warning, ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
        Assert.Contains($"{status} (made_up_exception)", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("secret reason", warning + string.Join('\n', rig.Errors), StringComparison.Ordinal);
        await rig.AssertEachOnceAsync(server, 6);
    }

    [Fact]
    public async Task Project_TooLarge_SendsSmallerRequests()
    {
        await using var server = await ElasticServer.StartAsync();
        await using var rig = await ElasticRig.StartAsync(server);
        await rig.KeepManyAsync(40);
        var refused = 0;
        server.Proxy.Fault = r => r.EndsWith("/_bulk", StringComparison.Ordinal) && refused++ < 2 ? ProxyFault.Answer(413) : null;

        await rig.FollowElasticAsync();

        Assert.InRange(server.Proxy.Count("/_bulk"), 4, 6);
        await rig.AssertEachOnceAsync(server, 40);
    }

    /// <summary>A request that the server finds wrong is parted until the one document that is at fault stands alone.</summary>
    [Fact]
    public async Task Project_OneDocumentPoisonsTheRequest_OnlyThatOneIsReplaced()
    {
        await using var server = await ElasticServer.StartAsync();
        await using var rig = await ElasticRig.StartAsync(server);
        await rig.KeepManyAsync(9);
        await rig.KeepAsync(rig.Entry(masked: """{"note":"poisonous"}"""));
        await rig.KeepManyAsync(9);
        server.Proxy.Fault = r => r.EndsWith("/_bulk", StringComparison.Ordinal) && server.Proxy.Sent.Last().Body.Contains("poisonous", StringComparison.Ordinal) ? ProxyFault.Answer(400) : null;

        await rig.FollowElasticAsync();

        await rig.AssertEachOnceAsync(server, 19);
        var refused = (await server.DocumentsAsync(ElasticDatasets.Content)).Where(d => d.Text("chaperone.content.refused") == "true").ToArray();
        Assert.Equal(9, Assert.Single(refused).Values("event.sequence").Single().GetValue<long>());
        Assert.Contains(rig.Errors, e => e.Contains("does not take the document of record 9", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("write", "create_doc, or the index is blocked")]
    [InlineData("read_only_allow_delete", "its disk is nearly full")]
    public async Task Project_IndexBlocked_WaitsAndCatchesUp(string block, string says)
    {
        await using var server = await ElasticServer.StartAsync();
        await using var rig = await ElasticRig.StartAsync(server);
        await rig.KeepManyAsync(4);
        await rig.FollowElasticAsync();
        await server.BlockAsync(ElasticDatasets.Audit, block, on: true);
        await rig.KeepManyAsync(10);

        var pause = await rig.RoundAsync();
        Assert.Contains(says, rig.Health.ElasticWarning, StringComparison.Ordinal);
        await server.BlockAsync(ElasticDatasets.Audit, block, on: false);
        rig.Time.Advance(pause!.Value);
        await rig.FollowElasticAsync();

        await rig.AssertEachOnceAsync(server, 14);
        Assert.Null(rig.Health.ElasticWarning);
    }

    [Fact]
    public async Task Project_WithoutSetup_SendsNothingAndSaysWhat()
    {
        await using var server = await ElasticServer.StartAsync(beforeSetup: _ => Task.CompletedTask);
        await using var rig = await ElasticRig.StartAsync(server);
        await rig.KeepManyAsync(3);

        Assert.NotNull(await rig.RoundAsync());

        Assert.Equal(0, server.Proxy.Count("/_bulk"));
        Assert.Contains("Run 'chaperone elastic setup'", rig.Health.ElasticWarning, StringComparison.Ordinal);
        Assert.Null(rig.Health.Problem);
        await server.SetUpAsync();
        await rig.FollowElasticAsync();
        await rig.AssertEachOnceAsync(server, 3);
    }

    /// <summary>Templates of an older version, after an upgrade: nothing is sent without the field that they lack, nor is anything lost.</summary>
    [Theory]
    [InlineData("chaperone", "request_masked")]
    [InlineData("chaperone", "mask")]
    [InlineData("event", "hash")]
    public async Task Project_OldMappings_StopsUntilSetupAddsTheField(string parent, string field)
    {
        await using var server = await ElasticServer.StartAsync(beforeSetup: s => SetUpOlderAsync(s, parent, field));
        await using var rig = await ElasticRig.StartAsync(server);
        await rig.KeepManyAsync(2);

        Assert.NotNull(await rig.RoundAsync());
        Assert.Contains("run 'chaperone elastic setup' of this version", rig.Health.ElasticWarning, StringComparison.Ordinal);
        Assert.Null(rig.Health.Problem);
        await server.SetUpAsync();
        await rig.KeepManyAsync(2);
        await rig.FollowElasticAsync();

        await rig.AssertEachOnceAsync(server, 4);
        var bodies = await server.DocumentsAsync(ElasticDatasets.Content);
        Assert.All(bodies, d => Assert.Contains("[NAME]", d.Text("chaperone.request_masked"), StringComparison.Ordinal));
        Assert.DoesNotContain(rig.Errors, e => e.Contains("strict_dynamic_mapping_exception", StringComparison.Ordinal));
    }

    /// <summary>Days without Elasticsearch: records are kept and found in the console all the while.</summary>
    [Fact]
    public async Task Project_OutageOfDays_BlocksNothingAndIsCaughtUp()
    {
        await using var server = await ElasticServer.StartAsync();
        await using var rig = await ElasticRig.StartAsync(server, batch: 1000);
        server.Proxy.Fault = _ => new ProxyFault(ProxyFaultKind.CutBefore);
        for (var day = 0; day < 3; day++)
        {
            await rig.KeepManyAsync(1000);
            Assert.NotNull(await rig.RoundAsync());
            await rig.FollowAsync();
            rig.Time.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal(3000, (await rig.AskAsync<ListSessions, SessionPage>(new ListSessions { Limit = 1 })).Total);
        Assert.Null(rig.Health.Problem);
        var warnings = new List<string?>();
        server.Proxy.Fault = request =>
        {
            if (request.EndsWith("/_bulk", StringComparison.Ordinal))
            {
                warnings.Add(rig.Health.ElasticWarning);
            }

            return null;
        };
        await rig.FollowElasticAsync();

        await rig.AssertEachOnceAsync(server, 3000);
        Assert.Single(rig.Errors);
        Assert.NotNull(warnings[0]);
        Assert.All(warnings.Skip(1), Assert.Null);
    }

    [Fact]
    public async Task Project_RecordThatDoesNotOpen_IsCountedAllTheSame()
    {
        await using var server = await ElasticServer.StartAsync();
        await using var rig = await ElasticRig.StartAsync(server);
        await rig.KeepManyAsync(2);
        await rig.StopAsync();
        File.Delete(Path.Combine(rig.Folder, "keys", "record.key"));

        await using var again = await ElasticRig.StartAsync(server, rig.Folder);
        await again.FollowElasticAsync();

        var documents = await server.DocumentsAsync(ElasticDatasets.Audit);
        await server.AssertHasAsync(ElasticDatasets.Audit, [0L, 1L]);
        Assert.All(documents, d => Assert.Equal(("pipeline_error", "false"), (d.Text("event.kind"), d.Text("chaperone.record.readable"))));
    }

    [Fact]
    public async Task Checkpoint_Published_IsSentOnceAndVerbatim()
    {
        await using var server = await ElasticServer.StartAsync();
        await using var rig = await ElasticRig.StartAsync(server);
        await rig.KeepManyAsync(3);
        await rig.Log.PublishAsync(Cancel);
        await rig.FollowElasticAsync();
        await rig.StopAsync();
        await server.RolloverAsync(ElasticDatasets.Checkpoint);
        File.Delete(Path.Combine(rig.DataDirectory, "search.db"));

        await using var again = await ElasticRig.StartAsync(server, rig.Folder);
        await again.FollowElasticAsync();

        var document = Assert.Single(await server.DocumentsAsync(ElasticDatasets.Checkpoint));
        Assert.Equal((await again.Store.ReadCheckpointAsync(Cancel))!.Note, document.Text("chaperone.log.checkpoint"));
        Assert.Equal("3", document.Text("chaperone.log.size"));
    }

    private static async Task SetUpOlderAsync(ElasticServer server, string parent, string field)
    {
        var component = ElasticTemplates.MappingsComponent();
        Assert.True(component["template"]!["mappings"]!["properties"]![parent]!["properties"]!.AsObject().Remove(field));
        await server.AdminAsync(HttpMethod.Put, "_component_template/chaperone-mappings", component.ToJsonString());
        foreach (var dataset in ElasticDatasets.All)
        {
            await server.AdminAsync(HttpMethod.Put, $"_index_template/logs-{dataset}", ElasticTemplates.Template(dataset, 8).ToJsonString());
            await server.AdminAsync(HttpMethod.Put, $"_data_stream/{server.Stream(dataset)}", null);
        }
    }

    private static RecordEntry Bare(RecorderRig rig, RecordKind kind) => new()
    {
        EventId = Guid.CreateVersion7(rig.Time.GetUtcNow()),
        Kind = kind,
        OccurredAt = rig.Time.GetUtcNow(),
        Source = "test",
        Approval = kind == RecordKind.Approval ? new ApprovalFacts { ApprovalId = "APR-1", Step = "asked", BindingDigest = new string('b', 64) } : null,
    };
}
