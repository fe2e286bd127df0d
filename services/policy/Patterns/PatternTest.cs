using System.Globalization;
using System.Text;
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
        // '$' matches before a line feed at the end as well: to look exactly, one that is there must not be the end.
        var text = TextOf(value);
        text = !wary && text.EndsWith('\n') ? text + '\n' : text;
        return IsFound(text, wary) || (wary && Others(value, text).Any(other => other != text && IsFound(other, wary)));
    }

    private bool IsFound(string text, bool wary)
    {
        foreach (var pattern in patterns)
        {
            if (pattern.Finds(text) ?? wary)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What a program may make of it: a number as it is usually written, a text without what nobody sees. The case of plain letters stays.</summary>
    private static IEnumerable<string> Others(JsonElement value, string text)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number))
        {
            yield return (number / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture);
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            yield break;
        }

        yield return text.Trim();
        if (!Ascii.IsValid(text))
        {
            yield return Folding.Fold(text);
            yield return Folding.Fold(text).ToUpperInvariant();
        }
    }

    private static string TextOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString()!,
        JsonValueKind.Object or JsonValueKind.Array => JsonSerializer.Serialize(element, Plain),
        _ => element.GetRawText(),
    };
}
