using System.Text.Json;

namespace Chaperone.Policy.Patterns;

/// <summary>
/// The value is a number within bounds. Exactly: a JSON number. Warily also a text that some program could take for one, and a
/// text with digits that cannot be read at all (<c>1000 rows</c>): nobody knows what the upstream makes of it.
/// </summary>
internal sealed class RangeTest(Numeral? least, Numeral? most) : IValueTest
{
    /// <inheritdoc/>
    public string Key => least is null ? "max" : most is null ? "min" : "min and max";

    /// <inheritdoc/>
    public bool Holds(JsonElement value, bool wary) => value.ValueKind switch
    {
        JsonValueKind.Number => IsWithin(Numeral.Parse(value.GetRawText())!),
        JsonValueKind.String when wary => IsWithinPerhaps(value.GetString()!),
        JsonValueKind.True or JsonValueKind.False when wary => IsWithin(Numeral.Parse(value.ValueKind == JsonValueKind.True ? "1" : "0")!),
        _ => false,
    };

    private bool IsWithinPerhaps(string text) =>
        Numeral.ParseLoosely(text) is { } number ? IsWithin(number) : Folding.Fold(text) is var folded && (folded.AsSpan().ContainsAnyInRange('0', '9') || folded is "nan");

    private bool IsWithin(Numeral number) => (least is null || number.CompareTo(least) >= 0) && (most is null || number.CompareTo(most) <= 0);
}
