namespace Chaperone.Policy.Reading;

/// <summary>A list.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Items">In order.</param>
internal sealed record YamlSequence(long Line, long Column, IReadOnlyList<YamlNode> Items) : YamlNode(Line, Column)
{
    /// <inheritdoc/>
    public override string Kind => "a list";
}
