using Chaperone.Contracts;
using Chaperone.Policy.Patterns;

namespace Chaperone.Policy.Circumstances;

/// <summary>One of the texts that a call has of some kind matches one of some globs. Where it has none, this never holds.</summary>
internal sealed class TextCircumstance(string key, Func<CallFacts, IReadOnlyList<string?>> read, TextGlob[] globs) : ICircumstance
{
    /// <inheritdoc/>
    public string Key => key;

    /// <inheritdoc/>
    public bool Holds(Scene scene, bool wary)
    {
        foreach (var text in read(scene.Call))
        {
            if (!string.IsNullOrEmpty(text) && Array.Exists(globs, g => g.Matches(text, wary)))
            {
                return true;
            }
        }

        return false;
    }
}
