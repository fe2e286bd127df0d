namespace Chaperone.Policy.Deciding;

/// <summary>What one caller may know of one server.</summary>
internal sealed class PolicyView(RuleIndex index, string server, ulong[] roles, bool open)
{
    /// <summary>Whether the caller may know that <paramref name="target"/> exists: true where some arguments could pass.</summary>
    public bool Shows(Operation operation, string target)
    {
        if (!open)
        {
            return false;
        }

        var tally = new Tally(roles, null);
        index.Visit(server, operation, target, ref tally);
        return tally.Visible;
    }
}
