using Chaperone.Policy.Deciding;
using Chaperone.Policy.Documents;
using Chaperone.Policy.Patterns;

namespace Chaperone.Policy.Reading;

/// <summary>Reads the <c>match</c> of rules.</summary>
internal sealed class MatchReader(
    PolicyProblems problems,
    IReadOnlyDictionary<string, PolicyRole> roles,
    IReadOnlyDictionary<string, PolicyServer> servers,
    bool breakGlass)
{
    private const int MaxPattern = 1024;
    private static readonly string[] TargetKeys = ["tool", "prompt", "resource"];

    private readonly ArgumentReader _arguments = new(problems);
    private readonly CircumstanceReader _circumstances = new(problems, breakGlass);

    /// <summary>Reads one; null when it is no mapping (reported).</summary>
    public RuleMatch? Read(YamlNode node, string path)
    {
        if (YamlFields.Open(node, path, problems, "role", "roles", "server", "method", "tool", "prompt", "resource", "arguments", "sql", "shell", "counters", "annotations", "principal", "client", "network", "when") is not { } fields)
        {
            return null;
        }

        var match = new RuleMatch
        {
            Roles = ReadRoles(fields),
            Servers = ReadNames(fields, "server", servers.Keys, "no server of this file", "add it under servers, or correct the name"),
            Methods = ReadNames(fields, "method", Operations.Methods, "no method that the gateway knows", "write a method such as tools/call, or remove the key"),
            Tools = ReadNames(fields, "tool"),
            Prompts = ReadNames(fields, "prompt"),
            Resources = ReadNames(fields, "resource"),
            Arguments = _arguments.Read(fields),
            Sql = fields.Find("sql") is { } sql ? SqlConditionReader.Read(sql, $"{path}.sql", problems) : null,
            Shell = fields.Find("shell") is { } shell ? ShellReaders.ReadMatch(shell, $"{path}.shell", problems) : null,
            Counters = CounterReader.Read(fields, problems),
            Hints = HintReader.Read(fields, problems),
            Circumstances = _circumstances.Read(fields),
        };

        if (match.Shell is not null && !servers.Values.Any(s => s.Shell.Length > 0 && (match.Servers.Length == 0 || match.Servers.Any(p => p.Matches(s.Name)))))
        {
            fields.Report(fields.Find("shell")!, "shell", "speaks of shell commands, and no server that it matches takes any", "add shell to the server, or remove it here");
        }

        if (match.Sql is not null && !servers.Values.Any(s => s.Sql is not null && (match.Servers.Length == 0 || match.Servers.Any(p => p.Matches(s.Name)))))
        {
            fields.Report(fields.Find("sql")!, "sql", "speaks of SQL, and no server that it matches takes any", "add sql to the server, or remove it here");
        }

        string[] targets = [.. TargetKeys.Where(k => fields.Find(k) is not null)];
        if (targets.Length > 1)
        {
            fields.Report(fields.Find(targets[1])!, targets[1], $"stands beside {targets[0]}, so nothing can match both", "write one rule for each");
        }

        return match;
    }

    private string[] ReadRoles(YamlFields fields)
    {
        if (fields.Find("role") is not null && fields.Find("roles") is { } both)
        {
            fields.Report(both, "roles", "stands beside role", "keep roles: [a, b], which matches whoever has one of them");
        }

        var key = fields.Find("roles") is null ? "role" : "roles";
        var named = fields.Texts(key, $"{key}: nurse");
        foreach (var role in named.Where(r => !roles.ContainsKey(r.Text)))
        {
            fields.Report(role, key, $"is no role of this file: {Short(role.Text)}", "add it under roles, or correct the name");
        }

        return [.. named.Select(r => r.Text).Distinct(StringComparer.Ordinal)];
    }

    private static NamePattern[] ReadNames(YamlFields fields, string key, IEnumerable<string>? known = null, string? unknown = null, string? remedy = null)
    {
        var named = fields.Texts(key, $"{key}: name, or a list of names");
        var patterns = new List<NamePattern>();
        foreach (var text in named)
        {
            var pattern = new NamePattern(text.Text);
            if (text.Text.Length > MaxPattern)
            {
                fields.Report(text, key, $"is longer than {MaxPattern} characters", "shorten it with *");
            }
            else if (known?.Any(pattern.Matches) == false)
            {
                fields.Report(text, key, $"is {unknown}: {Short(text.Text)}", remedy!);
            }

            patterns.Add(pattern);
        }

        return [.. patterns];
    }

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "...";
}
