using Chaperone.Policy.Circumstances;
using Chaperone.Policy.Tools;

namespace Chaperone.Policy.Deciding;

/// <summary>What one caller may know of one server.</summary>
internal sealed class PolicyView(RuleIndex index, string server, ulong[] roles, Scene scene, bool open)
{
    /// <summary>Whether the caller may know that <paramref name="target"/> exists: true where some arguments could pass. <paramref name="traits"/> are those of a tool.</summary>
    public bool Shows(Operation operation, string target, ToolTraits? traits = null)
    {
        if (!open)
        {
            return false;
        }

        var tally = new Tally(roles, traits is null ? scene : scene.With(traits), null);
        index.Visit(server, operation, target, ref tally);
        return tally.Visible;
    }
}
