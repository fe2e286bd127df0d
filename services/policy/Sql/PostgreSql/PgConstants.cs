using System.Text.Json;
using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql.PostgreSql;

/// <summary>Literals and types.</summary>
internal static class PgConstants
{
    private const int MostElements = 100_000;

    /// <summary>Reads an A_Const.</summary>
    public static Expression.Constant Read(JsonElement body)
    {
        if (PgNode.Find(body, "ival") is { } integer)
        {
            return new Expression.Constant(PgNode.Find(integer, "ival")?.GetRawText() ?? "0", true);
        }

        if (PgNode.Find(body, "fval") is { } number)
        {
            return new Expression.Constant(PgNode.Text(number, "fval") ?? "0", true);
        }

        if (PgNode.Find(body, "sval") is { } text)
        {
            return new Expression.Constant(PgNode.Text(text, "sval") ?? "", false);
        }

        if (PgNode.Find(body, "boolval") is { } flag)
        {
            return new Expression.Constant(PgNode.Flag(flag, "boolval") ? "true" : "false", false);
        }

        return PgNode.Flag(body, "isnull") ? new Expression.Constant(null, false) : new Expression.Constant("", false);
    }

    /// <summary>The type of a TypeCast: <c>text</c>, <c>varchar(2)</c>, <c>int4[]</c>.</summary>
    public static string TypeOf(JsonElement cast)
    {
        if (PgNode.Find(cast, "typeName") is not { } type)
        {
            return "?";
        }

        var name = PgNode.Texts(type, "names").LastOrDefault()?.ToLowerInvariant() ?? "?";
        var cut = PgNode.Items(type, "typmods").Any() ? "(n)" : "";
        return name + cut + (PgNode.Items(type, "arrayBounds").Any() ? "[]" : "");
    }

    /// <summary>The elements of <c>'{1,2}'</c>, counted wary: every comma parts two; null when it is no array or a huge one.</summary>
    public static Expression[]? ArrayOf(string text)
    {
        var trimmed = text.Trim();
        var count = trimmed.AsSpan().Count(',') + 1;
        return trimmed.StartsWith('{') && trimmed.EndsWith('}') && count <= MostElements
            ? [.. Enumerable.Repeat(new Expression.Constant("", false), count)]
            : null;
    }
}
