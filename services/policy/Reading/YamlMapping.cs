namespace Chaperone.Policy.Reading;

/// <summary>Keys and values, keys unique.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Entries">In order.</param>
internal sealed record YamlMapping(long Line, long Column, IReadOnlyList<(YamlScalar Key, YamlNode Value)> Entries) : YamlNode(Line, Column)
{
    /// <inheritdoc/>
    public override string Kind => "a mapping";
}
