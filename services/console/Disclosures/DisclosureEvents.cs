using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Chaperone.Console.Web;
using Chaperone.Contracts;

namespace Chaperone.Console.Disclosures;

/// <summary>
/// An accounting of disclosures as FHIR R4 AuditEvents, one a line, for a privacy office's audit repository. Each claims the profile
/// <c>IHE.BasicAudit.PrivacyDisclosure.Source</c> of IHE BALP 1.1.4, unless the address of the recipient's program is unknown, which the
/// profile asks for. The patient is named by the pseudonym that was searched for, as an identifier of type Patient.
/// </summary>
internal static class DisclosureEvents
{
    private const string Profile = "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.PrivacyDisclosure.Source";
    private const string Dicom = "http://dicom.nema.org/resources/ontology/DCM";
    private const string EntityTypes = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
    private const string Roles = "http://terminology.hl7.org/CodeSystem/object-role";
    private const string Uris = "urn:ietf:rfc:3986";

    // agent.network.type (network-type): 2 IP address, 5 URI.
    private const string IpAddress = "2";
    private const string UriAddress = "5";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The gateway's address as somebody wrote it; null where it is no http or https address.</summary>
    public static Uri? ReadGateway(string? text) =>
        Uri.TryCreate(text?.Trim(), UriKind.Absolute, out var gateway) && gateway.Scheme is "http" or "https" && gateway.UserInfo.Length == 0 ? gateway : null;

    /// <param name="found">What was found.</param>
    /// <param name="gateway">Address of the gateway as clients reach it: the source of each disclosure, and who observed it.</param>
    /// <param name="keyId">Masking key of the pseudonym.</param>
    /// <param name="mark">The patient's pseudonym under that key.</param>
    public static string Write(DisclosuresFound found, Uri gateway, string keyId, ReadOnlySpan<byte> mark)
    {
        var patient = Identified($"urn:chaperone:patient:{keyId}", Convert.ToHexStringLower(mark));
        patient["type"] = "Patient";
        var text = new StringBuilder();
        foreach (var row in found.Items)
        {
            text.Append(Event(row, gateway, patient).ToJsonString(Plain)).Append('\n');
        }

        return text.ToString();
    }

    private static JsonObject Event(Disclosure row, Uri gateway, JsonObject patient)
    {
        var address = IPAddress.TryParse(row.RemoteAddress, out var ip) ? ip.ToString() : null;
        var json = new JsonObject { ["resourceType"] = "AuditEvent", ["id"] = row.CallId.ToString() };
        if (address is not null)
        {
            json["meta"] = new JsonObject { ["profile"] = new JsonArray(Profile) };
        }

        json["type"] = Coding(Dicom, "110106", "Export");
        json["subtype"] = new JsonArray(
            Coding("http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle", "disclose", null),
            Coding("https://modelcontextprotocol.io/method", Code(row.Method), null));
        json["action"] = "R";
        json["recorded"] = Say.Iso(row.At);
        json["outcome"] = "0";
        json["outcomeDesc"] = DisclosureFile.Describe(row);
        if (row.Purpose is { Length: > 0 } purpose)
        {
            json["purposeOfEvent"] = new JsonArray(new JsonObject { ["text"] = purpose });
        }

        json["agent"] = Agents(row, gateway, address);
        json["source"] = new JsonObject
        {
            ["observer"] = Identified(Uris, gateway.AbsoluteUri),
            ["type"] = new JsonArray(Coding("http://terminology.hl7.org/CodeSystem/security-source-type", "4", "Application Server")),
        };
        json["entity"] = new JsonArray(
            new JsonObject { ["what"] = patient.DeepClone(), ["type"] = Coding(EntityTypes, "1", "Person"), ["role"] = Coding(Roles, "1", "Patient") },
            Data(row));
        return json;
    }

    // As the client wrote it, unless that is no code of FHIR: those hold no blanks.
    private static string Code(string method) => method.Length > 0 && !method.Any(char.IsWhiteSpace) ? method : "unknown";

    private static JsonArray Agents(Disclosure row, Uri gateway, string? address)
    {
        var recipient = new JsonObject
        {
            ["type"] = Concept(Dicom, "110152", "Destination Role ID"),
            ["who"] = Identified(row.Recipient.Issuer, row.Recipient.Subject, Say.Person(row.Recipient)),
            ["requestor"] = true,
        };
        if (address is not null)
        {
            recipient["network"] = new JsonObject { ["address"] = address, ["type"] = IpAddress };
        }

        var agents = new JsonArray(
            new JsonObject
            {
                ["type"] = Concept(Dicom, "110153", "Source Role ID"),
                ["who"] = Identified(Uris, gateway.AbsoluteUri),
                ["requestor"] = false,
                ["network"] = new JsonObject { ["address"] = gateway.AbsoluteUri, ["type"] = UriAddress },
            },
            recipient);
        if (row.Recipient.ClientId.Length > 0)
        {
            agents.Add(new JsonObject
            {
                ["type"] = Concept(Dicom, "110150", "Application"),
                ["who"] = Identified(row.Recipient.Issuer, row.Recipient.ClientId, row.ClientName),
                ["requestor"] = false,
            });
        }

        if (row.Organization is { Length: > 0 } organization)
        {
            agents.Add(new JsonObject
            {
                ["type"] = new JsonObject { ["text"] = "organization of the recipient" },
                ["who"] = new JsonObject { ["display"] = organization },
                ["requestor"] = false,
            });
        }

        return agents;
    }

    private static JsonObject Data(Disclosure row)
    {
        var details = new JsonArray();
        (string Type, string? Value)[] facts =
        [
            ("leaf", row.Index.ToString(CultureInfo.InvariantCulture)), ("session", row.SessionId.ToString()), ("patient-named-by", DisclosureFile.NamedBy(row)),
            ("matched", string.Join(' ', row.Matched)), ("identifiers-in-the-clear", DisclosureFile.IsMasked(row) ? "no" : "yes"), ("approval", row.ApprovalId), ("rule", row.Rule),
        ];
        foreach (var (type, value) in facts)
        {
            if (!string.IsNullOrEmpty(value))
            {
                details.Add(new JsonObject { ["type"] = type, ["valueString"] = value });
            }
        }

        return new JsonObject
        {
            ["what"] = Identified("urn:chaperone:transaction", row.CallId.ToString()),
            ["type"] = Coding(EntityTypes, "2", "System Object"),
            ["role"] = Coding(Roles, "3", "Report"),
            ["name"] = $"{row.Server}: {DisclosureFile.Operation(row)}",
            ["detail"] = details,
        };
    }

    private static JsonObject Identified(string system, string value, string? display = null)
    {
        var json = new JsonObject { ["identifier"] = new JsonObject { ["system"] = system, ["value"] = value } };
        if (!string.IsNullOrEmpty(display))
        {
            json["display"] = display;
        }

        return json;
    }

    private static JsonObject Concept(string system, string code, string? display) => new() { ["coding"] = new JsonArray(Coding(system, code, display)) };

    private static JsonObject Coding(string system, string code, string? display)
    {
        var json = new JsonObject { ["system"] = system, ["code"] = code };
        if (display is not null)
        {
            json["display"] = display;
        }

        return json;
    }
}
