using System.Text.Encodings.Web;
using System.Text.Json;
using Chaperone.Contracts;

namespace Chaperone.Approval;

/// <summary>What of a request's message an approver decides on, as text for a card. Masked by safe harbor or not shown at all (invariant 4).</summary>
internal static class ShownArguments
{
    private static readonly JsonWriterOptions Pretty = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // The binding holds neither: one tells who the client program is, the other is sealed state.
    private static readonly string[] NotBound = ["_meta", "requestState"];

    /// <summary>The text, or null where not everything that would run can be shown: then nobody may say yes from the card.</summary>
    /// <param name="decision">Its masking profile must be safe harbor; any other may leave identifiers in.</param>
    /// <param name="masked">The request's masked message.</param>
    /// <param name="limit">Longest text in characters.</param>
    public static string? Text(DecisionFacts decision, byte[] masked, int limit)
    {
        if (!string.Equals(decision.Masking, "safe-harbor", StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            using var message = JsonDocument.Parse(masked, new JsonDocumentOptions { MaxDepth = 256 });
            if (message.RootElement.ValueKind != JsonValueKind.Object
                || !message.RootElement.TryGetProperty("params", out var parameters)
                || parameters.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            var text = ShownText.Visible(Write(parameters), keepLines: true);
            return text.Length <= limit ? text : null;
        }

        // Not JSON, or JSON that cannot be written again, e.g. half a surrogate pair.
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    private static string Write(JsonElement parameters)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Pretty))
        {
            writer.WriteStartObject();
            foreach (var member in parameters.EnumerateObject().Where(m => !NotBound.Contains(m.Name, StringComparer.Ordinal)))
            {
                member.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
