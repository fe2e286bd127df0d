using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Chaperone.Recorder.Tests;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;

namespace Chaperone.Cli.Tests;

/// <summary>What other programs read of a bundle is what their formats say.</summary>
public class EvidenceFormatTests
{
    /// <summary>Firely's own reader, in its strict mode: unknown elements, wrong cardinalities, codes and values are errors.</summary>
    [Fact]
    public async System.Threading.Tasks.Task Export_Fhir_IsReadByFirelyWithoutAnIssue()
    {
        await using var rig = await EvidenceTests.DayAsync();
        var lines = await LinesAsync(rig, "fhir/AuditEvent.ndjson");

        var events = lines.Select(Parse).ToArray();

        // The number that was spent for nothing is no event of FHIR's.
        Assert.Equal(5, events.Length);
        var denied = Assert.Single(events, e => e.Outcome == AuditEvent.AuditEventOutcome.N4);
        Assert.Equal(("doctor-2", true), (denied.Agent[0].Who!.Identifier!.Value, denied.Agent[0].Requestor));
        var outcome = Assert.Single(events, e => e.Period is not null);
        Assert.Equal("get_patient", outcome.Entity[0].Name);
        Assert.Contains(outcome.Entity[0].Detail, d => d.Type == "identifiers-masked" && d.Value is FhirString { Value: "2" });
        Assert.Equal(["IRCP", "110153", "110152"], outcome.Agent.Select(a => a.Type!.Coding[0].Code));
    }

    /// <summary>The reader above would say so: an AuditEvent without its source is not read.</summary>
    [Fact]
    public async System.Threading.Tasks.Task Export_FhirWithoutSource_IsNotRead()
    {
        await using var rig = await EvidenceTests.DayAsync();
        var line = (await LinesAsync(rig, "fhir/AuditEvent.ndjson"))[0];

        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Parse(line.Replace("\"source\":", "\"sauce\":", StringComparison.Ordinal)));
    }

    [Fact]
    public async System.Threading.Tasks.Task Export_Ocsf_HasWhatTheClassRequires()
    {
        await using var rig = await EvidenceTests.DayAsync();
        var lines = (await LinesAsync(rig, "ocsf/api_activity.ndjson")).Select(l => JsonDocument.Parse(l).RootElement).ToArray();

        Assert.Equal(5, lines.Length);
        Assert.All(lines, e =>
        {
            foreach (var required in new[] { "activity_id", "category_uid", "class_uid", "type_uid", "severity_id", "time", "metadata", "actor", "api", "src_endpoint", "action_id" })
            {
                Assert.True(e.TryGetProperty(required, out _), required);
            }

            Assert.Equal((6, 6003, 600300 + e.GetProperty("activity_id").GetInt32()), (e.GetProperty("category_uid").GetInt32(), e.GetProperty("class_uid").GetInt32(), e.GetProperty("type_uid").GetInt32()));
            Assert.Equal("1.8.0", e.GetProperty("metadata").GetProperty("version").GetString());
            Assert.NotEqual("", e.GetProperty("metadata").GetProperty("product").GetProperty("vendor_name").GetString());
            Assert.NotEqual("", e.GetProperty("api").GetProperty("operation").GetString());
        });
        var denied = Assert.Single(lines, e => e.GetProperty("action_id").GetInt32() == 2);
        Assert.Equal((2, 2, 3), (denied.GetProperty("disposition_id").GetInt32(), denied.GetProperty("status_id").GetInt32(), denied.GetProperty("severity_id").GetInt32()));
        Assert.Single(lines, e => e.GetProperty("action_id").GetInt32() == 4);
    }

    [Fact]
    public async System.Threading.Tasks.Task Export_Csv_RunsNoFormulaAndKeepsItsColumns()
    {
        await using var rig = await RecorderRig.StartAsync();
        var entry = rig.Entry();
        await rig.KeepAsync(entry with
        {
            Call = entry.Call! with { Principal = entry.Call.Principal with { Subject = "=cmd|'/c calc'!A1", Name = "a \"quoted\", name" } },
            Decision = entry.Decision! with { Reason = "@SUM(1)\r\nnext" },
        });
        await rig.AssertIntactAsync(1);
        await rig.StopAsync();

        var users = await TextAsync(rig, "populations/users.csv");
        var decisions = await TextAsync(rig, "populations/decisions.csv");

        Assert.Contains("\n'=cmd|'/c calc'!A1,https://issuer.example,\"a \"\"quoted\"\", name\",nurses,false,", users, StringComparison.Ordinal);
        Assert.Contains(",clinical-reads,\"'@SUM(1)\r\nnext\",", decisions, StringComparison.Ordinal);
    }

    [Fact]
    public async System.Threading.Tasks.Task Export_Summary_SaysEveryControlAndItsNumbers()
    {
        await using var rig = await EvidenceTests.DayAsync();
        var page = await TextAsync(rig, "SUMMARY.html");

        foreach (var words in new[]
        {
            "164.312(a)(1)", "164.312(a)(2)(i)", "164.312(b)", "164.312(c)(1)", "164.312(d)", "164.312(e)(1)", "164.308(a)(1)(ii)(D)", "164.316(b)", "164.528",
            "4 messages were decided by policy: 1 denied, 0 held", "2 identities, of which 1 are programs", "1 numbers are missing, 1 allowed calls have no recorded end",
        })
        {
            Assert.Contains(words, page, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("CANARY", page, StringComparison.Ordinal);
    }

    private static AuditEvent Parse(string line)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(line));
        var isRead = new BaseFhirJsonDeserializer(ModelInfo.ModelInspector, new DeserializerSettings().UsingMode(DeserializationMode.Strict))
            .TryDeserializeResource(ref reader, out var resource, out var issues);
        Assert.True(isRead, string.Join('\n', issues.Select(i => i.Message)));
        return Assert.IsType<AuditEvent>(resource);
    }

    internal static async System.Threading.Tasks.Task<string[]> LinesAsync(RecorderRig rig, string member) =>
        (await TextAsync(rig, member)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static async System.Threading.Tasks.Task<string> TextAsync(RecorderRig rig, string member)
    {
        using var zip = ZipFile.OpenRead(await EvidenceTests.ExportAsync(rig));
        using var reader = new StreamReader(zip.GetEntry(member)!.Open());
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
