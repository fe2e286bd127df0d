using System.Text.Json;

namespace Chaperone.Policy.Patterns;

/// <summary>The texts of JSON values that hold no others.</summary>
internal static class ScalarText
{
    /// <summary>A string's content, or the raw text of a number, boolean or null; null for arrays and objects.</summary>
    public static string? Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null => value.GetRawText(),
        _ => null,
    };
}
