using System.Text;
using System.Text.Json;
using Chaperone.Contracts;
using Chaperone.Recorder.Siem;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Chaperone.Recorder.Tests.Siem;

public class SyslogMessageTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 23, 6, 40, 16, 123, TimeSpan.Zero);

    [Fact]
    public void Write_Message_IsCountedInOctetsAndHasTheHeaderOfRfc5424()
    {
        var frame = new SyslogMessage(13, "gate way\u00e9\n.example").Write(SyslogSeverity.Warning, At, "intent", """{"a":"é"}"""u8.ToArray());

        Assert.Equal("""82 <108>1 2026-11-23T06:40:16.123000Z gateway.example chaperone - intent - {"a":"é"}""", Encoding.UTF8.GetString(frame));
        var text = Encoding.UTF8.GetString(frame);
        Assert.Equal(int.Parse(text[..text.IndexOf(' ', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture), frame.Length - text.IndexOf(' ', StringComparison.Ordinal) - 1);
    }

    [Theory]
    [InlineData(RecordKind.Gap, 2)]
    [InlineData(RecordKind.Alarm, 2)]
    [InlineData(RecordKind.Void, 4)]
    [InlineData(RecordKind.Reveal, 5)]
    [InlineData(RecordKind.Heartbeat, 6)]
    [InlineData(RecordKind.Intent, 6)]
    public async Task Of_Kind_HasItsSeverity(RecordKind kind, int severity)
    {
        await using var rig = await RecorderRig.StartAsync();

        Assert.Equal(severity, (int)SyslogSeverities.Of(rig.Entry() with { Kind = kind }));
    }

    [Fact]
    public async Task Of_Refusal_IsAWarning()
    {
        await using var rig = await RecorderRig.StartAsync();
        var entry = rig.Entry();

        Assert.Equal(SyslogSeverity.Warning, SyslogSeverities.Of(entry with { Decision = entry.Decision! with { Effect = CallEffect.Deny } }));
    }

    /// <summary>Class, activity, action and the members that OCSF 1.8.0 requires of API Activity.</summary>
    [Fact]
    public async Task Ocsf_MaskedOutcome_HasWhatTheClassRequires()
    {
        await using var rig = await RecorderRig.StartAsync();
        var entry = rig.Entry() with
        {
            Kind = RecordKind.Outcome,
            Outcome = new OutcomeFacts { Status = OutcomeStatus.Answered, HttpStatus = 200, Findings = [new MaskFinding { Type = "NAME", Count = 2 }] },
        };

        using var document = JsonDocument.Parse(new OcsfDocument("chaperone.local/ledger").Write(7, "ab", entry));

        var root = document.RootElement;
        foreach (var required in new[] { "activity_id", "category_uid", "class_uid", "type_uid", "severity_id", "time", "metadata", "actor", "api", "src_endpoint" })
        {
            Assert.True(root.TryGetProperty(required, out _), required);
        }

        Assert.Equal((6003, 600399L, 4, 1), (root.GetProperty("class_uid").GetInt32(), root.GetProperty("type_uid").GetInt64(), root.GetProperty("action_id").GetInt32(), root.GetProperty("status_id").GetInt32()));
        Assert.Equal("tools/call get_patient", root.GetProperty("api").GetProperty("operation").GetString());
        Assert.Equal(("1.8.0", 7), (root.GetProperty("metadata").GetProperty("version").GetString(), root.GetProperty("metadata").GetProperty("sequence").GetInt32()));
        Assert.Equal("NAME", root.GetProperty("unmapped").GetProperty("chaperone").GetProperty("phi_types")[0].GetString());
    }

    /// <summary>An answer that a rule let through as it was is not told as modified.</summary>
    [Theory]
    [InlineData("none", "", 1, 0, 2)]
    [InlineData("safe-harbor", "name", 1, 0, 2)]
    [InlineData("linked", "", 4, 2, 0)]
    public async Task Ocsf_IdentifiersLetThrough_AreCountedAsClear(string profile, string exempt, int action, int masked, int clear)
    {
        await using var rig = await RecorderRig.StartAsync();
        var entry = rig.Entry();
        entry = entry with
        {
            Kind = RecordKind.Outcome,
            Decision = entry.Decision! with { Masking = profile, Exempt = exempt.Split(' ', StringSplitOptions.RemoveEmptyEntries) },
            Outcome = new OutcomeFacts { Status = OutcomeStatus.Answered, HttpStatus = 200, Findings = [new MaskFinding { Type = "NAME", Count = 2 }] },
        };

        using var document = JsonDocument.Parse(new OcsfDocument("chaperone.local/ledger").Write(7, "ab", entry));

        var own = document.RootElement.GetProperty("unmapped").GetProperty("chaperone");
        Assert.Equal((action, masked, clear), (document.RootElement.GetProperty("action_id").GetInt32(), own.GetProperty("mask_count").GetInt32(), own.GetProperty("clear_count").GetInt32()));
    }

    /// <summary>Canaries in bodies and arguments never reach the collector, in either form.</summary>
    [Theory]
    [InlineData("Ecs")]
    [InlineData("Ocsf")]
    public async Task Message_OfARecordWithBodies_HoldsNoneOfThem(string body)
    {
        await using var rig = await RecorderRig.StartAsync(settings: Settings(body, 8192));
        await rig.KeepAsync(rig.Entry(masked: """{"name":"[NAME] CANARY-M"}""", raw: """{"name":"CANARY-R"}"""));
        var record = Assert.Single(await rig.Store.ReadRecordsAsync(0, 1, TestContext.Current.CancellationToken));

        var message = Encoding.UTF8.GetString(rig.Get<SiemEvents>().Of(record));

        Assert.Contains("get_patient", message, StringComparison.Ordinal);
        Assert.DoesNotContain("CANARY", message, StringComparison.Ordinal);
    }

    /// <summary>What cannot be opened, or does not fit, is told all the same: an index that is missing at the collector would be a loss.</summary>
    [Theory]
    [InlineData("Ecs")]
    [InlineData("Ocsf")]
    public async Task Message_OfARecordThatDoesNotOpenOrFit_SaysWhatTheLeafSays(string body)
    {
        await using var rig = await RecorderRig.StartAsync(settings: Settings(body, 2048));
        var entry = rig.Entry();
        await rig.KeepAsync(entry with { Call = entry.Call! with { Principal = entry.Call.Principal with { Groups = [.. Enumerable.Range(0, 60).Select(i => $"group-{i}-{new string('g', 100)}")], Name = new string('n', 256), Email = new string('m', 250), Subject = new string('s', 256), Issuer = new string('i', 256) } }, Decision = entry.Decision! with { Rule = new string('r', 250), Reason = new string('x', 250) } }, rig.Entry());
        var records = await rig.Store.ReadRecordsAsync(0, 2, TestContext.Current.CancellationToken);
        var damaged = records[1] with { Object = [1, 2, 3] };

        foreach (var record in new[] { records[0], damaged })
        {
            var message = Encoding.UTF8.GetString(rig.Get<SiemEvents>().Of(record));

            Assert.Contains(record.Leaf.EventId.ToString(), message, StringComparison.Ordinal);
            if (record == damaged || body == "Ecs")
            {
                Assert.Contains("unreadable-record", message, StringComparison.Ordinal);
                Assert.True(Encoding.UTF8.GetByteCount(message) <= 2048);
            }
        }
    }

    [Fact]
    public void Settings_ThatAreWrong_AreNamedAllAtOnce()
    {
        var refused = Assert.Throws<OptionsValidationException>(() => new ServiceCollection()
            .AddRecorder(new Microsoft.Extensions.Configuration.ConfigurationManager
            {
                ["Recorder:Syslog:Host"] = "siem.example.org",
                ["Recorder:Syslog:Tls"] = "false",
                ["Recorder:Syslog:Port"] = "0",
                ["Recorder:Syslog:Facility"] = "24",
                ["Recorder:Syslog:MaxBytes"] = "100",
                ["Recorder:Syslog:CaFile"] = "/nowhere/ca.pem",
                ["Recorder:Syslog:CertificateFile"] = "/nowhere/client.pem",
                ["Recorder:Witnesses:0:Url"] = "http://witness.example.org",
                ["Recorder:Witnesses:0:VerifierKey"] = "witness",
                ["Recorder:WitnessQuorum"] = "2",
                ["Recorder:ScrubWithin"] = "00:00:01",
            })
            .BuildServiceProvider()
            .GetRequiredService<IOptions<RecorderOptions>>()
            .Value);

        Assert.Equal(10, refused.Failures.Count());
    }

    private static Dictionary<string, string?> Settings(string body, int maxBytes) => new()
    {
        ["Recorder:Syslog:Host"] = "127.0.0.1",
        ["Recorder:Syslog:HostName"] = "test-host",
        ["Recorder:Syslog:Body"] = body,
        ["Recorder:Syslog:MaxBytes"] = $"{maxBytes}",
    };
}
