using Chaperone.Contracts;
using Chaperone.Recorder.Elastic;

namespace Chaperone.Recorder.Tests.Elastic;

/// <summary>Invariant 4: nothing that is not masked leaves for Elasticsearch, wherever somebody puts it.</summary>
public class ElasticCanaryTests
{
    private static readonly string[] Canaries =
        ["CANARY-RAW", "078-05-1120", "CANARY NAME", "CANARY-URI", "CANARY WORDS", "CANARY TOOL", "CANARY SERVER", "5550100123", "CANARY ID", "CANARY NOTE"];

    [Fact]
    public async Task Sent_RecordsFullOfIdentifiers_HoldNoneOfThem()
    {
        await using var server = await ElasticServer.StartAsync();
        await using var rig = await ElasticRig.StartAsync(server);
        await rig.KeepAsync(
            rig.Entry(raw: """{"ssn":"078-05-1120","x":"CANARY-RAW"}""", masked: """{"ssn":"[SSN]"}"""),
            With(rig, c => c with { Method = "resources/read", Target = "patient://CANARY-URI/5550100123" }),
            With(rig, c => c with { Target = "CANARY TOOL 078-05-1120", ClientName = "CANARY NAME of patient", RequestId = "\"CANARY ID\"" }),
            With(rig, c => c with { Method = "x 5550100123", Server = "CANARY SERVER", ProtocolVersion = "CANARY NAME", ClientVersion = "CANARY NAME", RemoteAddress = "CANARY NAME", TraceParent = "00-CANARY NAME-00" }),
            rig.Entry() with
            {
                Kind = RecordKind.Approval,
                Approval = new ApprovalFacts { ApprovalId = "APR-1", Step = "approved", BindingDigest = new string('b', 64), Reason = "CANARY WORDS" },
                Note = "CANARY NOTE",
            });
        await rig.Log.PublishAsync(TestContext.Current.CancellationToken);

        await rig.FollowElasticAsync();

        var sent = string.Join('\n', server.Proxy.Sent.Select(s => s.Request + s.Body));
        Assert.Equal(5, (await server.DocumentsAsync(ElasticDatasets.Audit)).Count);
        Assert.Contains("[SSN]", sent, StringComparison.Ordinal);
        Assert.All(Canaries, canary => Assert.DoesNotContain(canary, sent, StringComparison.OrdinalIgnoreCase));
        Assert.All(Canaries, canary => Assert.DoesNotContain(canary, string.Join('\n', rig.Errors), StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Sent_Documents_HoldOnlyFieldsOfTheMapping()
    {
        await using var server = await ElasticServer.StartAsync();
        await using var rig = await ElasticRig.StartAsync(server);
        await rig.KeepAsync(rig.Entry(), Outcome(rig), Held(rig));

        await rig.FollowElasticAsync();

        // The strict mapping refused none: no document stands in for another.
        Assert.DoesNotContain(await server.DocumentsAsync(ElasticDatasets.Audit), d => d.Text("event.kind") == "pipeline_error");
        Assert.DoesNotContain(await server.DocumentsAsync(ElasticDatasets.Content), d => d.Text("chaperone.content.refused") == "true");
        Assert.Empty(rig.Errors);
    }

    [Fact]
    public async Task Document_OfAnOutcome_SaysWhoWhatAndHowItEnded()
    {
        await using var server = await ElasticServer.StartAsync();
        await using var rig = await ElasticRig.StartAsync(server, more: ("TimeZone", "America/Chicago"));
        var outcome = Outcome(rig);
        await rig.KeepAsync(outcome with { Decision = outcome.Decision! with { Exempt = ["NAME"] } });

        await rig.FollowElasticAsync();

        var document = Assert.Single(await server.DocumentsAsync(ElasticDatasets.Audit));
        string?[] said =
        [
            document.Text("user.id"), document.Text("user.name"), document.Text("user.domain"), document.Text("service.name"), document.Text("event.action"),
            document.Text("gen_ai.tool.name"), document.Text("rule.name"), document.Text("event.outcome"), document.Text("source.ip"), document.Text("event.duration"),
            document.Text("chaperone.mask.count"), document.Text("trace.id"), document.Text("chaperone.time.hour"), document.Text("chaperone.time.after_hours"),
            string.Join(' ', document.Values("chaperone.phi.types").Select(v => v.ToString())), document.Text("chaperone.phi.clear_types"), document.Text("chaperone.phi.clear_count"),
        ];
        Assert.Equal(
            [
                "nurse-1", "Nina Nurse", "https://issuer.example", "clinic", "tools/call", "get_patient", "clinical-reads", "success", "10.1.2.3", "250000000",
                "2", "0af7651916cd43dd8448eb211c80319c", "0", "true", "SSN NAME", "NAME", "1",
            ],
            said);
        Assert.Equal(Convert.ToHexStringLower((await rig.Store.ReadLeavesAsync(0, 1, TestContext.Current.CancellationToken))[0].Hash), document.Text("event.hash"));
    }

    [Fact]
    public async Task Document_OfAnApproval_HasItsLatencyAndItsApprover()
    {
        await using var server = await ElasticServer.StartAsync();
        await using var rig = await ElasticRig.StartAsync(server);
        await rig.KeepAsync(Held(rig));

        await rig.FollowElasticAsync();

        var document = Assert.Single(await server.DocumentsAsync(ElasticDatasets.Audit));
        Assert.Equal(
            ["approval-approved", "90000", "doctor-1", "nurse-1"],
            new[] { document.Text("event.action"), document.Text("chaperone.approval.latency_ms"), document.Text("chaperone.actor.id"), document.Text("user.id") });
    }

    /// <summary>The strict mapping takes it, and whoever asks why nobody was asked finds the yes that let the call pass.</summary>
    [Fact]
    public async Task Document_OfACallUnderAGrant_NamesTheGrant()
    {
        await using var server = await ElasticServer.StartAsync();
        await using var rig = await ElasticRig.StartAsync(server);
        var held = Held(rig);
        await rig.KeepAsync(held with { Approval = held.Approval! with { ApprovalId = "APR-2", Step = "granted", GrantId = "APR-1" } });

        await rig.FollowElasticAsync();

        var document = Assert.Single(await server.DocumentsAsync(ElasticDatasets.Audit));
        Assert.Equal(["APR-2", "granted", "APR-1"], new[] { document.Text("chaperone.approval.id"), document.Text("chaperone.approval.step"), document.Text("chaperone.approval.grant_id") });
    }

    private static RecordEntry With(RecorderRig rig, Func<CallFacts, CallFacts> change)
    {
        var entry = rig.Entry();
        return entry with { Call = change(entry.Call!) };
    }

    private static RecordEntry Outcome(RecorderRig rig)
    {
        var entry = With(rig, c => c with
        {
            ReceivedAt = c.ReceivedAt - TimeSpan.FromMilliseconds(250),
            RemoteAddress = "10.1.2.3",
            ClientName = "Demo Client",
            RequestId = "7",
            TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        });
        return entry with
        {
            Kind = RecordKind.Outcome,
            Outcome = new OutcomeFacts { Status = OutcomeStatus.Answered, HttpStatus = 200, UpstreamMilliseconds = 12.5, UpstreamBytes = 900, Findings = ElasticRig.Findings(("SSN", 2), ("NAME", 1)) },
        };
    }

    private static RecordEntry Held(RecorderRig rig) => With(rig, c => c with { ReceivedAt = c.ReceivedAt - TimeSpan.FromSeconds(90) }) with
    {
        Kind = RecordKind.Approval,
        Approval = new ApprovalFacts { ApprovalId = "APR-1", Step = "approved", BindingDigest = new string('b', 64), Channel = "slack" },
        Actor = new Principal { Issuer = "https://issuer.example", Subject = "doctor-1", Groups = [], ClientId = "console" },
    };
}
