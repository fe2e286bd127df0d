using System.Globalization;
using System.Text.Json;
using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql.PostgreSql;

/// <summary>Reads SELECT, VALUES, TABLE and set operations.</summary>
internal sealed class PgQueries
{
    private readonly PgExpressions _expressions;
    private readonly PgFrom _from;
    private readonly PgWrites _writes;

    public PgQueries()
    {
        _expressions = new PgExpressions(this);
        _from = new PgFrom(this, _expressions);
        _writes = new PgWrites(this, _expressions, _from);
    }

    public PgExpressions Expressions => _expressions;

    public PgWrites Writes => _writes;

    /// <summary>Reads the content of a SelectStmt.</summary>
    public Query Read(JsonElement body)
    {
        var query = PgNode.Text(body, "op") is { } op and not "SETOP_NONE" && PgNode.Find(body, "larg") is { } left && PgNode.Find(body, "rarg") is { } right
            ? new Query { Sides = (Read(left), Read(right)), IsDistinct = !PgNode.Flag(body, "all") }
            : Simple(body);
        return query with
        {
            With = With(body),
            Others = [.. query.Others, .. _expressions.Parts(PgNode.Find(body, "sortClause") ?? default)],
            Limit = Limit(body),
            HasLimit = body.TryGetProperty("limitCount", out _),
            LimitParts = LimitParts(body),
        };
    }

    /// <summary>Reads the member <c>withClause</c>.</summary>
    public CommonTable[] With(JsonElement body)
    {
        if (PgNode.Find(body, "withClause") is not { } with)
        {
            return [];
        }

        var recursive = PgNode.Flag(with, "recursive");
        return [.. PgNode.Items(with, "ctes").Select(PgNode.Open).Select(c => Common(c!.Value.Body, recursive))];
    }

    /// <summary>Reads a list of ResTarget.</summary>
    public Output[] Outputs(JsonElement body, string name) =>
        [.. PgNode.Items(body, name).Select(PgNode.Open).Select(t => Target(t!.Value.Body))];

    private CommonTable Common(JsonElement body, bool recursive)
    {
        var table = new CommonTable(PgNode.Text(body, "ctename") ?? "", PgNode.Texts(body, "aliascolnames"), recursive);
        return PgNode.Open(body.GetProperty("ctequery")) switch
        {
            { Type: "SelectStmt" } select => table with { Query = Read(select.Body) },
            { } write => table with { Write = _writes.Read(write.Type, write.Body) },
            _ => table with { Query = new Query() },
        };
    }

    private Output Target(JsonElement body)
    {
        // (p).* hands out every column, as p.* does.
        var value = PgNode.Find(body, "val") is { } node ? _expressions.Read(node) : null;
        if (PgNode.Find(body, "val") is { } inner && PgNode.Open(inner) is { Type: "A_Indirection" } open && PgNode.Has(open.Body, "indirection", "A_Star"))
        {
            value = new Expression.Other([new Expression.Star(null), .. _expressions.Parts(open.Body)]);
        }

        return new Output(value ?? new Expression.Other([]), PgNode.Text(body, "name"));
    }

    private Query Simple(JsonElement body)
    {
        var distinct = PgNode.Find(body, "distinctClause");
        var rows = PgNode.Items(body, "valuesLists").ToArray();
        return new Query
        {
            From = [.. PgNode.Items(body, "fromClause").Select(_from.Read)],
            Where = _expressions.Member(body, "whereClause"),
            GroupBy = _expressions.Parts(PgNode.Find(body, "groupClause") ?? default),
            IsGrouped = body.TryGetProperty("groupClause", out _),
            Outputs = rows.Length > 0
                ? [.. rows.SelectMany(r => _expressions.Parts(r)).Select(e => new Output(e))]
                : Outputs(body, "targetList"),
            IsDistinct = distinct is not null,
            Others =
            [
                .. new[] { _expressions.Member(body, "havingClause") }.OfType<Expression>(),
                .. _expressions.Parts(PgNode.Find(body, "windowClause") ?? default),
                .. _expressions.Parts(distinct ?? default),
            ],
            ValueRows = rows.Length > 0 ? rows.Length : null,
            Into = PgNode.Find(body, "intoClause") is { } into && PgNode.Find(into, "rel") is { } relation ? PgFrom.NameOf(relation) : null,
        };
    }

    private static long? Limit(JsonElement body) =>
        PgNode.Text(body, "limitOption") != "LIMIT_OPTION_WITH_TIES" && PgNode.Find(body, "limitCount") is { } count ? Number(count) : null;

    private static long? Number(JsonElement node) => PgNode.Open(node) switch
    {
        { Type: "A_Const" } constant when long.TryParse(PgConstants.Read(constant.Body).Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        { Type: "TypeCast" } cast when PgNode.Find(cast.Body, "arg") is { } inner && PgConstants.TypeOf(cast.Body) is "int2" or "int4" or "int8" => Number(inner),
        _ => null,
    };

    private Expression[] LimitParts(JsonElement body)
    {
        var parts = new[] { _expressions.Member(body, "limitCount"), _expressions.Member(body, "limitOffset") };
        return [.. parts.OfType<Expression>().Where(p => p is not Expression.Constant)];
    }
}
