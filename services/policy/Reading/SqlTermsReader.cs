using System.Collections.Frozen;
using Chaperone.Policy.Sql;

namespace Chaperone.Policy.Reading;

/// <summary>Reads <c>sql</c> of a server: which of its tools take SQL, of what dialect, and which tables hold PHI.</summary>
internal static class SqlTermsReader
{
    private const int DefaultRows = 100;
    private const int MaxRows = 1_000_000;
    private static readonly string[] Dialects = [.. Enum.GetNames<SqlDialect>().Select(n => n.ToLowerInvariant())];

    /// <summary>Reads it; null when it is wrong (reported).</summary>
    public static SqlTerms? Read(YamlNode node, string path, PolicyProblems problems)
    {
        if (YamlFields.Open(node, path, problems, "dialect", "arguments", "phi", "rows", "functions") is not { } fields)
        {
            return null;
        }

        var rows = fields.Whole("rows", 0, MaxRows) ?? DefaultRows;
        var dialect = ReadDialect(fields);
        var arguments = CarryingReader.Read(fields, "query: sql", problems);
        var phi = ReadPhi(fields, rows, problems);
        var functions = fields.Texts("functions", "functions: [age_group]").Select(f => f.Text).ToArray();
        return dialect is { } known ? new SqlTerms(known, arguments, phi, functions) : null;
    }

    private static SqlDialect? ReadDialect(YamlFields fields)
    {
        if (fields.Text("dialect", "dialect: postgresql", required: true) is not { } text)
        {
            return null;
        }

        var at = Array.IndexOf(Dialects, text.Text);
        if (at < 0)
        {
            fields.Report(text, "dialect", "is no dialect", $"use one of {string.Join(", ", Dialects)}");
            return null;
        }

        return (SqlDialect)at;
    }

    private static PhiTable[] ReadPhi(YamlFields fields, int rows, PolicyProblems problems)
    {
        var tables = new List<PhiTable>();
        foreach (var (name, value) in fields.Entries("phi", "phi: { patients: { key: patient_id } }"))
        {
            var path = fields.PathOf($"phi.{name.Text}");
            if (YamlFields.Open(value, path, problems, "key", "rows", "categories") is not { } table)
            {
                continue;
            }

            tables.Add(new PhiTable(new TablePattern(name.Text))
            {
                Keys = Lower(table.Texts("key", "key: [patient_id, mrn]")),
                Categories = Lower(table.Texts("categories", "categories: [ward, gender]")),
                Rows = table.Whole("rows", 0, MaxRows) ?? rows,
            });
        }

        return [.. tables];
    }

    private static FrozenSet<string> Lower(IEnumerable<YamlScalar> names) => names.Select(n => n.Text.ToLowerInvariant()).ToFrozenSet(StringComparer.Ordinal);
}
