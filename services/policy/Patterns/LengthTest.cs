using System.Text.Json;

namespace Chaperone.Policy.Patterns;

/// <summary>How long the value is: a string in characters (Unicode scalar values), an array in elements, an object in members; looking warily, numbers in digits.</summary>
internal sealed class LengthTest(int least, int most) : IValueTest
{
    /// <inheritdoc/>
    public string Key => "length";

    /// <inheritdoc/>
    public bool Holds(JsonElement value, bool wary) =>
        LengthOf(value, wary) is { } length && length >= least && length <= most;

    private static int? LengthOf(JsonElement value, bool wary) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!.EnumerateRunes().Count(),
        JsonValueKind.Array => value.GetArrayLength(),
        JsonValueKind.Object => value.GetPropertyCount(),
        JsonValueKind.Number when wary => value.GetRawText().Length,
        _ => null,
    };
}
