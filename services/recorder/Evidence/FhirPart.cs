using System.Net;
using System.Text.Json;
using Chaperone.Contracts;
using Chaperone.Recorder.Disclosures;
using Chaperone.Recorder.Sealing;

namespace Chaperone.Recorder.Evidence;

/// <summary>
/// <c>fhir/AuditEvent.ndjson</c>: calls and oversight as FHIR R4 AuditEvents in the form of IHE BALP 1.1.4: agents by their DICOM roles, the
/// person as requestor, the transaction as an entity. Where the edge read the token's <c>jti</c>, the profile OAUTHaccessTokenUse.Minimal is
/// claimed. No other is: those for reads, queries and changes need the server's network address, the query itself or the object, and those
/// for disclosures a patient; a bundle has none of these. Numbering of edges (heartbeats, gaps, voids) is no event of FHIR's.
/// </summary>
internal sealed class FhirPart : IEvidencePart
{
    private const string Dicom = "http://dicom.nema.org/resources/ontology/DCM";
    private const string AuditType = "http://terminology.hl7.org/CodeSystem/audit-event-type";
    private const string Methods = "https://modelcontextprotocol.io/method";
    private const string Own = "urn:chaperone:record-kind";
    private const string TokenProfile = "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.OAUTHaccessTokenUse.Minimal";
    private const string TokenAgents = "https://profiles.ihe.net/ITI/BALP/CodeSystem/UserAgentTypes";
    private const string TokenId = "jti";

    private readonly EvidenceMember _events;
    private readonly string _origin;

    public FhirPart(EvidenceFolder folder, string origin)
    {
        _origin = origin;
        _events = folder.Create(EvidencePaths.Fhir);
        _events.Rows = 0;
    }

    public void Take(EvidenceRecord record)
    {
        if (record.IsOpen && record.Entry.Kind is not (RecordKind.Heartbeat or RecordKind.Gap or RecordKind.Void))
        {
            _events.WriteLine(json => Write(json, record));
        }
    }

    public void Finish() => _events.Dispose();

