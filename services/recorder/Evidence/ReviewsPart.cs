using System.Text.Json;
using Chaperone.Recorder.Reviews;
using Chaperone.Recorder.Sealing;

namespace Chaperone.Recorder.Evidence;

/// <summary><c>populations/reviews.csv</c>: reviews by people, step by step (45 CFR 164.308(a)(1)(ii)(D)): planned, drawn, judged, reminded of, signed; as the records say.</summary>
internal sealed class ReviewsPart(EvidenceFolder folder, EvidenceTotals totals) : IEvidencePart
{
    private readonly CsvTable _table = new(
        folder.Create(EvidencePaths.Reviews), "leaf", "time", "step", "run", "plan", "name", "from", "to", "population", "drawn", "session", "finding", "judged", "concerns", "actor", "actor_issuer");

    public void Take(EvidenceRecord record)
    {
        if (ReviewStep.Of(record.Index, record.Entry) is not { } step)
        {
            return;
        }

        using var document = JsonDocument.Parse(step.Note);
        var root = document.RootElement;
        var what = Text(root, "review");
        totals.SignedReviews += what == ReviewNotes.Signed ? 1 : 0;
        _table.Add(
            CsvTable.Text(step.Index), LeafFormat.Time(step.At), what, Text(root, "run"), Text(root, "plan"), Text(root, "name"), Text(root, "from"), Text(root, "to"), Number(root, "population"),
            root.TryGetProperty("sessions", out var drawn) ? CsvTable.Text(drawn.GetArrayLength()) : null, Text(root, "session"), Text(root, "verdict"), Number(root, "judged"), Number(root, "concerns"),
            step.Actor?.Subject, step.Actor?.Issuer);
    }

    public void Finish() => _table.Finish();

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string? Number(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? CsvTable.Text(value.GetInt64()) : null;
}
