using System.Globalization;

namespace Chaperone.Policy.Sql.Trees;

/// <summary>Makes of comparisons with whole numbers what bounds a column, whatever side it stands on.</summary>
internal static class Comparison
{
    // Far from where adding one overflows.
    private const long Most = 1L << 60;

    /// <summary>A column that <paramref name="sign"/> compares with a number; null when it is none.</summary>
    public static Expression.Within? Of(Expression left, string sign, Expression right) => (left, right) switch
    {
        (Expression.Column column, _) when Whole(right) is { } number => Of(column, sign, number, [left, right]),
        (_, Expression.Column column) when Whole(left) is { } number => Of(column, Mirrored(sign), number, [left, right]),
        _ => null,
    };

    /// <summary>A column BETWEEN two numbers; null when it is none.</summary>
    public static Expression.Within? Between(Expression value, Expression low, Expression high) =>
        value is Expression.Column column && Whole(low) is { } from && Whole(high) is { } to ? new Expression.Within(column, from, to, [value, low, high]) : null;

    private static Expression.Within? Of(Expression.Column column, string sign, long number, Expression[] items) => sign switch
    {
        "<" => new(column, null, number - 1, items),
        "<=" => new(column, null, number, items),
        ">" => new(column, number + 1, null, items),
        ">=" => new(column, number, null, items),
        _ => null,
    };

    private static string Mirrored(string sign) => sign switch { "<" => ">", ">" => "<", "<=" => ">=", ">=" => "<=", _ => sign };

    private static long? Whole(Expression expression) =>
        expression is Expression.Constant { IsNumber: true, Text: { } text } && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number is > -Most and < Most
            ? number
            : null;
}
