using System.Text.Json;
using Chaperone.Contracts;
using Chaperone.Recorder.Sealing;

namespace Chaperone.Recorder.Evidence;

/// <summary><c>populations/retention.csv</c>: the deletion ledger. Holds, orders to destroy, who agreed, what was destroyed, and root keys that were changed; as the records say.</summary>
internal sealed class RetentionPart(EvidenceFolder folder, EvidenceTotals totals) : IEvidencePart
{
    private readonly CsvTable _table = new(
        folder.Create(EvidencePaths.Retention), "leaf", "time", "what", "id", "target", "scope", "actor", "actor_issuer", "agreed", "keys_destroyed", "months_rewrapped");

    public void Take(EvidenceRecord record)
    {
        if (record.Entry is not { Kind: RecordKind.Configuration, Source: "recorder", Note: { } note })
        {
            return;
        }

        using var document = JsonDocument.Parse(note);
        var root = document.RootElement;
        var what = Text(root, "retention") ?? (Text(root, "keys") is { } keys ? $"keys-{keys}" : null);
        if (what is null)
        {
            return;
        }

        totals.Holds += what == "hold-set" ? 1 : 0;
        totals.Shredded += what == "shred-done" ? 1 : 0;
        _table.Add(
            CsvTable.Text(record.Index), LeafFormat.Time(record.Entry.OccurredAt), what, Text(root, "order") ?? Text(root, "hold") ?? Text(root, "key"), Text(root, "target"), Text(root, "scope"),
            record.Entry.Actor?.Subject, record.Entry.Actor?.Issuer, Agreed(root), CsvTable.Text(Number(root, "keys")), CsvTable.Text(Number(root, "months")));
    }

    public void Finish() => _table.Finish();

    private static string? Agreed(JsonElement root) => root.TryGetProperty("agreed", out var agreed)
        ? string.Join(' ', agreed.EnumerateArray().Select(a => a[1].GetString()))
        : null;

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long? Number(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt64() : null;
}
