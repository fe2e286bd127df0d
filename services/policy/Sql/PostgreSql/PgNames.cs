using System.Text.Json;
using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql.PostgreSql;

/// <summary>All tables and functions that a node names, wherever they stand.</summary>
internal sealed record PgNames(TableName[] Tables, string[][] Calls)
{
    /// <summary>Looks through <paramref name="node"/>.</summary>
    public static PgNames Of(JsonElement node)
    {
        var tables = new List<TableName>();
        var calls = new List<string[]>();
        Gather(node, tables, calls);
        return new PgNames([.. tables], [.. calls]);
    }

    private static void Gather(JsonElement element, List<TableName> tables, List<string[]> calls)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                Gather(item, tables, calls);
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

                Gather(member.Value, tables, calls);
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
