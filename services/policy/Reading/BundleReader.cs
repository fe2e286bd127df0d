using Chaperone.Policy.Documents;

namespace Chaperone.Policy.Reading;

/// <summary>Reads the files of one policy together: the main one, then those it includes, depth first. For one reading.</summary>
internal sealed class BundleReader(PolicyBundle bundle)
{
    private const int MaxRules = 10_000;
    private const int MaxServers = 1_024;
    private const int MaxRoles = 1000;
    private const string Merge = "merge some with lists and globs";

    private static readonly string[] MainKeys = ["version", "include", "defaults", "roles", "servers", "identifiers", BreakGlassReader.Key, "rules"];
    private static readonly string[] PartKeys = ["version", "include", "roles", "rules"];

    private readonly List<(PolicyProblems Problems, YamlFields? Fields)> _files = [];
    private readonly HashSet<string> _visited = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PolicyRole> _roles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string File, long Line)> _ruleNames = new(StringComparer.Ordinal);

    /// <summary>All problems, file by file.</summary>
    public IReadOnlyList<PolicyProblem> Problems => [.. _files.SelectMany(f => f.Problems.All)];

    /// <summary>What they say; null, or only a part, where there are problems.</summary>
    public PolicyDocument? Read()
    {
        Open(bundle.Main);
        if (_files[0] is not { Problems: var problems, Fields: { } main })
        {
            return null;
        }

        var masking = ReadDefaults(main, problems);
        foreach (var (found, fields) in _files.Where(f => f.Fields is not null))
        {
            ReadRoles(fields!, found);
        }

        var servers = ReadServers(main, problems);
        var glass = BreakGlassReader.Read(main, problems, _roles);
        return new PolicyDocument
        {
            BreakGlass = glass,
            File = bundle.Main.Name,
            Digest = bundle.Digest,
            Roles = _roles,
            Servers = servers,
            Identifiers = new OwnRuleReader(problems, servers).Read(main),
            Rules = ReadRules(servers, masking, breakGlass: main.Find(BreakGlassReader.Key) is not null),
        };
    }

    private void Open(PolicySource source)
    {
        _visited.Add(source.Name);
        var problems = new PolicyProblems(source.Name);
        var place = _files.Count;
        _files.Add((problems, null));
        if (SourceText.Of(source.Bytes!, problems) is not { } text
            || YamlTree.Read(text, problems) is not { } root
            || YamlFields.Open(root, string.Empty, problems, place == 0 ? MainKeys : PartKeys) is not { } fields)
        {
            return;
        }

        _files[place] = (problems, fields);
        if (fields.Require("version", "version: 1") is not null)
        {
            fields.Whole("version", 1, 1);
        }

        foreach (var include in fields.Texts("include", "include: [wards/icu.yaml]"))
        {
            Include(source.Name, fields, include);
        }
    }

    private void Include(string from, YamlFields fields, YamlScalar include)
    {
        if (IncludeNames.Resolve(from, include.Text) is not { } name)
        {
            fields.Report(include, "include", "is no path below the folder of the main file", "write it like wards/icu.yaml, without '..' and hidden names");
        }
        else if (_visited.Contains(name))
        {
            fields.Report(include, "include", $"names a file that is already in the policy: {name}", "include each file once; files cannot include one another in a circle");
        }
        else if (bundle.Find(name) is not { Bytes: not null } found)
        {
            fields.Report(include, "include", $"names a file that {bundle.Find(name)?.Fault ?? $"is one more than {PolicyBundle.MostFiles}"}: {name}", "create it and let this process read it, or remove the line");
        }
        else
        {
            Open(found);
        }
    }

    private static MaskingTerms ReadDefaults(YamlFields root, PolicyProblems problems)
    {
        if (root.Find("defaults") is not { } node || YamlFields.Open(node, "defaults", problems, "masking") is not { } fields)
        {
            return MaskingTerms.Strictest;
        }

        return MaskingReader.Read(fields, problems) ?? MaskingTerms.Strictest;
    }

    private void ReadRoles(YamlFields root, PolicyProblems problems)
    {
        foreach (var (key, value) in root.Entries("roles", "roles: { nurse: { groups: [nurses] } }"))
        {
            var path = $"roles.{key.Text}";
            CheckName(key, path, problems);
            var groups = YamlFields.Open(value, path, problems, "groups", "description") is { } fields
                ? ReadRole(fields)
                : [];

            // Kept even when wrong: rules that name it are not wrong for that.
            if (!_roles.TryAdd(key.Text, new PolicyRole(key.Text, groups)))
            {
                problems.Add(key, path, "is a role of another file of this policy", "keep one of them");
            }
        }

        CheckCount(root, "roles", _roles.Count, MaxRoles);
    }

    private static string[] ReadRole(YamlFields fields)
    {
        fields.Text("description", "description: who they are");
        return [.. fields.Texts("groups", "groups: [nurses]", required: true).Select(g => g.Text).Distinct(StringComparer.Ordinal)];
    }

    private static Dictionary<string, PolicyServer> ReadServers(YamlFields root, PolicyProblems problems)
    {
        var servers = new Dictionary<string, PolicyServer>(StringComparer.Ordinal);
        foreach (var (key, value) in root.Entries("servers", "servers: { clinic: { url: http://127.0.0.1:7101/mcp } }"))
        {
            var path = $"servers.{key.Text}";
            CheckName(key, path, problems);
            servers[key.Text] = ServerReader.Read(key.Text, value, path, problems);
        }

        CheckCount(root, "servers", servers.Count, MaxServers);
        return servers;
    }

    private List<PolicyRule> ReadRules(Dictionary<string, PolicyServer> servers, MaskingTerms masking, bool breakGlass)
    {
        var rules = new List<PolicyRule>();
        var count = 0;
        foreach (var (problems, fields) in _files)
        {
            var node = fields?.Find("rules");
            if (node is not (null or YamlSequence))
            {
                fields!.Report(node, "rules", $"must be a list, is {node.Kind}", "write rules as '- name: ...' lines, or rules: [] for none");
            }

            if (node is YamlSequence list)
            {
                count += list.Items.Count;
                CheckCount(fields!, "rules", count, MaxRules);
                var reader = new RuleReader(problems, _roles, servers, masking, _ruleNames, breakGlass);
                rules.AddRange(list.Items.Select((item, i) => reader.Read(item, $"rules[{i}]")).OfType<PolicyRule>());
            }
        }

        return rules;
    }

    private static void CheckName(YamlScalar key, string path, PolicyProblems problems)
    {
        if (!PolicyNames.IsName(key.Text))
        {
            problems.Add(key, path, "is no name", PolicyNames.Remedy);
        }
    }

    private static void CheckCount(YamlFields root, string key, int count, int most)
    {
        if (count > most)
        {
            root.Report(root.Find(key) ?? root.Node, key, $"has {count} entries, more than {most}", Merge);
        }
    }
}
