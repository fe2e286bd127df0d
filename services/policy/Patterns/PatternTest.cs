using System.Text.Encodings.Web;
using System.Text.Json;

namespace Chaperone.Policy.Patterns;

/// <summary>One of some regular expressions is found in the value's text; a pattern that takes too long counts as found when looking warily, else not.</summary>
internal sealed class PatternTest(TextPattern[] patterns) : IValueTest
{
    // Upstreams read "\u0044ROP" as DROP: compare the text that they will see.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <inheritdoc/>
    public string Key => "regex";

    /// <inheritdoc/>
    public bool Holds(JsonElement value, bool wary)
    {
        var text = TextOf(value);
        foreach (var pattern in patterns)
        {
            if (pattern.Finds(text) ?? wary)
            {
                return true;
            }
        }

        return false;
    }

    private static string TextOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString()!,
        JsonValueKind.Object or JsonValueKind.Array => JsonSerializer.Serialize(element, Plain),
        _ => element.GetRawText(),
    };
}
