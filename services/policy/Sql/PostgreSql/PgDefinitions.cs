using System.Text.Json;
using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql.PostgreSql;

/// <summary>What definitions do to the names by which PHI is known: of tables, of columns, of what the planner keeps of them.</summary>
internal static class PgDefinitions
{
    // Types that keep two values two.
    private static readonly string[] Wide = ["int2", "int4", "int8", "text", "varchar", "varchar(n)", "numeric", "uuid"];

    /// <summary>RENAME of a table, a column or an index; other names say nothing of PHI.</summary>
    public static Statement Rename(Statement named, JsonElement body)
    {
        var to = PgNode.Text(body, "newname");
        return PgNode.Text(body, "renameType") switch
        {
            "OBJECT_COLUMN" when PgNode.Text(body, "subname") is { } from && to is not null => named with { Renamed = [(from, to)] },
            "OBJECT_INDEX" => named with { Tables = [], KeepsAs = to },

            // ALTER TABLE renames an index, too.
            "OBJECT_TABLE" => named with { IsRenaming = true, KeepsAs = to },
            _ => named with { IsRenaming = IsOfTable(body) },
        };
    }

    /// <summary>Whether what gets a new name or place is read by its name.</summary>
    public static bool IsOfTable(JsonElement body) => (PgNode.Text(body, "renameType") ?? PgNode.Text(body, "objectType"))
        is "OBJECT_TABLE" or "OBJECT_VIEW" or "OBJECT_MATVIEW" or "OBJECT_FOREIGN_TABLE" or "OBJECT_COLUMN" or "OBJECT_ATTRIBUTE" or "OBJECT_SCHEMA" or "OBJECT_DATABASE";

    /// <summary>
    /// ALTER TABLE gives rows of a table to another name by INHERIT and ATTACH, and takes them away by DETACH; columns that are
    /// worked out anew may hold what their names do not say.
    /// </summary>
    public static bool GivesNames(JsonElement body) => Commands(body).Any(c => PgNode.Text(c, "subtype") switch
    {
        "AT_AddInherit" or "AT_AttachPartition" or "AT_DetachPartition" or "AT_DropInherit" => true,
        "AT_AlterColumnType" => c.GetRawText().Contains("\"raw_default\"", StringComparison.Ordinal),
        "AT_AddColumn" => c.GetRawText().Contains("CONSTR_GENERATED", StringComparison.Ordinal),
        _ => false,
    });

    /// <summary>Columns that ALTER TABLE adds, or gives a type that rounds or cuts.</summary>
    public static string[] Remade(JsonElement body) => [.. Commands(body).Select(RemadeBy).OfType<string>()];

    /// <summary>The name under which statistics of an index over expressions stand; null where it has none, or the table's own.</summary>
    public static string? KeepsAs(JsonElement body) =>
        PgNode.Items(body, "indexParams").Select(PgNode.Open).Any(p => PgNode.Find(p!.Value.Body, "expr") is not null) ? PgNode.Text(body, "idxname") : null;

    private static IEnumerable<JsonElement> Commands(JsonElement body) => PgNode.Items(body, "cmds").Select(PgNode.Open).Where(c => c is not null).Select(c => c!.Value.Body);

    private static string? RemadeBy(JsonElement command)
    {
        var column = PgNode.Find(command, "def") is { } def && PgNode.Open(def) is { Type: "ColumnDef" } open ? open.Body : default;
        return PgNode.Text(command, "subtype") switch
        {
            "AT_AddColumn" when column.ValueKind == JsonValueKind.Object => PgNode.Text(column, "colname"),
            "AT_AlterColumnType" when column.ValueKind != JsonValueKind.Object || !Wide.Contains(PgConstants.TypeOf(column)) => PgNode.Text(command, "name"),
            _ => null,
        };
    }
}
