using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Chaperone.Policy.Reading;

namespace Chaperone.Policy.Versions;

/// <summary>The parts of a policy by name, each as a text on one line that is equal for equal content, however it is spelt.</summary>
internal static class PolicyParts
{
    private const string Rule = "rule ";
    private static readonly string[] First = ["name", "match", "effect", "reason"];
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>All of them: <c>rule NAME</c>, <c>role NAME</c>, <c>server NAME</c>, and further keys of the files.</summary>
    public static Dictionary<string, string> Of(PolicyBundle bundle)
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

    /// <summary>Rules by name, in the order in which they stand.</summary>
    public static IEnumerable<(string Name, string Text)> Rules(PolicyBundle bundle) =>
        Of(bundle).Where(p => p.Key.StartsWith(Rule, StringComparison.Ordinal)).Select(p => (p.Key[Rule.Length..], p.Value));

    /// <summary>Whether a part may be shown: servers carry credentials.</summary>
    public static bool MayShow(string part) => part.StartsWith(Rule, StringComparison.Ordinal) || part.StartsWith("role ", StringComparison.Ordinal) || part == BreakGlassReader.Key;

    private static void Add(Dictionary<string, string> parts, string key, YamlNode value)
    {
        switch (key, value)
        {
            case ("rules", YamlSequence rules):
                foreach (var rule in rules.Items.OfType<YamlMapping>())
                {
                    var name = rule.Entries.Where(e => e.Key.Text == "name").Select(e => (e.Value as YamlScalar)?.Text).FirstOrDefault();
                    parts[Rule + name] = Text(rule);
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
                text.Append(IsPlain(scalar) ? scalar.Text : JsonSerializer.Serialize(scalar.Text, Readable));
                break;
            case YamlSequence sequence:
                text.Append('[');
                WriteAll(sequence.Items, text, item => Write(item, text));
                text.Append(']');
                break;
            case YamlMapping mapping:
                text.Append("{ ");
                WriteAll(mapping.Entries.OrderBy(e => Place(e.Key.Text)).ThenBy(e => e.Key.Text, StringComparer.Ordinal), text, entry =>
                {
                    text.Append(entry.Key.Text).Append(": ");
                    Write(entry.Value, text);
                });
                text.Append(" }");
                break;
        }
    }

    private static void WriteAll<T>(IEnumerable<T> items, StringBuilder text, Action<T> write)
    {
        var isFirst = true;
        foreach (var item in items)
        {
            text.Append(isFirst ? string.Empty : ", ");
            isFirst = false;
            write(item);
        }
    }

    private static int Place(string key) => Array.IndexOf(First, key) is >= 0 and var place ? place : First.Length;

    // A string that YAML would not read as one without quotes keeps them.
    private static bool IsPlain(YamlScalar scalar) => scalar.IsString
        ? scalar.Text.Length > 0 && scalar.Text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '/' or '*' or '.' or '@') && (scalar with { IsPlain = true }).IsString && scalar.Text[0] is not ('*' or '-' or '@')
        : true;
}
