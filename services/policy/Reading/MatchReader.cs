using Chaperone.Policy.Deciding;
using Chaperone.Policy.Documents;
using Chaperone.Policy.Patterns;

namespace Chaperone.Policy.Reading;

/// <summary>Reads the <c>match</c> of rules.</summary>
internal sealed class MatchReader(
    PolicyProblems problems,
    IReadOnlyDictionary<string, PolicyRole> roles,
    IReadOnlyDictionary<string, PolicyServer> servers)
{
    private const int MaxPattern = 1024;
    private const int MaxPatterns = 2000;
    private static readonly string[] TargetKeys = ["tool", "prompt", "resource"];

    // Many rules carry the same pattern, and an automaton is not small.
    private readonly Dictionary<string, TextPattern> _patterns = new(StringComparer.Ordinal);

    /// <summary>Reads one; null when it is no mapping (reported).</summary>
    public RuleMatch? Read(YamlNode node, string path)
    {
        if (YamlFields.Open(node, path, problems, "role", "roles", "server", "method", "tool", "prompt", "resource", "arguments", "sql", "shell") is not { } fields)
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
            Arguments = ReadArguments(fields),
            Sql = fields.Find("sql") is { } sql ? SqlConditionReader.Read(sql, $"{path}.sql", problems) : null,
            Shell = fields.Find("shell") is { } shell ? ShellReaders.ReadMatch(shell, $"{path}.shell", problems) : null,
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

    private ArgumentCondition[] ReadArguments(YamlFields fields)
    {
        var conditions = new List<ArgumentCondition>();
        foreach (var (key, value) in fields.Entries("arguments", "arguments: { sql: \"(?i)drop\" }"))
        {
            var path = fields.PathOf($"arguments.{key.Text}");
            var at = ArgumentPath.Parse(key.Text);
            if (at is null)
            {
                problems.Add(key, path, "is no path of an argument", "write it like sql, patient.id, items[*].name or ['odd.key']");
            }

            var patterns = fields.AsTexts(value, path, $"{key.Text}: \"^[A-Z]+$\"").Select(t => ReadPattern(t, path)).OfType<TextPattern>().ToArray();
            if (at is not null)
            {
                conditions.Add(new ArgumentCondition(at, patterns));
            }
        }

        if (fields.Find("arguments") is YamlMapping { Entries.Count: 0 } empty)
        {
            fields.Report(empty, "arguments", "is empty", "remove it, or name an argument");
        }

        return [.. conditions];
    }

    private TextPattern? ReadPattern(YamlScalar text, string path)
    {
        if (_patterns.TryGetValue(text.Text, out var known))
        {
            return known;
        }

        if (text.Text.Length > MaxPattern)
        {
            problems.Add(text, path, $"is longer than {MaxPattern} characters", "split it into a list of patterns");
            return null;
        }

        if (_patterns.Count == MaxPatterns)
        {
            problems.Add(text, path, $"is one pattern more than {MaxPatterns} different ones", "use the same pattern in several rules, or fewer");
            return null;
        }

        try
        {
            return _patterns[text.Text] = TextPattern.Parse(text.Text);
        }
        catch (NotSupportedException)
        {
            problems.Add(text, path, "is a pattern that cannot run in linear time", "do without lookarounds, backreferences, atomic groups and huge repetitions");
        }
        catch (ArgumentException e)
        {
            problems.Add(text, path, $"is no regular expression ({e.Message.TrimEnd('.')})", "correct it");
        }

        return null;
    }

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "...";
}
