using System.Text.Json;
using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql.PostgreSql;

/// <summary>All tables, functions and queries that a node names, wherever they stand.</summary>
internal sealed record PgNames(TableName[] Tables, string[][] Calls, JsonElement[] Queries)
{
    /// <summary>Looks through <paramref name="node"/>.</summary>
    public static PgNames Of(JsonElement node)
    {
        var tables = new List<TableName>();
        var calls = new List<string[]>();
        var queries = new List<JsonElement>();
        Gather(node, tables, calls, queries);
        return new PgNames([.. tables], [.. calls], [.. queries]);
    }

    private static void Gather(JsonElement element, List<TableName> tables, List<string[]> calls, List<JsonElement>? queries)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                Gather(item, tables, calls, queries);
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            if (element.TryGetProperty("relname", out _))
            {
                tables.Add(PgFrom.NameOf(element));
            }

            if (element.TryGetProperty("funcname", out _) && !element.TryGetProperty("parameters", out _))
            {
                calls.Add(PgNode.Texts(element, "funcname"));
            }

            foreach (var member in element.EnumerateObject())
            {
                // DROP and GRANT name tables as lists of words.
                if (member.Name is "objects" or "object")
                {
                    Words(member.Value, tables);
                }

                if (member.Name == "SelectStmt")
                {
                    queries?.Add(member.Value);
                }

                Gather(member.Value, tables, calls, member.Name == "SelectStmt" ? null : queries);
            }
        }
    }

    private static void Words(JsonElement element, List<TableName> tables)
    {
        foreach (var item in element.ValueKind == JsonValueKind.Array ? element.EnumerateArray().ToArray() : [element])
        {
            if (PgNode.Open(item) is { Type: "List" } list && PgNode.Texts(list.Body, "items") is { Length: > 0 } words)
            {
                tables.Add(new TableName(words));
            }
        }
    }
}
