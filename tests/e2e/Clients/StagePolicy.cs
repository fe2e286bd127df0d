using System.Text.RegularExpressions;
using Chaperone.TestKit;
using Chaperone.TestKit.Conformance;

namespace Chaperone.E2E.Tests.Clients;

/// <summary>The policies as shipped, in one file and with the addresses of this run: the example for the clinic, allow-all for the conformance server.</summary>
internal static class StagePolicy
{
    public static string For(ClinicProcess clinic, ConformanceUpstream fixtures)
    {
        var example = Read("policy.example.yaml").Replace("http://127.0.0.1:7101/mcp", $"{clinic.Url}/mcp", StringComparison.Ordinal);
        var allowAll = Read("policy.allow-all.yaml").Replace("http://127.0.0.1:7109", fixtures.Stateful.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal);
        return new[] { "roles", "servers", "rules" }.Aggregate(example, (policy, section) => Insert(policy, section, Section(allowAll, section)));
    }

    private static string Read(string name) => File.ReadAllText(Path.Combine(ShippedRooms.Root, "compose", name));

    private static string Section(string policy, string name)
    {
        var match = Regex.Match(policy, $"^{name}:\n((?: .*\n|\n|#.*\n)+)", RegexOptions.Multiline | RegexOptions.NonBacktracking);
        Assert.True(match.Success, $"the policy has no section {name}");
        return match.Groups[1].Value;
    }

    private static string Insert(string policy, string section, string lines)
    {
        var head = $"\n{section}:\n";
        Assert.Contains(head, policy, StringComparison.Ordinal);
        return policy.Replace(head, head + lines, StringComparison.Ordinal);
    }
}
