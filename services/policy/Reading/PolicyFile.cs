using System.Security.Cryptography;
using System.Text;
using Chaperone.Policy.Documents;

namespace Chaperone.Policy.Reading;

/// <summary>Reads policy files, strictly and whole: a file with one problem is not used, and all its problems are told at once.</summary>
internal static class PolicyFile
{
    /// <summary>Largest file in bytes.</summary>
    public const int MaxBytes = 1024 * 1024;

    private const int MaxRules = 10_000;
    private const int MaxServers = 256;
    private const int MaxRoles = 1000;
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads <paramref name="bytes"/>, called <paramref name="file"/> in problems.</summary>
    public static PolicyReading Read(string file, ReadOnlySpan<byte> bytes)
    {
        var problems = new PolicyProblems(file);
        if (bytes.Length > MaxBytes)
        {
            problems.Add($"has more than {MaxBytes} bytes", "merge rules with lists and globs");
            return new PolicyReading(null, problems.All);
        }

        if (TextOf(bytes, problems) is not { } text || YamlTree.Read(text, problems) is not { } root)
        {
            return new PolicyReading(null, problems.All);
        }

        var document = ReadRoot(root, Convert.ToHexStringLower(SHA256.HashData(bytes)), problems);
        return new PolicyReading(problems.Any ? null : document, problems.All);
    }

    private static string? TextOf(ReadOnlySpan<byte> bytes, PolicyProblems problems)
    {
        try
        {
            return StrictUtf8.GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException e)
        {
            problems.Add($"is not UTF-8 at byte {e.Index}", "save it as UTF-8");
            return null;
        }
    }

    private static PolicyDocument? ReadRoot(YamlNode root, string digest, PolicyProblems problems)
    {
        if (YamlFields.Open(root, string.Empty, problems, "version", "defaults", "roles", "servers", "identifiers", "rules") is not { } fields)
        {
            return null;
        }

        if (fields.Require("version", "version: 1") is not null)
        {
            fields.Whole("version", 1, 1);
        }

        var masking = ReadDefaults(fields, problems);
        var roles = ReadRoles(fields, problems);
        var servers = ReadServers(fields, problems);
        return new PolicyDocument
        {
            File = problems.File,
            Digest = digest,
            Roles = roles,
            Servers = servers,
            Identifiers = new OwnRuleReader(problems, servers).Read(fields),
            Rules = ReadRules(fields, new RuleReader(problems, roles, servers, masking)),
        };
    }

    private static MaskingTerms ReadDefaults(YamlFields root, PolicyProblems problems)
    {
        if (root.Find("defaults") is not { } node || YamlFields.Open(node, "defaults", problems, "masking") is not { } fields)
        {
            return MaskingTerms.Strictest;
        }

        return MaskingReader.Read(fields, problems) ?? MaskingTerms.Strictest;
    }

    private static Dictionary<string, PolicyRole> ReadRoles(YamlFields root, PolicyProblems problems)
    {
        var roles = new Dictionary<string, PolicyRole>(StringComparer.Ordinal);
        foreach (var (key, value) in root.Entries("roles", "roles: { nurse: { groups: [nurses] } }"))
        {
            var path = $"roles.{key.Text}";
            CheckName(key, path, problems);
            var groups = YamlFields.Open(value, path, problems, "groups", "description") is { } fields
                ? ReadRole(fields)
                : [];

            // Kept even when wrong: rules that name it are not wrong for that.
            roles[key.Text] = new PolicyRole(key.Text, groups);
        }

        CheckCount(root, "roles", roles.Count, MaxRoles);
        return roles;
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

    private static List<PolicyRule> ReadRules(YamlFields root, RuleReader reader)
    {
        var rules = new List<PolicyRule>();
        var node = root.Find("rules");
        if (node is not (null or YamlSequence))
        {
            root.Report(node, "rules", $"must be a list, is {node.Kind}", "write rules as '- name: ...' lines, or rules: [] for none");
        }

        if (node is YamlSequence list)
        {
            CheckCount(root, "rules", list.Items.Count, MaxRules);
            rules.AddRange(list.Items.Select((item, i) => reader.Read(item, $"rules[{i}]")).OfType<PolicyRule>());
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
            root.Report(root.Find(key)!, key, $"has {count} entries, more than {most}", "merge some with lists and globs");
        }
    }
}
