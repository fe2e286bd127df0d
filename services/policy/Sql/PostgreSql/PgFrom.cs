using System.Text.Json;
using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql.PostgreSql;

/// <summary>Reads the items of FROM and USING.</summary>
internal sealed class PgFrom(PgQueries queries, PgExpressions expressions)
{
    /// <summary>Reads one.</summary>
    public FromItem Read(JsonElement node)
    {
        if (PgNode.Open(node) is not { } open)
        {
            return new FromItem.Functions([]);
        }

        var body = open.Body;
        var (alias, columns) = Alias(body);
        return open.Type switch
        {
            "RangeVar" => new FromItem.Table(NameOf(body)) { Alias = alias, Columns = columns },
            "JoinExpr" => Join(body, alias, columns),
            "RangeSubselect" => new FromItem.Derived(queries.Read(PgNode.Open(body.GetProperty("subquery"))!.Value.Body))
            {
                Alias = alias,
                Columns = columns,
                IsLateral = PgNode.Flag(body, "lateral"),
            },
            "RangeTableSample" => Sample(body),
            _ => new FromItem.Functions(expressions.Parts(body)) { Alias = alias, Columns = columns },
        };
    }

    /// <summary>The name in a RangeVar.</summary>
    public static TableName NameOf(JsonElement body) => new(
        [.. new[] { PgNode.Text(body, "catalogname"), PgNode.Text(body, "schemaname"), PgNode.Text(body, "relname") }.OfType<string>()]);

    /// <summary>The alias of a node: its name, and the names that it gives to columns.</summary>
    public static (string? Name, string[] Columns) Alias(JsonElement body) => PgNode.Find(body, "alias") is { } alias
        ? (PgNode.Text(alias, "aliasname"), PgNode.Texts(alias, "colnames"))
        : (null, []);

    private FromItem Sample(JsonElement body)
    {
        var relation = Read(body.GetProperty("relation"));
        Expression[] parts = [.. expressions.List(body, "args"), .. new[] { expressions.Member(body, "repeatable") }.OfType<Expression>()];
        return Array.TrueForAll(parts, p => p is Expression.Constant) ? relation : new FromItem.Join(relation, new FromItem.Functions(parts), JoinKind.Inner);
    }

    private FromItem Join(JsonElement body, string? alias, string[] columns)
    {
        var join = new FromItem.Join(Read(body.GetProperty("larg")), Read(body.GetProperty("rarg")), KindOf(PgNode.Text(body, "jointype")))
        {
            On = expressions.Member(body, "quals"),
            Using = PgNode.Texts(body, "usingClause"),
            IsNatural = PgNode.Flag(body, "isNatural"),
        };

        // An alias over a join hides the names within.
        return alias is null ? join : new FromItem.Derived(new Query { From = [join], Outputs = [new Output(new Expression.Star(null))] }) { Alias = alias, Columns = columns };
    }

    private static JoinKind KindOf(string? type) => type switch
    {
        "JOIN_LEFT" => JoinKind.Left,
        "JOIN_RIGHT" => JoinKind.Right,
        "JOIN_INNER" => JoinKind.Inner,
        _ => JoinKind.Full,
    };
}
