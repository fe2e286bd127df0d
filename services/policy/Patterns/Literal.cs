namespace Chaperone.Policy.Patterns;

/// <summary>A value written in a policy file.</summary>
/// <param name="Kind">What YAML reads.</param>
/// <param name="Text">Its text.</param>
internal sealed record Literal(LiteralKind Kind, string Text);
