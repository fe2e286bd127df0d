using System.Text.Json;
using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql.PostgreSql;

/// <summary>Reads expressions. What it does not know by name it takes apart, so that no call, column or query within is lost.</summary>
internal sealed class PgExpressions(PgQueries queries)
{
    /// <summary>Reads the member <paramref name="name"/>; null when it is not there.</summary>
    public Expression? Member(JsonElement body, string name) => PgNode.Find(body, name) is { } node ? Read(node) : null;

    /// <summary>Reads a list of expressions.</summary>
    public Expression[] List(JsonElement body, string name) => [.. PgNode.Items(body, name).Select(Read).OfType<Expression>()];

    /// <summary>Reads one; null for nothing.</summary>
    public Expression? Read(JsonElement node) => PgNode.Open(node) is { } open ? Read(open.Type, open.Body) : null;

    private Expression Read(string type, JsonElement body) => type switch
    {
        "ColumnRef" => Column(body),
        "A_Const" => PgConstants.Read(body),
        "ParamRef" => new Expression.Parameter(),
        "A_Expr" => Operation(body),
        "BoolExpr" => Junction(body),
        "SubLink" => Nested(body),
        "TypeCast" => new Expression.Cast(Member(body, "arg") ?? new Expression.Other([]), PgConstants.TypeOf(body)),
        "FuncCall" => Call(body),
        "CollateClause" or "NamedArgExpr" => Member(body, "arg") ?? new Expression.Other([]),
        "NullTest" or "BooleanTest" => new Expression.Test(Parts(body)),
        "RowExpr" => new Expression.Row(List(body, "args")),
        "SelectStmt" => new Expression.Nested(queries.Read(body), NestedUse.Compared),
        _ => new Expression.Other(Parts(body)),
    };

    private static Expression Column(JsonElement body)
    {
        var name = PgNode.Texts(body, "fields");
        return PgNode.Has(body, "fields", "A_Star") ? new Expression.Star(name.LastOrDefault()) : new Expression.Column(name);
    }

    private Expression Operation(JsonElement body)
    {
        var left = Member(body, "lexpr");
        var right = Member(body, "rexpr");
        var name = PgNode.Texts(body, "name");
        var isEqual = name is ["="] or ["pg_catalog", "="];
        return PgNode.Text(body, "kind") switch
        {
            "AEXPR_OP" when isEqual && left is not null && right is not null => Equal(left, right),
            "AEXPR_NOT_DISTINCT" when left is not null && right is not null => Equal(left, right),
            "AEXPR_OP" when left is null && name[^1] == "-" && right is Expression.Constant { IsNumber: true, Text: { } text } => new Expression.Constant("-" + text, true),
            "AEXPR_OP" when name.Length == 1 && left is not null && right is not null && Comparison.Of(left, name[0], right) is { } within => within,
            "AEXPR_OP" when IsTest(name[^1]) => new Expression.Test(Both(left, right)),
            "AEXPR_IN" when isEqual && left is not null && PgNode.Open(body.GetProperty("rexpr")) is { Type: "List" } list => new Expression.In(left, List(list.Body, "items")),
            "AEXPR_OP_ANY" when isEqual && left is not null && Elements(body.GetProperty("rexpr")) is { } items => new Expression.In(left, items),
            "AEXPR_BETWEEN" when left is not null && Between(left, body.GetProperty("rexpr")) is { } within => within,
            "AEXPR_LIKE" or "AEXPR_ILIKE" or "AEXPR_SIMILAR" or "AEXPR_BETWEEN" or "AEXPR_NOT_BETWEEN" or "AEXPR_BETWEEN_SYM" or "AEXPR_NOT_BETWEEN_SYM"
                or "AEXPR_DISTINCT" or "AEXPR_IN" or "AEXPR_OP_ANY" or "AEXPR_OP_ALL" => new Expression.Test(Parts(body)),
            _ => new Expression.Other(Both(left, right)) { Sign = name.Length == 1 ? name[0] : null },
        };
    }

    private Expression.Within? Between(Expression value, JsonElement ends) =>
        PgNode.Open(ends) is { Type: "List" } list && List(list.Body, "items") is [var low, var high] ? Comparison.Between(value, low, high) : null;

    private static bool IsTest(string name) => name is "=" or "<" or ">" or "<=" or ">=" or "<>" or "!=" or "~" or "~*" or "!~" or "!~*" or "@>" or "<@" or "&&" or "?";

