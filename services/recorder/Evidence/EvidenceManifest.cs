using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Chaperone.Contracts;
using Chaperone.Ledger;
using Chaperone.Recorder.Sealing;

namespace Chaperone.Recorder.Evidence;

/// <summary>
/// <c>manifest.json</c>: what the bundle is and the SHA-256 of each other member, one member a line so that a shell script can read
/// it; no clock and no name of who asked, so that the same question has the same answer. <c>manifest.note</c>: the log's key over it.
/// </summary>
internal static class EvidenceManifest
{
    /// <summary>First line of the signed text. Its third line is no tree root, so it can never pass for a checkpoint.</summary>
    public const string Label = "dev.chaperone/evidence/v1";

    /// <summary>Version of a manifest of more logs than one: what knows of one log only must not take it for one.</summary>
    public const int OfManyLogs = 2;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The manifest of the members written so far.</summary>
    public static byte[] Write(EvidenceFolder folder, EvidenceFilter filter, string origin, TreeHead head, int logs, TreeHead? older, long records)
    {
        var text = new StringBuilder($"{{\n\"v\": {(logs == 1 ? 1 : OfManyLogs)},\n\"kind\": \"chaperone-evidence\",\n");
        Line(text, "generator", $"Chaperone {typeof(EvidenceManifest).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion}");
        Line(text, "origin", origin);
        Line(text, "tree_size", head.Size);
        Line(text, "root", head.Root.ToString());
        Line(text, "older_size", older?.Size);
        Line(text, "profile", filter.WithMaskedText ? "masked-text" : "phi-free");
        Line(text, "timezone", "UTC");
        Line(text, "from", LeafFormat.Time(filter.From));
        Line(text, "to", LeafFormat.Time(filter.To));
        Line(text, "user", filter.User);
        Line(text, "server", filter.Server);
        Line(text, "tool", filter.Tool);
        Line(text, "session", filter.SessionId);
        Line(text, "decision", filter.Decision is { } decision ? RecordHeader.Word(decision) : null);
        Line(text, "records", records);
        text.Append("\"files\": [\n").AppendJoin(",\n", folder.Members.Select(m => JsonSerializer.Serialize(
            m.Rows is { } rows ? new Dictionary<string, object> { ["path"] = m.Path, ["bytes"] = m.Bytes, ["sha256"] = m.Sha256, ["rows"] = rows }
                : new Dictionary<string, object> { ["path"] = m.Path, ["bytes"] = m.Bytes, ["sha256"] = m.Sha256 },
            Plain)));
        return Encoding.UTF8.GetBytes(text.Append("\n]\n}\n").ToString());
    }

    /// <summary>The text that is signed: label, origin, tree size, SHA-256 of the manifest in hex.</summary>
    public static string Text(string origin, long size, string manifestHash) => $"{Label}\n{origin}\n{size}\n{manifestHash}\n";

    private static void Line<T>(StringBuilder text, string name, T value) => text.Append($"\"{name}\": {JsonSerializer.Serialize(value, Plain)},\n");
}
