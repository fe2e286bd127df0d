using System.Net;
using System.Reflection;
using System.Text.Json;
using Chaperone.Contracts;
using Chaperone.Recorder.Disclosures;
using Chaperone.Recorder.Sealing;

namespace Chaperone.Recorder.Evidence;

/// <summary><c>ocsf/api_activity.ndjson</c>: decisions and outcomes as OCSF 1.8.0 API Activity (class 6003) with the profile security_control.</summary>
internal sealed class OcsfPart : IEvidencePart
{
    private const int ClassUid = 6003;
    private const int Read = 2;
    private const int Other = 99;

    private static readonly string Version = typeof(OcsfPart).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    private readonly EvidenceMember _events;
    private readonly string _origin;

    public OcsfPart(EvidenceFolder folder, string origin)
    {
        _origin = origin;
        _events = folder.Create(EvidencePaths.Ocsf);
        _events.Rows = 0;
    }

    public void Take(EvidenceRecord record)
    {
        if (record.Entry is { Kind: RecordKind.Intent or RecordKind.Outcome, Call: { } call })
        {
            _events.WriteLine(json => Write(json, record, call));
        }
    }

    public void Finish() => _events.Dispose();

    private void Write(Utf8JsonWriter json, EvidenceRecord record, CallFacts call)
    {
        var entry = record.Entry;
        var isRefused = entry.Decision?.Effect == CallEffect.Deny || entry.Outcome?.Status is OutcomeStatus.Refused;
        var activity = record.Method is { } method && (method.EndsWith("/list", StringComparison.Ordinal) || method.EndsWith("/read", StringComparison.Ordinal) || method.EndsWith("/get", StringComparison.Ordinal)) ? Read : Other;
        json.WriteNumber("activity_id", activity);
        json.WriteString("activity_name", activity == Read ? "Read" : record.Method ?? "Other");
        json.WriteNumber("category_uid", ClassUid / 1000);
        json.WriteNumber("class_uid", ClassUid);
        json.WriteNumber("type_uid", (ClassUid * 100) + activity);
        json.WriteNumber("time", entry.OccurredAt.ToUnixTimeMilliseconds());
        json.WriteNumber("severity_id", isRefused ? 3 : 1);
        WriteStatus(json, entry);
        WriteMetadata(json, record, call);
        WriteActor(json, call.Principal, call);
        json.WriteStartObject("api");
        json.WriteString("operation", record.Tool is { } tool ? $"{record.Method} {tool}" : record.Method ?? "not a plain name");
        json.WriteStartObject("request");
        json.WriteString("uid", call.CallId);
        json.WriteEndObject();
        json.WriteStartObject("service");
        json.WriteString("name", record.Server ?? "not a plain name");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject("src_endpoint");
        json.WriteString("name", call.Principal.ClientId.Length > 0 ? call.Principal.ClientId : "unknown");
        if (IPAddress.TryParse(call.RemoteAddress, out var address))
        {
            json.WriteString("ip", address.ToString());
        }

        json.WriteEndObject();
        WriteDecision(json, entry);
        WriteOwn(json, record);
    }

    private static void WriteStatus(Utf8JsonWriter json, RecordEntry entry)
    {
        // 1 success, 2 failure, 0 unknown.
        var status = entry switch
        {
            { Outcome.Status: OutcomeStatus.Answered } => 1,
            { Outcome.Status: OutcomeStatus.Pending or OutcomeStatus.Cancelled } => 0,
            { Outcome: not null } => 2,
            { Decision.Effect: CallEffect.Allow } => 1,
            { Decision.Effect: CallEffect.Hold } => 0,
            _ => 2,
        };
        json.WriteNumber("status_id", status);
        if (entry.Outcome is { } outcome)
        {
            json.WriteString("status_detail", RecordHeader.Word(outcome.Status));
            json.WriteString("status_code", outcome.HttpStatus.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    private static void WriteMetadata(Utf8JsonWriter json, EvidenceRecord record, CallFacts call)
    {
        json.WriteStartObject("metadata");
        json.WriteString("version", "1.8.0");
        json.WriteString("uid", record.Entry.EventId);
        json.WriteString("correlation_uid", call.CallId);
        json.WriteStartObject("product");
        json.WriteString("name", "Chaperone");
        json.WriteString("vendor_name", "Chaperone");
        json.WriteString("version", Version);
        json.WriteEndObject();
        json.WriteStartArray("profiles");
        json.WriteStringValue("security_control");
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteActor(Utf8JsonWriter json, Principal person, CallFacts call)
    {
        json.WriteStartObject("actor");
        json.WriteStartObject("user");
        json.WriteString("uid", person.Subject);
        json.WriteString("name", person.Name ?? person.Subject);
        json.WriteNumber("type_id", person.IsService ? 4 : 1);
        if (person.Email is { } email)
        {
            json.WriteString("email_addr", email);
        }

        json.WriteEndObject();
        json.WriteStartObject("session");
        json.WriteString("uid", call.SessionId);
        json.WriteString("issuer", person.Issuer);
        if (person.AuthenticationMethods.Length > 0)
        {
            json.WriteBoolean("is_mfa", person.AuthenticationMethods.Contains("mfa", StringComparer.Ordinal));
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteDecision(Utf8JsonWriter json, RecordEntry entry)
    {
        if (entry.Decision is not { } decision)
        {
            return;
        }

        // action: 1 allowed, 2 denied, 4 modified, 99 other; disposition: 1 allowed, 2 blocked, 99 other.
        var isMasked = IdentifiersLeft.Of(entry).Masked > 0;
        var (action, disposition) = decision.Effect switch
        {
            CallEffect.Allow => (isMasked ? 4 : 1, 1),
            CallEffect.Hold => (99, 99),
            _ => (2, 2),
        };
        json.WriteNumber("action_id", action);
        json.WriteNumber("disposition_id", disposition);
        if (action == 99)
        {
            json.WriteString("action", "Held for approval");
            json.WriteString("disposition", "Held for approval");
        }

        json.WriteStartObject("policy");
        json.WriteString("name", decision.Rule);
        json.WriteString("version", decision.PolicyDigest);
        json.WriteEndObject();
    }

    private void WriteOwn(Utf8JsonWriter json, EvidenceRecord record)
    {
        json.WriteStartObject("unmapped");
        json.WriteStartObject("chaperone");
        json.WriteString("origin", _origin);
        json.WriteNumber("leaf", record.Index);
        json.WriteString("kind", RecordHeader.Word(record.Entry.Kind));
        json.WriteString("masking_profile", record.Entry.Decision?.Masking);
        var left = IdentifiersLeft.Of(record.Entry);
        json.WriteNumber("identifiers_masked", left.Masked);
        json.WriteNumber("identifiers_in_clear", left.Clear);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
