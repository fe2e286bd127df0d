using Chaperone.Contracts;
using Chaperone.Ledger;
using Chaperone.Recorder.Sealing;

namespace Chaperone.Recorder.Evidence;

/// <summary><c>configuration.json</c>: policies, masking profiles and keys that were in force, as the records themselves say. Ids and digests, no secrets.</summary>
internal sealed class ConfigurationPart(EvidenceFolder folder, NoteKey log) : IEvidencePart
{
    private readonly SortedDictionary<string, Use> _policies = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Use> _profiles = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Use> _rules = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Use> _keys = new(StringComparer.Ordinal);

    public void Take(EvidenceRecord record)
    {
        Count(_keys, RecordHeader.Read(record.Header).KeyId, record);
        if (record.Entry.Decision is { } decision)
        {
            Count(_policies, decision.PolicyDigest, record);
            Count(_profiles, decision.Masking, record);
            if (record.Entry.Kind == RecordKind.Intent)
            {
                Count(_rules, decision.Rule, record);
            }
        }
    }

    public void Finish()
    {
        using var report = folder.Create(EvidencePaths.Configuration);
        report.WriteReport(json =>
        {
            json.WriteString("says", "What the records of this bundle name. Keys are named by id; no secret is here.");
            json.WriteStartObject("log");
            json.WriteString("origin", log.Name);
            json.WriteString("verifier_key", log.ToString());
            json.WriteString("signature", "Ed25519 over C2SP signed notes");
            json.WriteString("tree", "RFC 6962, SHA-256");
            json.WriteEndObject();
            json.WriteStartObject("records");
            json.WriteString("encryption", "AES-256-GCM, a key for each part by HKDF-SHA256 from the key named in each header: of a month (facts), and under it of a session (messages), wrapped by the root key; records of before there were months have the root key's id");
            json.WriteString("commitment", "HMAC-SHA256 over the plaintext, SHA-256 over the sealed object and over the header");
            json.WriteEndObject();
            Write(json, "keys", "id", _keys);
            Write(json, "policies", "sha256", _policies);
            Write(json, "masking_profiles", "name", _profiles);
            Write(json, "rules", "name", _rules);
        });
    }

    private static void Write(System.Text.Json.Utf8JsonWriter json, string title, string name, SortedDictionary<string, Use> uses)
    {
        json.WriteStartArray(title);
        foreach (var (key, use) in uses)
        {
            json.WriteStartObject();
            json.WriteString(name, key);
            json.WriteNumber("records", use.Records);
            json.WriteString("first", LeafFormat.Time(use.First));
            json.WriteString("last", LeafFormat.Time(use.Last));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Count(SortedDictionary<string, Use> uses, string key, EvidenceRecord record)
    {
        var at = record.Entry.OccurredAt;
        var use = uses.GetValueOrDefault(key, new Use(0, at, at));
        uses[key] = new Use(use.Records + 1, at < use.First ? at : use.First, at > use.Last ? at : use.Last);
    }

    private sealed record Use(long Records, DateTimeOffset First, DateTimeOffset Last);
}