    private static Expression[] Both(Expression? left, Expression? right) => [.. new[] { left, right }.OfType<Expression>()];

    /// <summary>Two rows are equal when their members are.</summary>
    private static Expression Equal(Expression left, Expression right) => left is Expression.Row a && right is Expression.Row b && a.Items.Length == b.Items.Length
        ? new Expression.And([.. a.Items.Zip(b.Items, (x, y) => new Expression.Equal(x, y))])
        : new Expression.Equal(left, right);

    /// <summary>The elements of an array that is written out; null when it is not.</summary>
    private Expression[]? Elements(JsonElement node) => PgNode.Open(node) switch
    {
        { Type: "A_ArrayExpr" } array => Flat(array.Body),
        { Type: "TypeCast" } cast when PgNode.Find(cast.Body, "arg") is { } inner => Elements(inner),
        { Type: "A_Const" } constant when PgConstants.Read(constant.Body) is { IsNumber: false, Text: { } text } => PgConstants.ArrayOf(text),
        _ => null,
    };

    /// <summary>The elements, those of arrays within included; null when one of them is an array that is not written out.</summary>
    private Expression[]? Flat(JsonElement body)
    {
        var all = new List<Expression>();
        foreach (var element in PgNode.Items(body, "elements"))
        {
            var isArray = PgNode.Open(element) is { } open && (open.Type == "A_ArrayExpr" || (open.Type == "TypeCast" && PgConstants.TypeOf(open.Body).EndsWith("[]", StringComparison.Ordinal)));
            if (isArray)
            {
                if (Elements(element) is not { } inner)
                {
                    return null;
                }

                all.AddRange(inner);
            }
            else if (Read(element) is { } value)
            {
                all.Add(value);
            }
        }

        return [.. all];
    }

    private Expression Junction(JsonElement body)
    {
        var terms = List(body, "args");
        return PgNode.Text(body, "boolop") switch
        {
            "AND_EXPR" => new Expression.And(terms),
            "OR_EXPR" => new Expression.Or(terms),
            _ => new Expression.Test(terms),
        };
    }

    private Expression.Nested Nested(JsonElement body)
    {
        var query = queries.Read(PgNode.Open(body.GetProperty("subselect"))!.Value.Body);
        var use = PgNode.Text(body, "subLinkType") switch
        {
            "EXISTS_SUBLINK" => NestedUse.Exists,
            "EXPR_SUBLINK" => NestedUse.Value,
            "ARRAY_SUBLINK" => NestedUse.Packed,
            "ANY_SUBLINK" when PgNode.Texts(body, "operName") is [] or ["="] => NestedUse.Member,
            _ => NestedUse.Compared,
        };
        return new Expression.Nested(query, use, Member(body, "testexpr"));
    }

    private Expression.Call Call(JsonElement body)
    {
        var clauses = List(body, "agg_order").ToList();
        clauses.AddRange(new[] { Member(body, "agg_filter") }.OfType<Expression>());
        var over = PgNode.Find(body, "over");
        if (over is { } window)
        {
            clauses.AddRange(Parts(window));
        }

        return new Expression.Call(PgNode.Texts(body, "funcname"), List(body, "args"))
        {
            IsWindow = over is not null,
            IsPartitioned = over is { } of && (PgNode.Items(of, "partitionClause").Any() || PgNode.Text(of, "name") is not null || PgNode.Text(of, "refname") is not null),
            Clauses = [.. clauses],
        };
    }

    /// <summary>Whatever a node holds, at any depth.</summary>
    public Expression[] Parts(JsonElement element)
    {
        var parts = new List<Expression>();
        Gather(element, parts);
        return [.. parts];
    }

    private void Gather(JsonElement element, List<Expression> parts)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                Take(item, parts);
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in element.EnumerateObject())
            {
                Take(member.Value, parts);
            }
        }
    }

    private void Take(JsonElement element, List<Expression> parts)
    {
        if (PgNode.Open(element) is not { } node)
        {
            Gather(element, parts);
        }
        else if (node.Type is "String")
        {
            // A name, such as that of an alias.
        }
        else if (node.Type is "List" or "ResTarget" or "SortBy" or "WindowDef" or "CaseWhen" or "A_Indices" or "GroupingSet" or "DefElem" or "TypeName" or "RawStmt")
        {
            Gather(node.Body, parts);
        }
        else
        {
            parts.Add(Read(node.Type, node.Body));
        }
    }
}
