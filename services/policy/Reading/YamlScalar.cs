using System.Text.RegularExpressions;

namespace Chaperone.Policy.Reading;

/// <summary>A single value.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Text">Its text.</param>
/// <param name="IsPlain">True without quotes: then YAML may read a number, a boolean or nothing.</param>
internal sealed partial record YamlScalar(long Line, long Column, string Text, bool IsPlain) : YamlNode(Line, Column)
{
    /// <inheritdoc/>
    public override string Kind =>
        !IsPlain ? "a string"
        : Text is "" or "~" or "null" or "Null" or "NULL" ? "empty"
        : Text is "true" or "True" or "TRUE" or "false" or "False" or "FALSE" ? "a boolean"
        : Number().IsMatch(Text) ? "a number"
        : "a string";

    /// <summary>True when YAML 1.2 reads a string.</summary>
    public bool IsString => Kind == "a string";

    [GeneratedRegex(@"^([-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Number();
}
