using System.Text.Json;

namespace Chaperone.Policy.Patterns;

/// <summary>One of some globs matches the whole string; looking warily, numbers and booleans are read as their text.</summary>
internal sealed class GlobTest(TextGlob[] globs) : IValueTest
{
    /// <inheritdoc/>
    public string Key => "glob";

    /// <inheritdoc/>
    public bool Holds(JsonElement value, bool wary) =>
        (wary || value.ValueKind == JsonValueKind.String) && ScalarText.Of(value) is { } text && Array.Exists(globs, g => g.Matches(text, wary));
}
