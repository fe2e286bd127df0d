using Chaperone.Contracts;

namespace Chaperone.Policy.Circumstances;

/// <summary>Something of a call is so, or is not.</summary>
internal sealed class FlagCircumstance(string key, Func<CallFacts, bool> read, bool expected) : ICircumstance
{
    /// <inheritdoc/>
    public string Key => key;

    /// <inheritdoc/>
    public bool Holds(Scene scene, bool wary) => read(scene.Call) == expected;
}
