namespace Chaperone.Policy.Circumstances;

/// <summary>The caller has a break-glass window open, or has none.</summary>
internal sealed class BreakGlassCircumstance(bool expected) : ICircumstance
{
    /// <summary>How a file asks for it.</summary>
    public const string Name = "principal.break_glass";

    /// <inheritdoc/>
    public string Key => Name;

    /// <inheritdoc/>
    public bool Holds(Scene scene, bool wary) => scene.Glass.IsUnknown ? wary : scene.Glass.Window is not null == expected;
}
