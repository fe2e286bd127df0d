using System.Text.Json;
using Chaperone.Contracts;

namespace Chaperone.Recorder.Reviews;

/// <summary>One step of a review as the ledger holds it.</summary>
/// <param name="Index">Leaf index.</param>
/// <param name="At">When.</param>
/// <param name="Actor">Who; null for what the recorder does by itself.</param>
/// <param name="Note">RFC 8785 JSON with a member <c>review</c>.</param>
internal sealed record ReviewStep(long Index, DateTimeOffset At, Principal? Actor, string Note)
{
    /// <summary>The step that a record is; null for any other record.</summary>
    public static ReviewStep? Of(long index, RecordEntry entry) =>
        entry is { Kind: RecordKind.Review, Source: "recorder", Note: { } note } && IsStep(note) ? new ReviewStep(index, entry.OccurredAt, entry.Actor, note) : null;

    private static bool IsStep(string note)
    {
        try
        {
            using var document = JsonDocument.Parse(note);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("review", out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
