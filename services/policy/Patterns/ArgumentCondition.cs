using System.Text.Encodings.Web;
using System.Text.Json;

namespace Chaperone.Policy.Patterns;

/// <summary>
/// A pattern on one argument. Rules that restrict (deny, approve) look warily: any value under the path is enough, names of
/// members are compared without case, and a pattern that takes too long counts as found. Rules that allow look exactly:
/// every value must match, and a pattern that takes too long counts as not found. A missing argument never matches.
/// </summary>
internal sealed class ArgumentCondition(ArgumentPath path, TextPattern[] patterns)
{
    // Upstreams read "\u0044ROP" as DROP: compare the text that they will see.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Where it looks.</summary>
    public ArgumentPath Path => path;

    /// <summary>Of which one must match.</summary>
    public IReadOnlyList<TextPattern> Patterns => patterns;

    /// <summary>Whether it holds for <paramref name="arguments"/> (undefined when the call has none).</summary>
    public bool Holds(JsonElement arguments, bool wary) => Walk(arguments, 0, wary);

    private bool Walk(JsonElement element, int step, bool wary)
    {
        if (step == path.Steps.Length)
        {
            return Fits(TextOf(element), wary);
        }

        return path.Steps[step] is { } name ? WalkMember(element, name, step, wary) : WalkElements(element, step, wary);
    }

    private bool WalkMember(JsonElement element, string name, int step, bool wary)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        if (!wary)
        {
            return element.TryGetProperty(name, out var member) && Walk(member, step + 1, wary);
        }

        // Many upstreams bind argument names without case: {"SQL": ...} must not slip past a deny on sql.
        foreach (var property in element.EnumerateObject())
        {
            if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase) && Walk(property.Value, step + 1, wary))
            {
                return true;
            }
        }

        return false;
    }

    private bool WalkElements(JsonElement element, int step, bool wary)
    {
        if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() == 0)
        {
            return false;
        }

        foreach (var item in element.EnumerateArray())
        {
            if (Walk(item, step + 1, wary) == wary)
            {
                return wary;
            }
        }

        return !wary;
    }

    private bool Fits(string text, bool wary)
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

    private static string TextOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString()!,
        JsonValueKind.Object or JsonValueKind.Array => JsonSerializer.Serialize(element, Plain),
        _ => element.GetRawText(),
    };
}
