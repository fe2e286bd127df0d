using System.Buffers;
using System.Net;
using System.Text.Json;
using Chaperone.Contracts;
using Chaperone.Recorder.Disclosures;
using Chaperone.Recorder.Elastic;
using Chaperone.Recorder.Sealing;

namespace Chaperone.Recorder.Siem;

/// <summary>One record in OCSF 1.8.0, class 6003 (API Activity) with the security_control profile; what OCSF has no names for stands under <c>unmapped.chaperone</c>.</summary>
/// <param name="origin">Origin of the ledger.</param>
internal sealed class OcsfDocument(string origin)
{
    private const string Version = "1.8.0";
    private const int Category = 6;
    private const int Class = 6003;
    private const int Read = 2;
    private const int Other = 99;
    private const int LongestWord = 256;

    public ReadOnlyMemory<byte> Write(long index, string hash, RecordEntry entry) => Finish(json =>
    {
        WriteClass(json, entry.OccurredAt, SeverityOf(SyslogSeverities.Of(entry)), ActivityOf(entry), EventWords.Of(entry).Action);
        WriteMetadata(json, entry.EventId, index, entry.Call?.SessionId, RecordHeader.Word(entry.Kind));
        WriteActor(json, entry);
        WriteApi(json, entry);
        WriteSource(json, entry.Call?.RemoteAddress, entry.Source);
        WriteDecision(json, entry);
        json.WriteNumber("status_id", EventWords.Of(entry).Outcome switch { "success" => 1, "failure" => 2, _ => 0 });
        WriteUnmapped(json, hash, entry);
    });

