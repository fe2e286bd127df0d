using System.Text;
using System.Text.Json;
using Chaperone.Contracts;
using Chaperone.Recorder.Sealing;

namespace Chaperone.Recorder.Numbering;

/// <summary>The notes of gap and heartbeat records: RFC 8785 JSON, read from a record's header, so without any key.</summary>
internal static class NumberingNotes
{
    /// <summary><c>{"edge":..,"epoch":..,"from":..,"to":..}</c></summary>
    public static string WriteGap(NumberRange gap) => Encoding.UTF8.GetString(
        new CanonicalJson().BeginObject()
            .Member("edge", gap.Edge).Member("epoch", gap.Epoch).Member("from", gap.From).Member("to", gap.To)
            .EndObject().ToArray());

    /// <summary>The range of a gap record; null if the note is none.</summary>
    public static NumberRange? ReadGap(string? note)
    {
        if (Parse(note) is not { } root || Text(root, "edge") is not { } edge)
        {
            return null;
        }

        return (Number(root, "epoch"), Number(root, "from"), Number(root, "to")) is ({ } epoch, { } from, { } to) ? new NumberRange(edge, epoch, from, to) : null;
    }

    /// <summary>The last number a heartbeat says was given out; its edge and epoch stand in the stamp, or in the note (<c>edge</c>, <c>epoch</c>).</summary>
    public static NumberRange? ReadHeartbeat(string? note, string? edge, long? epoch)
    {
        if (Parse(note) is not { } root || Number(root, "last") is not { } last)
        {
            return null;
        }

        edge ??= Text(root, "edge");
        epoch ??= Number(root, "epoch");
        return edge is null || epoch is null ? null : new NumberRange(edge, epoch.Value, last, last);
    }

    /// <summary>Tells <paramref name="tracker"/> what one record says.</summary>
    public static void Follow(NumberingTracker tracker, RecordKind kind, string? edge, long? epoch, long? number, string? note, DateTimeOffset now)
    {
        if (edge is not null && epoch is not null && number is not null)
        {
            tracker.Arrived(edge, epoch.Value, number.Value, now);
        }

        if (kind == RecordKind.Gap && ReadGap(note) is { } gap)
        {
            tracker.Recorded(gap);
        }
        else if (kind == RecordKind.Heartbeat && ReadHeartbeat(note, edge, epoch) is { } heartbeat)
        {
            tracker.Reached(heartbeat.Edge, heartbeat.Epoch, heartbeat.To, now);
        }
    }

    private static JsonElement? Parse(string? note)
    {
        if (note is null || !note.StartsWith('{'))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(note);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long? Number(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;
}
