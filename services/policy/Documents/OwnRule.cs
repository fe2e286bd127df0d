using Chaperone.Contracts;
using Chaperone.Policy.Patterns;

namespace Chaperone.Policy.Documents;

/// <summary>One of the operator's own rules of masking, and where it holds.</summary>
/// <param name="Rule">What it finds, and what it lets stay.</param>
/// <param name="Servers">Server keys; empty: all.</param>
/// <param name="Tools">Names of tools; empty: all, and what is no tool's.</param>
internal sealed record OwnRule(OwnMaskingRule Rule, NamePattern[] Servers, NamePattern[] Tools)
{
    /// <summary>What of it holds for <paramref name="tool"/> on <paramref name="server"/>; null if nothing does. Where no tool is called it finds what it finds anywhere, but what only some tools may show does not stay.</summary>
    public OwnMaskingRule? For(string server, string? tool)
    {
        if (Servers.Length > 0 && !Servers.Any(s => s.Matches(server)))
        {
            return null;
        }

        if (Tools.Length == 0 || (tool is not null && Tools.Any(t => t.Matches(tool))))
        {
            return Rule;
        }

        return tool is null && Rule.Class.Length > 0 ? Rule with { Allow = [], Hosts = [] } : null;
    }
}
