using System.Text.Json;
using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql.PostgreSql;

/// <summary>Reads statements. One whose type it does not know is <see cref="StatementKind.Other"/> with all it names.</summary>
internal sealed class PgStatements
{
    private readonly PgQueries _queries = new();

    /// <summary>Reads one.</summary>
    public Statement Read(JsonElement node)
    {
        if (PgNode.Open(node) is not { } open)
        {
            return new Statement(StatementKind.Other) { IsOpaque = true };
        }

        var (type, body) = open;
        return _queries.Writes.Read(type, body) is { } write ? new Statement(write.Kind) { Write = write } : ReadOther(type, body);
    }

    private Statement ReadOther(string type, JsonElement body) => type switch
    {
        "SelectStmt" => Select(body),
        "CreateTableAsStmt" => Stored(body, StatementKind.Insert, body.GetProperty("into").GetProperty("rel")),
        "ViewStmt" => Stored(body, StatementKind.Ddl, body.GetProperty("view")),
        "DeclareCursorStmt" => new Statement(StatementKind.Select) { Query = QueryOf(body), Handle = PgNode.Text(body, "portalname") },
        "PrepareStmt" => Prepare(body),
        "FetchStmt" or "ExecuteStmt" => new Statement(type == "FetchStmt" ? StatementKind.Select : StatementKind.Call)
        {
            Handle = PgNode.Text(body, "portalname") ?? PgNode.Text(body, "name"),
            IsOpaque = true,
            Expressions = Parts(body),
        },
        "CopyStmt" => Copy(body),
        "ExplainStmt" => Explain(body),
        "CallStmt" => new Statement(StatementKind.Call) { IsOpaque = true, Expressions = Parts(body) },
        "DoStmt" => new Statement(StatementKind.Do) { IsOpaque = true },
        "RenameStmt" => PgDefinitions.Rename(Named(StatementKind.Ddl, body), body),
        "AlterObjectSchemaStmt" => Named(StatementKind.Ddl, body) with { IsRenaming = PgDefinitions.IsOfTable(body) },
        "CreateFunctionStmt" => Named(StatementKind.Ddl, body) with { Defines = PgNode.Texts(body, "funcname") },
        "CreateCastStmt" or "CreateOpClassStmt" => Named(StatementKind.Ddl, body) with { Defines = [] },
        "DefineStmt" => Named(StatementKind.Ddl, body) with
        {
            Defines = PgNode.Text(body, "kind") switch { "OBJECT_AGGREGATE" => PgNode.Texts(body, "defnames"), "OBJECT_OPERATOR" => [], _ => null },
        },
        "AlterTableStmt" => Named(StatementKind.Ddl, body) with { IsRenaming = PgDefinitions.GivesNames(body), Remade = PgDefinitions.Remade(body) },
        "CreateStmt" => Named(StatementKind.Ddl, body) with { IsRenaming = PgNode.Items(body, "inhRelations").Any() },
        "CreateForeignTableStmt" or "ImportForeignSchemaStmt" => Named(StatementKind.Ddl, body) with { IsOpaque = true },
        "CreateTrigStmt" or "CreateEventTrigStmt" => Trigger(body),
        "IndexStmt" => Named(StatementKind.Ddl, body) with { KeepsAs = PgDefinitions.KeepsAs(body) },
        "CreatePublicationStmt" or "AlterPublicationStmt" => Published(body),
        _ => Named(PgKinds.Of(type), body),
    };

    /// <summary>What a trigger runs, the statements of others then run.</summary>
    private Statement Trigger(JsonElement body)
    {
        var named = Named(StatementKind.Ddl, body);
        return named with { Runs = PgNode.Texts(body, "funcname"), Tables = named.Tables };
    }

    /// <summary>A publication hands every row to whoever subscribes.</summary>
    private Statement Published(JsonElement body)
    {
        var named = Named(StatementKind.Ddl, body);
        return named with { WholeTables = named.Tables, IsOpaque = PgNode.Flag(body, "for_all_tables") || body.GetRawText().Contains("PUBLICATIONOBJ_TABLES_IN", StringComparison.Ordinal) };
    }

