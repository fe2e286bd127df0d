using System.Globalization;
using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql.Plain;

/// <summary>
/// Makes the tests that may bound rows, and keeps back those that look as if they did. A name in double quotes may be a
/// string (<c>"mrn" = 'mrn'</c> holds for every row of SQLite where there is no such column), and MySQL compares a text with
/// a number by the number it starts with (<c>mrn = 0</c> holds for every mrn that starts with a letter).
/// </summary>
internal sealed class Comparisons(Grammar grammar)
{
    private readonly HashSet<Expression> _doubtful = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<string> _odd = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<Expression, long> _rowBounds = new(ReferenceEqualityComparer.Instance);
    private bool _isAnyOdd;

    /// <summary>A column of one name in double quotes.</summary>
    public Expression Doubtful(string name)
    {
        var column = new Expression.Column([name]);
        _doubtful.Add(column);
        return column;
    }

    /// <summary>Equality.</summary>
    public Expression Equal(Expression left, Expression right)
    {
        (left, right) = (TextOf(left, right), TextOf(right, left));
        return IsCertain(left, right) && IsCertain(right, left) && IsComparable(left) && IsComparable(right)
            ? new Expression.Equal(left, right)
            : new Expression.Other([left, right]);
    }

    /// <summary>A comparison with a whole number, or another one, that bounds nothing.</summary>
    public Expression Order(Expression left, string sign, Expression right) =>
        Comparison.Of(left, sign, right) is { } within && IsSure(within.Value) ? within : new Expression.Other([left, right]);

    /// <summary>BETWEEN.</summary>
    public Expression Between(Expression value, Expression low, Expression high) =>
        Comparison.Between(value, low, high) is { } within && IsSure(within.Value) ? within : new Expression.Other([value, low, high]);

    private bool IsSure(Expression.Column column) => !IsDoubtful(column);

    /// <summary>Membership in a list.</summary>
    public Expression In(Expression value, Expression[] items) => InSure(value, [.. items.Select(i => TextOf(i, value))]);

    private Expression InSure(Expression value, Expression[] items) =>
        IsComparable(value) && items.All(i => IsCertain(value, i) && IsCertain(i, value) && IsComparable(i)) && !IsMixed(items)
            ? new Expression.In(value, items)
            : new Expression.Other([value, .. items]);

    /// <summary>What a query is for that stands behind IN or <c>= ANY</c>.</summary>
    public NestedUse Membership(Expression value, Query query) =>
        !IsDoubtful(value) && IsComparable(value) && IsComparable(query) ? NestedUse.Member : NestedUse.Compared;

    /// <summary>Remembers which columns of a query in FROM or WITH may hold a number that equals texts.</summary>
    public void Remember(Query query, string[] columns)
    {
        if (!grammar.In(SqlDialect.MySql, SqlDialect.Other))
        {
            return;
        }

        var odd = query.Outputs.Where(o => !IsComparable(o.Value)).ToArray();
        _odd.UnionWith(odd.Select(o => o.KnownName ?? string.Empty));
        _isAnyOdd |= odd.Length > 0 && (columns.Length > 0 || query.ValueRows is not null || odd.Any(o => o.KnownName is null));
        _isAnyOdd |= query.Sides is not null && !IsComparable(query);
    }

    /// <summary>A join on columns of the same name bounds nothing where one of them may be such a number.</summary>
    public FromItem.Join Join(FromItem.Join join) =>
        (join.IsNatural && (_isAnyOdd || _odd.Count > 0)) || join.Using.Any(IsOdd) ? join with { IsNatural = false, Using = [] } : join;

    /// <summary>Remembers that a test holds for the first <paramref name="rows"/> rows only.</summary>
    public Expression Bounding(Expression test, long rows)
    {
        _rowBounds.TryAdd(test, Math.Max(rows, 0));
        return test;
    }

    /// <summary>How many rows pass at most; null where ROWNUM does not bound them.</summary>
    public long? RowBound(Expression? where)
    {
        long? bound = null;
        IEnumerable<Expression> terms = where is Expression.And and ? and.Terms : where is null ? [] : [where];
        foreach (var term in terms)
        {
            bound = _rowBounds.TryGetValue(term, out var rows) && (bound is null || rows < bound) ? rows : bound;
        }

        return bound;
    }

    /// <summary>
    /// MySQL's <c>mrn = "A1"</c> compares with a text, unless the server runs with ANSI_QUOTES and has a column A1. A name that
    /// stands elsewhere in the text may be one.
    /// </summary>
    private Expression TextOf(Expression side, Expression other) =>
        grammar.Dialect == SqlDialect.MySql && side is Expression.Column { Name: [var text] } && _doubtful.Contains(side) && !grammar.IsNamed(text)
            && other is Expression.Column && !_doubtful.Contains(other)
                ? new Expression.Constant(text, false)
                : side;

    private bool IsOdd(string name) => _isAnyOdd || _odd.Contains(name);

    /// <summary>MySQL may compare all of a list as numbers when one of them is.</summary>
    private bool IsMixed(Expression[] items) => grammar.In(SqlDialect.MySql, SqlDialect.Other)
        && items.OfType<Expression.Constant>().Where(c => c.Text is not null).Select(c => c.IsNumber).Distinct().Count() > 1;

    private bool IsDoubtful(Expression side) => side switch
    {
        Expression.Row row => row.Items.Any(IsDoubtful),
        Expression.Cast cast => IsDoubtful(cast.Value),
        _ => _doubtful.Contains(side),
    };

    private bool IsCertain(Expression side, Expression other) => !IsDoubtful(side)
        || (side is Expression.Column column && grammar.Dialect != SqlDialect.MySql && other is Expression.Constant { Text: { } text }
            && !string.Equals(text.Trim(), column.Last.Trim(), StringComparison.OrdinalIgnoreCase));

    private bool IsComparable(Expression side) => !grammar.In(SqlDialect.MySql, SqlDialect.Other) || side switch
    {
        Expression.Constant { IsNumber: true, Text: { } text } => double.TryParse(text, CultureInfo.InvariantCulture, out var number) && number != 0,
        Expression.Row row => row.Items.All(IsComparable),
        Expression.Cast cast => IsComparable(cast.Value),
        Expression.Nested nested => IsComparable(nested.Query),
        Expression.Column column => !IsOdd(column.Last),
        Expression.Constant or Expression.Parameter or Expression.Star => true,
        _ => grammar.Dialect == SqlDialect.Other,
    };

    private bool IsComparable(Query query) => !grammar.In(SqlDialect.MySql, SqlDialect.Other)
        || (query.Sides is { } sides ? IsComparable(sides.Left) && IsComparable(sides.Right) : query.Outputs.All(o => IsComparable(o.Value)));
}
