using System.Text.Json;
using System.Text.Unicode;
using Chaperone.Policy.Deciding;
using Chaperone.Policy.Lists;

namespace Chaperone.Policy.Pins;

/// <summary>The tools of a list answer, in order.</summary>
/// <param name="Entries">One for each entry; null where it is no tool that could be kept, which cannot be shown either.</param>
/// <param name="More">Whether further pages follow.</param>
internal sealed record ToolListing(IReadOnlyList<ToolDefinition?> Entries, bool More)
{
    private const int LongestName = 512;

    /// <summary>Reads <paramref name="answer"/>; null where it holds no list of tools, or cannot be read without doubt.</summary>
    public static ToolListing? TryRead(string server, ReadOnlyMemory<byte> answer)
    {
        if (!Utf8.IsValid(answer.Span))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(answer, ListFilter.Strict);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !JsonText.IsText(root, answer.Span)
                || !root.TryGetProperty("result", out var result) || result.ValueKind != JsonValueKind.Object
                || !result.TryGetProperty("tools", out var tools) || tools.ValueKind != JsonValueKind.Array)
            {
                return null;
            }

            var more = result.TryGetProperty("nextCursor", out var cursor) && cursor.ValueKind == JsonValueKind.String;
            return new ToolListing([.. tools.EnumerateArray().Select(t => Keepable(ToolDefinition.Of(server, t)))], more);
        }

        // InvalidOperationException: a key with an escape that is no text.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    // PostgreSQL keeps no NUL.
    private static ToolDefinition? Keepable(ToolDefinition? tool) =>
        tool is { Name.Length: <= LongestName } && !tool.Name.Contains('\0', StringComparison.Ordinal) ? tool : null;
}
