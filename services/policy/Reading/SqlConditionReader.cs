using Chaperone.Policy.Patterns;
using Chaperone.Policy.Sql;
using Chaperone.Policy.Sql.Facts;
using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Reading;

/// <summary>Reads <c>sql</c> in the match of a rule.</summary>
internal static class SqlConditionReader
{
    private const int MaxPattern = 256;
    private static readonly string[] Kinds = [.. Enum.GetNames<StatementKind>().Select(n => n.ToLowerInvariant())];

    /// <summary>Reads it; null when it is no mapping (reported).</summary>
    public static SqlCondition? Read(YamlNode node, string path, PolicyProblems problems)
    {
        if (YamlFields.Open(node, path, problems, "kind", "table", "column", "function", "bulk", "where", "limit", "star", "several", "comments", "writes-in-with") is not { } fields)
        {
            return null;
        }

        if (fields.Node is YamlMapping { Entries.Count: 0 } empty)
        {
            problems.Add(empty, path, "is empty", "remove it, or say what the SQL must be, such as bulk: true");
        }

        return new SqlCondition
        {
            Kinds = ReadKinds(fields),
            Tables = [.. Names(fields, "table", "table: [patients, \"billing.*\"]").Select(n => new TablePattern(n))],
            Columns = [.. Names(fields, "column", "column: [ssn, \"*_name\"]").Select(n => new NamePattern(n))],
            Functions = [.. Names(fields, "function", "function: [pg_read_file, \"dblink*\"]").Select(n => new NamePattern(n))],
            Bulk = fields.Flag("bulk"),
            Where = fields.Flag("where"),
            Limit = fields.Flag("limit"),
            Star = fields.Flag("star"),
            Several = fields.Flag("several"),
            Comments = fields.Flag("comments"),
            WritesInWith = fields.Flag("writes-in-with"),
        };
    }

    private static StatementKind[] ReadKinds(YamlFields fields)
    {
        var kinds = new List<StatementKind>();
        foreach (var text in fields.Texts("kind", "kind: [select, explain]"))
        {
            var at = Array.IndexOf(Kinds, text.Text);
            if (at < 0)
            {
                fields.Report(text, "kind", "is no kind of statement", $"use one of {string.Join(", ", Kinds)}");
            }
            else
            {
                kinds.Add((StatementKind)at);
            }
        }

        return [.. kinds];
    }

    private static IEnumerable<string> Names(YamlFields fields, string key, string example)
    {
        foreach (var text in fields.Texts(key, example))
        {
            if (text.Text.Length > MaxPattern || text.Text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
            {
                fields.Report(text, key, $"is no name, or longer than {MaxPattern} characters", $"write {example}");
            }

            yield return text.Text.ToLowerInvariant();
        }
    }
}
