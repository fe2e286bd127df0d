using System.Text.Json;
using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql.PostgreSql;

/// <summary>Reads INSERT, UPDATE, DELETE and MERGE.</summary>
internal sealed class PgWrites(PgQueries queries, PgExpressions expressions, PgFrom from)
{
    /// <summary>Reads the content of a statement that writes; null when <paramref name="type"/> is none.</summary>
    public Write? Read(string type, JsonElement body)
    {
        var write = type switch
        {
            "InsertStmt" => Insert(body),
            "UpdateStmt" => new Write(StatementKind.Update, Target(body)) { From = From(body, "fromClause"), Values = Values(body), Columns = Columns(body, "targetList") },
            "DeleteStmt" => new Write(StatementKind.Delete, Target(body)) { From = From(body, "usingClause") },
            "MergeStmt" => Merge(body),
            _ => null,
        };
        return write is null ? null : write with
        {
            Alias = PgNode.Find(body, "relation") is { } relation ? PgFrom.Alias(relation).Name : null,
            With = queries.With(body),
            Where = write.Where ?? expressions.Member(body, "whereClause"),
            Returning = queries.Outputs(body, "returningList"),
        };
    }

    private static TableName Target(JsonElement body) => PgFrom.NameOf(body.GetProperty("relation"));

    private FromItem[] From(JsonElement body, string name) => [.. PgNode.Items(body, name).Select(from.Read)];

    private Expression[] Values(JsonElement body) => expressions.Parts(PgNode.Find(body, "targetList") ?? default);

    private static string[] Columns(JsonElement body, string name) =>
        [.. PgNode.Items(body, name).Select(PgNode.Open).Select(t => PgNode.Text(t!.Value.Body, "name")).OfType<string>()];

    private Write Insert(JsonElement body)
    {
        var conflict = PgNode.Find(body, "onConflictClause");
        return new Write(conflict is null ? StatementKind.Insert : StatementKind.Merge, Target(body))
        {
            Source = PgNode.Find(body, "selectStmt") is { } select && PgNode.Open(select) is { } open ? queries.Read(open.Body) : null,
            Columns = Columns(body, "cols"),
            Values = expressions.Parts(conflict ?? default),
            Assigned = conflict is { } update ? Assigned(update) : [],
        };
    }

    private Write Merge(JsonElement body) => new(StatementKind.Merge, Target(body))
    {
        From = PgNode.Find(body, "sourceRelation") is { } source ? [from.Read(source)] : [],
        Where = expressions.Member(body, "joinCondition"),
        Values = expressions.Parts(PgNode.Find(body, "mergeWhenClauses") ?? default),
        Assigned =
        [
            .. PgNode.Items(body, "mergeWhenClauses").Select(PgNode.Open).Where(c => PgNode.Text(c!.Value.Body, "commandType") == "CMD_UPDATE").SelectMany(c => Assigned(c!.Value.Body)),
        ],
    };

    private (string Column, Expression Value)[] Assigned(JsonElement body) =>
    [
        .. PgNode.Items(body, "targetList").Select(PgNode.Open).Select(t => (PgNode.Text(t!.Value.Body, "name") ?? "", expressions.Member(t.Value.Body, "val") ?? new Expression.Other([]))),
    ];
}
