using System.Globalization;
using System.Text;

namespace Chaperone.LoadRun.Growing;

/// <summary>Policies of any size, for one server that is called.</summary>
internal static class GrowthPolicies
{
    private const string Roles = """
        version: 1
        roles:
          engineer: { groups: [engineers] }
          approver: { groups: [approvers] }
        servers:

        """;

    /// <summary><paramref name="rules"/> rules for the same person and server; the one that allows is the last.</summary>
    public static string OfRules(string url, string server, int rules)
    {
        var text = new StringBuilder(Roles);
        text.AppendLine(CultureInfo.InvariantCulture, $"  {server}: {{ url: {url}/mcp }}");
        text.AppendLine("rules:");
        for (var i = 1; i < rules; i++)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  - {{ name: r{i}, match: {{ server: {server}, tool: 'tool_{i}_*' }}, effect: deny, reason: No. }}");
        }

        return text.Append(Allow(server)).ToString();
    }

    /// <summary><paramref name="servers"/> upstream servers, all of them the same; the one that is called is the last.</summary>
    public static string OfServers(string url, string server, int servers)
    {
        var text = new StringBuilder(Roles);
        for (var i = 1; i < servers; i++)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  other-{servers}-{i}: {{ url: {url}/mcp }}");
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"  {server}: {{ url: {url}/mcp }}");
        return text.AppendLine("rules:").Append(Allow(server)).ToString();
    }

    /// <summary>One server whose tool <c>echo</c> is allowed, and whose tool <c>held</c> waits for a person; all others are denied.</summary>
    public static string Mixed(string url) => OfRules(url, "echo", 100) + """
          - name: held
            match: { role: engineer, server: echo, tool: held }
            effect: approve
            approval: { role: approver, expires: 1h }
            reason: A person has to look at it.

        """;

    private static string Allow(string server) => $"  - {{ name: allowed, match: {{ role: engineer, server: {server}, tool: echo }}, effect: allow, masking: safe-harbor }}\n";
}
