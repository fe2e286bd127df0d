using System.Collections.Frozen;
using System.Text.Json;

namespace Chaperone.Policy.Patterns;

/// <summary>
/// The value is one of those written in the policy. Exactly: of the same kind, strings by their characters, numbers by their
/// worth. Warily: <c>"1e3"</c> is 1000, <c>"TRUE"</c> and 1 are true, and texts that look alike are alike.
/// </summary>
internal sealed class LiteralTest : IValueTest
{
    private readonly FrozenSet<string> _texts;
    private readonly FrozenSet<string> _numbers;
    private readonly FrozenSet<string> _folded;
    private readonly FrozenSet<string> _worths;
    private readonly bool _true;
    private readonly bool _false;
    private readonly bool _null;

    public LiteralTest(string key, IReadOnlyCollection<Literal> any)
    {
        Key = key;
        _texts = Texts(LiteralKind.Text).ToFrozenSet(StringComparer.Ordinal);
        _numbers = Texts(LiteralKind.Number).Select(t => Worth(t)!).ToFrozenSet(StringComparer.Ordinal);
        _true = Texts(LiteralKind.Truth).Any(t => t is ['t' or 'T', ..]);
        _false = Texts(LiteralKind.Truth).Any(t => t is ['f' or 'F', ..]);
        _null = Texts(LiteralKind.Nothing).Any();
        string[] booleans = [.. _true ? ["true", "1"] : Array.Empty<string>(), .. _false ? ["false", "0"] : Array.Empty<string>(), .. _null ? ["null"] : Array.Empty<string>()];
        _folded = any.Where(l => l.Kind is LiteralKind.Text or LiteralKind.Number).Select(l => Folding.Fold(l.Text)).Concat(booleans).ToFrozenSet(StringComparer.Ordinal);
        _worths = any.Where(l => l.Kind is LiteralKind.Text or LiteralKind.Number).Select(l => Worth(l.Text)).Concat(booleans.Select(Worth)).OfType<string>().ToFrozenSet(StringComparer.Ordinal);

        IEnumerable<string> Texts(LiteralKind kind) => any.Where(l => l.Kind == kind).Select(l => l.Text);
    }

    /// <inheritdoc/>
    public string Key { get; }

    /// <inheritdoc/>
    public bool Holds(JsonElement value, bool wary)
    {
        if (!wary)
        {
            return value.ValueKind switch
            {
                JsonValueKind.String => _texts.Contains(value.GetString()!),
                JsonValueKind.Number => _numbers.Count > 0 && _numbers.Contains(Numeral.Parse(value.GetRawText())!.ToString()),
                JsonValueKind.True => _true,
                JsonValueKind.False => _false,
                JsonValueKind.Null => _null,
                _ => false,
            };
        }

        return ScalarText.Of(value) is { } text
            && (_folded.Contains(Folding.Fold(text)) || (_worths.Count > 0 && Worth(text) is { } worth && _worths.Contains(worth)));
    }

    private static string? Worth(string text) => Numeral.ParseLoosely(text)?.ToString();
}