    private void Write(Utf8JsonWriter json, EvidenceRecord record)
    {
        var entry = record.Entry;
        json.WriteString("resourceType", "AuditEvent");
        json.WriteString("id", entry.EventId);
        if (TokenOf(entry) is not null)
        {
            json.WriteStartObject("meta");
            json.WriteStartArray("profile");
            json.WriteStringValue(TokenProfile);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        var (system, code, display) = TypeOf(entry.Kind);
        json.WritePropertyName("type");
        Coding(json, system, code, display);
        json.WriteStartArray("subtype");
        if (record.Method is { } method)
        {
            Coding(json, Methods, method, null);
        }

        Coding(json, Own, RecordHeader.Word(entry.Kind), null);
        json.WriteEndArray();
        json.WriteString("action", entry.Kind is RecordKind.Export or RecordKind.Reveal or RecordKind.Review ? "R" : "E");
        if (entry is { Kind: RecordKind.Outcome, Call: { } call } && entry.OccurredAt >= call.ReceivedAt)
        {
            json.WriteStartObject("period");
            json.WriteString("start", LeafFormat.Time(call.ReceivedAt));
            json.WriteString("end", LeafFormat.Time(entry.OccurredAt));
            json.WriteEndObject();
        }

        json.WriteString("recorded", LeafFormat.Time(entry.OccurredAt));
        WriteOutcome(json, entry);
        WriteAgents(json, record);
        WriteSource(json, entry);
        WriteEntities(json, record);
    }

    private static (string System, string Code, string Display) TypeOf(RecordKind kind) => kind switch
    {
        RecordKind.Intent or RecordKind.Outcome => (AuditType, "rest", "RESTful Operation"),
        RecordKind.Session => (Dicom, "110114", "User Authentication"),
        RecordKind.Export => (Dicom, "110106", "Export"),
        RecordKind.Review or RecordKind.Reveal => (Dicom, "110101", "Audit Log Used"),
        _ => (Dicom, "110113", "Security Alert"),
    };

    private static void WriteOutcome(Utf8JsonWriter json, RecordEntry entry)
    {
        var (code, words) = entry switch
        {
            { Kind: RecordKind.Intent, Decision.Effect: CallEffect.Allow } => ("0", "allowed"),
            { Kind: RecordKind.Intent, Decision.Effect: CallEffect.Hold } => ("0", "held for approval"),
            { Kind: RecordKind.Intent } => ("4", "denied"),
            { Outcome.Status: OutcomeStatus.Answered or OutcomeStatus.Pending } => ("0", RecordHeader.Word(entry.Outcome.Status)),
            { Outcome.Status: OutcomeStatus.Refused or OutcomeStatus.Cancelled } => ("4", RecordHeader.Word(entry.Outcome.Status)),
            { Outcome: { } outcome } => ("8", RecordHeader.Word(outcome.Status)),
            { Approval: { } approval } => ("0", approval.Step),
            _ => ("0", RecordHeader.Word(entry.Kind)),
        };
        json.WriteString("outcome", code);
        json.WriteString("outcomeDesc", words);
    }

    private static void WriteAgents(Utf8JsonWriter json, EvidenceRecord record)
    {
        var entry = record.Entry;
        json.WriteStartArray("agent");
        if (record.Person is { } person)
        {
            WritePerson(json, person, isRequestor: true);
        }

        if (entry.Call is not null && entry.Actor is { } actor)
        {
            WritePerson(json, actor, isRequestor: false);
        }

        if (TokenOf(entry) is { } token)
        {
            WriteToken(json, token);
        }

        if (entry.Call is { } call)
        {
            Agent(json, "110153", "Source Role ID", () =>
            {
                if (call.Principal.ClientId.Length > 0)
                {
                    Identified(json, "who", call.Principal.Issuer, call.Principal.ClientId, null);
                }

                json.WriteBoolean("requestor", false);
                if (IPAddress.TryParse(call.RemoteAddress, out var address))
                {
                    json.WriteStartObject("network");
                    json.WriteString("address", address.ToString());
                    json.WriteString("type", "2");
                    json.WriteEndObject();
                }
            });
            Agent(json, "110152", "Destination Role ID", () =>
            {
                Identified(json, "who", "urn:chaperone:server", record.Server ?? "not a plain name", null);
                json.WriteBoolean("requestor", false);
            });
        }

        if (record.Person is null)
        {
            Agent(json, "110150", "Application", () =>
            {
                Identified(json, "who", "urn:chaperone:room", entry.Source, null);
                json.WriteBoolean("requestor", true);
            });
        }

        json.WriteEndArray();
    }

    private static void WritePerson(Utf8JsonWriter json, Principal person, bool isRequestor)
    {
        json.WriteStartObject();
        Concept(json, "type", "http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "IRCP", "information recipient");
        Identified(json, "who", person.Issuer, person.Subject, person.Name);
        json.WriteBoolean("requestor", isRequestor);
        json.WriteEndObject();
    }

    // RFC 7519, 4.1.7: an id of the token, and no token.
    private static string? TokenOf(RecordEntry entry) =>
        entry.Call?.Principal.Claims.FirstOrDefault(c => c.Name == TokenId) is { Values: [{ Length: > 0 } id] } ? id : null;

    private static void WriteToken(Utf8JsonWriter json, string id)
    {
        json.WriteStartObject();
        Concept(json, "type", TokenAgents, "UserOauthAgent", null);
        json.WriteBoolean("requestor", true);
        json.WriteStartArray("policy");
        json.WriteStringValue($"urn:ietf:params:oauth:jti:{Uri.EscapeDataString(id)}");
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteSource(Utf8JsonWriter json, RecordEntry entry)
    {
        json.WriteStartObject("source");
        json.WriteString("site", _origin);
        Identified(json, "observer", "urn:chaperone:edge", entry.Stamp?.Edge ?? entry.Source, null);
        json.WriteStartArray("type");
        Coding(json, "http://terminology.hl7.org/CodeSystem/security-source-type", "4", "Application Server");
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteEntities(Utf8JsonWriter json, EvidenceRecord record)
    {
        var entry = record.Entry;
        json.WriteStartArray("entity");
        json.WriteStartObject();
        Identified(json, "what", "urn:chaperone:transaction", (entry.Call?.CallId ?? entry.EventId).ToString(), null);
        json.WritePropertyName("type");
        Coding(json, "http://terminology.hl7.org/CodeSystem/audit-entity-type", "4", "Other");
        if (record.Tool is { } tool)
        {
            json.WriteString("name", tool);
        }

        json.WriteStartArray("detail");
        Detail(json, "leaf", record.Index.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Detail(json, "session", entry.Call?.SessionId.ToString());
        Detail(json, "rule", entry.Decision?.Rule);
        Detail(json, "policy-sha256", entry.Decision?.PolicyDigest);
        Detail(json, "masking-profile", entry.Decision?.Masking);
        if (entry.Outcome is not null)
        {
            var left = IdentifiersLeft.Of(entry);
            Detail(json, "identifiers-masked", left.Masked.ToString(System.Globalization.CultureInfo.InvariantCulture));
            Detail(json, "identifiers-in-clear", left.Clear.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        Detail(json, "approval", entry.Approval?.ApprovalId ?? entry.Outcome?.ApprovalId);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void Agent(Utf8JsonWriter json, string role, string display, Action write)
    {
        json.WriteStartObject();
        Concept(json, "type", Dicom, role, display);
        write();
        json.WriteEndObject();
    }

    private static void Identified(Utf8JsonWriter json, string name, string system, string value, string? display)
    {
        json.WriteStartObject(name);
        json.WriteStartObject("identifier");
        json.WriteString("system", system);
        json.WriteString("value", value);
        json.WriteEndObject();
        if (!string.IsNullOrEmpty(display))
        {
            json.WriteString("display", display);
        }

        json.WriteEndObject();
    }

    private static void Concept(Utf8JsonWriter json, string name, string system, string code, string? display)
    {
        json.WriteStartObject(name);
        json.WriteStartArray("coding");
        Coding(json, system, code, display);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Coding(Utf8JsonWriter json, string system, string code, string? display)
    {
        json.WriteStartObject();
        json.WriteString("system", system);
        json.WriteString("code", code);
        if (display is not null)
        {
            json.WriteString("display", display);
        }

        json.WriteEndObject();
    }

    private static void Detail(Utf8JsonWriter json, string type, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return;
        }

        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteString("valueString", value);
        json.WriteEndObject();
    }
}
