using System.Text;
using Chaperone.Policy.Reading;

namespace Chaperone.Policy.Versions;

/// <summary>What one version of a policy changed in another, by names of rules, roles and servers; at most <see cref="Most"/> of each kind.</summary>
internal sealed record PolicyChanges(string[] Added, string[] Removed, string[] Changed)
{
    /// <summary>Most names that are told of each kind.</summary>
    public const int Most = 50;

    /// <summary>What <paramref name="next"/> changed in <paramref name="previous"/>; nothing where there was none.</summary>
    public static PolicyChanges Between(PolicyBundle? previous, PolicyBundle next)
    {
        if (previous is null)
        {
            return new PolicyChanges([], [], []);
        }

        var (before, after) = (Parts(previous), Parts(next));
        return new PolicyChanges(
            Names(after.Keys.Except(before.Keys, StringComparer.Ordinal)),
            Names(before.Keys.Except(after.Keys, StringComparer.Ordinal)),
            Names(after.Where(p => before.TryGetValue(p.Key, out var was) && was != p.Value).Select(p => p.Key)));
    }

    private static string[] Names(IEnumerable<string> names) => [.. names.Order(StringComparer.Ordinal).Take(Most)];

    /// <summary>The parts of a policy by name, each as a text that is equal for equal content, however it is spelt.</summary>
    private static Dictionary<string, string> Parts(PolicyBundle bundle)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in bundle.Files.Where(f => f.Bytes is not null))
        {
            var problems = new PolicyProblems(file.Name);
            if (SourceText.Of(file.Bytes!, problems) is { } text && YamlTree.Read(text, problems) is YamlMapping root)
            {
                foreach (var (key, value) in root.Entries)
                {
                    Add(parts, key.Text, value);
                }
            }
        }

        return parts;
    }

    private static void Add(Dictionary<string, string> parts, string key, YamlNode value)
    {
        switch (key, value)
        {
            case ("rules", YamlSequence rules):
                foreach (var rule in rules.Items.OfType<YamlMapping>())
                {
                    var name = rule.Entries.Where(e => e.Key.Text == "name").Select(e => (e.Value as YamlScalar)?.Text).FirstOrDefault();
                    parts[$"rule {name}"] = Text(rule);
                }

                break;
            case ("roles" or "servers", YamlMapping entries):
                foreach (var (name, entry) in entries.Entries)
                {
                    parts[$"{key[..^1]} {name.Text}"] = Text(entry);
                }

                break;
            default:
                parts[key] = parts.GetValueOrDefault(key) + Text(value);
                break;
        }
    }

    private static string Text(YamlNode node)
    {
        var text = new StringBuilder();
        Write(node, text);
        return text.ToString();
    }

    // How deep a policy may be, its reader has bounded.
    private static void Write(YamlNode node, StringBuilder text)
    {
        switch (node)
        {
            case YamlScalar scalar:
                text.Append(scalar.IsString ? '"' : '=').Append(scalar.Text).Append('\0');
                break;
            case YamlSequence sequence:
                text.Append('[');
                foreach (var item in sequence.Items)
                {
                    Write(item, text);
                }

                text.Append(']');
                break;
            case YamlMapping mapping:
                text.Append('{');
                foreach (var (key, value) in mapping.Entries.OrderBy(e => e.Key.Text, StringComparer.Ordinal))
                {
                    text.Append(key.Text).Append('\0');
                    Write(value, text);
                }

                text.Append('}');
                break;
        }
    }
}
