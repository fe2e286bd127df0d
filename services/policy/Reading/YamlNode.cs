namespace Chaperone.Policy.Reading;

/// <summary>A node of a YAML file with its place.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
internal abstract record YamlNode(long Line, long Column)
{
    /// <summary>What a person calls it.</summary>
    public abstract string Kind { get; }
}
