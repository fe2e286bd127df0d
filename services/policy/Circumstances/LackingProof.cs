using Chaperone.Policy.Documents;

namespace Chaperone.Policy.Circumstances;

/// <summary>The caller's token does not show all that <c>unless</c> of a deny asks for.</summary>
internal sealed class LackingProof(ProofTerms terms) : ICircumstance
{
    /// <inheritdoc/>
    public string Key => "unless";

    /// <inheritdoc/>
    public bool Holds(Scene scene, bool wary) => !terms.IsShown(scene.Call.Principal, scene.Now);
}