    private Statement Select(JsonElement body)
    {
        var query = _queries.Read(body);
        return new Statement(query.Into is null ? StatementKind.Select : StatementKind.Insert) { Query = query, Names = query.Into };
    }

    private Statement Stored(JsonElement body, StatementKind kind, JsonElement name) =>
        PgNode.Find(body, "query") is { } query && PgNode.Open(query) is { Type: "ExecuteStmt" }
            ? new Statement(kind) { IsOpaque = true, Tables = [PgFrom.NameOf(name)] }
            : new Statement(kind) { Query = QueryOf(body), Names = PgFrom.NameOf(name), Tables = [PgFrom.NameOf(name)] };

    private Statement Prepare(JsonElement body)
    {
        var inner = Read(body.GetProperty("query"));
        return inner with { Handle = PgNode.Text(body, "name") };
    }

    private Statement Copy(JsonElement body)
    {
        var expressions = new List<Expression>(Parts(body));
        if (PgNode.Text(body, "filename") is { } file)
        {
            expressions.Add(new Expression.Call([PgNode.Flag(body, "is_program") ? "copy_program" : "copy_file"], [new Expression.Constant(file, false)]));
        }

        TableName[] tables = PgNode.Find(body, "relation") is { } relation ? [PgFrom.NameOf(relation)] : [];
        var isFrom = PgNode.Flag(body, "is_from");
        return new Statement(StatementKind.Copy)
        {
            Tables = tables,
            WholeTables = isFrom ? [] : tables,
            Query = PgNode.Find(body, "query") is null ? null : QueryOf(body),
            Inner = PgNode.Find(body, "query") is { } query && PgNode.Open(query) is { Type: not "SelectStmt" } ? [Read(query)] : [],
            Expressions = [.. expressions],
        };
    }

    private Statement Explain(JsonElement body)
    {
        var inner = Read(body.GetProperty("query"));
        if (PgNode.Items(body, "options").Select(PgNode.Open).Any(o => IsOn(o!.Value.Body)))
        {
            return inner with { Inner = [.. inner.Inner, new Statement(StatementKind.Explain)] };
        }

        // The planner runs immutable functions: what is called counts although nothing else runs.
        var named = PgNames.Of(body.GetProperty("query"));
        return new Statement(StatementKind.Explain) { Tables = named.Tables, Expressions = [.. named.Calls.Select(c => new Expression.Call(c, []))] };
    }

    private static bool IsOn(JsonElement option) => PgNode.Text(option, "defname") == "analyze"
        && !(PgNode.Find(option, "arg") is { } arg && PgNode.Open(arg) is { } value && IsOff(value.Body));

    private static bool IsOff(JsonElement value) => (PgNode.Text(value, "sval") ?? PgNode.Find(value, "ival")?.GetRawText() ?? "0").ToLowerInvariant() is "false" or "off" or "0"
        || (value.TryGetProperty("boolval", out var flag) && flag.ValueKind != JsonValueKind.True);

    /// <summary>A definition that holds queries, such as a rule or a view within a schema, is as good as they are.</summary>
    private Statement Named(StatementKind kind, JsonElement body)
    {
        var named = PgNames.Of(body);
        return new Statement(kind)
        {
            Tables = named.Tables,
            Expressions = [.. named.Calls.Select(c => new Expression.Call(c, []))],
            Inner = [.. named.Queries.Select(q => new Statement(kind) { Query = _queries.Read(q) })],
        };
    }

    private Query QueryOf(JsonElement body) => PgNode.Open(body.GetProperty("query")) is { Type: "SelectStmt" } select ? _queries.Read(select.Body) : new Query();

    private static Expression[] Parts(JsonElement body) => [.. PgNames.Of(body).Calls.Select(c => new Expression.Call(c, []))];
}