    /// <summary>A record that does not open: what its leaf says.</summary>
    public ReadOnlyMemory<byte> WriteUnreadable(long index, string hash, LeafFacts leaf, DateTimeOffset at) => Finish(json =>
    {
        WriteClass(json, at, SeverityOf(SyslogSeverity.Critical), Other, "unreadable-record");
        WriteMetadata(json, leaf.EventId, index, leaf.SessionId, RecordHeader.Word(leaf.Kind));
        json.WriteStartObject("actor");
        json.WriteString("app_name", "chaperone");
        json.WriteEndObject();
        json.WriteStartObject("api");
        json.WriteString("operation", "unreadable-record");
        json.WriteEndObject();
        WriteSource(json, null, "recorder");
        json.WriteNumber("status_id", 2);
        json.WriteStartObject("unmapped");
        json.WriteStartObject("chaperone");
        WriteLeaf(json, hash);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static ReadOnlyMemory<byte> Finish(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        members(json);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteClass(Utf8JsonWriter json, DateTimeOffset at, int severity, int activity, string activityName)
    {
        json.WriteNumber("category_uid", Category);
        json.WriteNumber("class_uid", Class);
        json.WriteNumber("activity_id", activity);
        json.WriteString("activity_name", activityName);
        json.WriteNumber("type_uid", (Class * 100) + activity);
        json.WriteNumber("severity_id", severity);
        json.WriteNumber("time", at.ToUnixTimeMilliseconds());
    }

    private static void WriteMetadata(Utf8JsonWriter json, Guid id, long index, Guid? session, string kind)
    {
        json.WriteStartObject("metadata");
        json.WriteString("version", Version);
        json.WriteStartArray("profiles");
        json.WriteStringValue("security_control");
        json.WriteEndArray();
        json.WriteStartObject("product");
        json.WriteString("name", "Chaperone");
        json.WriteString("vendor_name", "Chaperone");
        json.WriteEndObject();
        json.WriteString("uid", id);
        json.WriteNumber("sequence", index);
        json.WriteString("log_name", kind);
        if (session is { } correlation)
        {
            json.WriteString("correlation_uid", correlation);
        }

        json.WriteEndObject();
    }

    private static void WriteActor(Utf8JsonWriter json, RecordEntry entry)
    {
        json.WriteStartObject("actor");
        if ((entry.Actor ?? entry.Call?.Principal) is { } person)
        {
            json.WriteStartObject("user");
            Word(json, "uid", person.Subject);
            Word(json, "name", person.Name ?? person.Subject);
            Word(json, "domain", person.Issuer);
            Word(json, "email_addr", person.Email);
            json.WriteEndObject();
        }

        if (entry.Call is { } call)
        {
            json.WriteStartObject("session");
            json.WriteString("uid", call.SessionId);
            Word(json, "issuer", call.Principal.Issuer);
            json.WriteEndObject();
        }

        Word(json, "app_name", PlainNames.OrNull(entry.Call?.ClientName?.Replace(' ', '-')) ?? "chaperone");
        json.WriteEndObject();
    }

    private static void WriteApi(Utf8JsonWriter json, RecordEntry entry)
    {
        json.WriteStartObject("api");
        var target = entry.Call is { } call ? PlainNames.TargetOrNull(call.Method, call.Target) : null;
        var action = EventWords.Of(entry).Action;
        Word(json, "operation", target is null ? action : $"{action} {target}");
        if (entry.Call is { } made)
        {
            json.WriteStartObject("request");
            json.WriteString("uid", made.CallId);
            json.WriteEndObject();
            json.WriteStartObject("service");
            Word(json, "name", PlainNames.OrNull(made.Server));
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteSource(Utf8JsonWriter json, string? address, string room)
    {
        json.WriteStartObject("src_endpoint");
        if (IPAddress.TryParse(address, out var ip))
        {
            json.WriteString("ip", ip.ToString());
        }
        else
        {
            Word(json, "name", room);
        }

        json.WriteEndObject();
    }

    private static void WriteDecision(Utf8JsonWriter json, RecordEntry entry)
    {
        if (entry.Decision is not { } decision)
        {
            return;
        }

        // Allowed and masked is Modified; what waits for an approver is neither.
        var (action, disposition) = decision.Effect switch
        {
            CallEffect.Allow when IdentifiersLeft.Of(entry).Masked > 0 => (4, 1),
            CallEffect.Allow => (1, 1),
            CallEffect.Hold => (0, 0),
            _ => (2, 2),
        };
        json.WriteNumber("action_id", action);
        json.WriteNumber("disposition_id", disposition);
        json.WriteStartObject("policy");
        Word(json, "name", decision.Rule);
        Word(json, "uid", decision.PolicyDigest);
        json.WriteEndObject();
    }

    private void WriteUnmapped(Utf8JsonWriter json, string hash, RecordEntry entry)
    {
        json.WriteStartObject("unmapped");
        json.WriteStartObject("chaperone");
        WriteLeaf(json, hash);
        if (entry.Outcome is { } outcome)
        {
            json.WriteString("outcome", RecordHeader.Word(outcome.Status));
            var left = IdentifiersLeft.Of(entry);
            json.WriteNumber("mask_count", left.Masked);
            json.WriteNumber("clear_count", left.Clear);
            json.WriteStartArray("phi_types");
            foreach (var finding in outcome.Findings)
            {
                json.WriteStringValue(finding.Type);
            }

            json.WriteEndArray();
        }

        if (entry.Approval is { } approval)
        {
            Word(json, "approval_id", approval.ApprovalId);
            Word(json, "approval_step", approval.Step);
        }

        // The contract keeps notes free of PHI; approvals' are sentences for people and stay in the ledger.
        if (entry.Kind != RecordKind.Approval && entry.Note is { } note)
        {
            json.WriteString("note", DocumentWriter.Cut(note, 4 * LongestWord));
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteLeaf(Utf8JsonWriter json, string hash)
    {
        json.WriteString("log_origin", origin);
        json.WriteString("leaf_hash", hash);
    }

    private static int ActivityOf(RecordEntry entry) =>
        entry.Call?.Method is { } method && (method.EndsWith("/list", StringComparison.Ordinal) || method.EndsWith("/read", StringComparison.Ordinal) || method.EndsWith("/get", StringComparison.Ordinal))
            ? Read
            : Other;

    private static int SeverityOf(SyslogSeverity severity) => severity switch
    {
        SyslogSeverity.Critical => 5,
        SyslogSeverity.Warning => 3,
        SyslogSeverity.Notice => 2,
        _ => 1,
    };

    private static void Word(Utf8JsonWriter json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            json.WriteString(name, DocumentWriter.Cut(value, LongestWord));
        }
    }
}
