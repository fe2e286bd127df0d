namespace Chaperone.Policy.Circumstances;

/// <summary>The call is decided within one of some windows.</summary>
internal sealed class TimeCircumstance(TimeWindow[] windows) : ICircumstance
{
    /// <inheritdoc/>
    public string Key => "when";

    /// <inheritdoc/>
    public bool Holds(Scene scene, bool wary) => Array.Exists(windows, w => w.Contains(scene.Now));
}
