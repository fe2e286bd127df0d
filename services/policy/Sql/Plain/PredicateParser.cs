using System.Globalization;
using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql.Plain;

/// <summary>Reads comparisons, IN, BETWEEN, LIKE, IS and the like.</summary>
internal sealed class PredicateParser(Grammar grammar)
{
    private TokenCursor Cursor => grammar.Cursor;

    /// <summary>Reads a test, or an operand that is none. A test of a test (<c>a = 1 = 0</c>) says the opposite of what it seems to.</summary>
    public Expression Read()
    {
        var value = grammar.Operands.Read();
        var count = 0;
        while (TryRead(value) is { } test)
        {
            value = ++count == 1 ? test : new Expression.Other([test]);
            Link(count);
        }

        return value;
    }

    private void Link(int count)
    {
        if (count > 1)
        {
            Cursor.Link();
        }
    }

    private Expression? TryRead(Expression left)
    {
        if (Cursor.IsAny("=", "==", "<=>", "<>", "!=", "^=", "~=", "<", ">", "<=", ">="))
        {
            return ReadComparison(left, Cursor.Next().Key);
        }

        if (Cursor.Accept("IS"))
        {
            return ReadIs(left);
        }

        if (Cursor.AcceptAny("ISNULL", "NOTNULL") || Cursor.Accept("NOT", "NULL"))
        {
            return new Expression.Other([left]);
        }

        var isNegated = Cursor.Is("NOT") && Cursor.Peek(1).Key is "IN" or "BETWEEN" or "LIKE" or "ILIKE" or "RLIKE" or "REGEXP" or "GLOB" or "MATCH" or "SIMILAR" or "MEMBER";
        if (isNegated)
        {
            Cursor.Next();
        }

        if (Cursor.Accept("IN"))
        {
            return ReadIn(left, isNegated);
        }

        return Cursor.Accept("BETWEEN") ? ReadBetween(left, isNegated) : TryReadLike(left);
    }

    private Expression ReadComparison(Expression left, string sign)
    {
        var isEqual = sign is "=" or "==" or "<=>";
        if (Cursor.IsAny("ANY", "SOME", "ALL") && Cursor.Peek(1).Key == "(")
        {
            return ReadQuantified(left, isEqual && Cursor.Current.Key != "ALL");
        }

        var right = grammar.Operands.Read();
        var test = isEqual ? grammar.Comparisons.Equal(left, right) : grammar.Comparisons.Order(left, sign, right);
        return BoundByRowNumber(test, left, sign, right);
    }

    private Expression BoundByRowNumber(Expression test, Expression left, string sign, Expression right)
    {
        var mirrored = sign switch { "<" => ">", ">" => "<", "<=" => ">=", ">=" => "<=", _ => sign };
        var (rows, op) = grammar.Values.IsRowNumber(left) ? (right, sign) : grammar.Values.IsRowNumber(right) ? (left, mirrored) : (left, string.Empty);
        if (op.Length == 0 && left is Expression.Call { Last: "row_number", IsWindow: true, IsPartitioned: false, Arguments: [] })
        {
            // QUALIFY: the first rows of all.
            (rows, op) = (right, sign);
        }

        return op is "<" or "<=" or "=" && rows is Expression.Constant { IsNumber: true, Text: { } text } && TryCount(text, out var count)
            ? grammar.Comparisons.Bounding(test, op == "<" ? count - 1 : count)
            : test;
    }

    /// <summary>Reads a number of rows: digits only.</summary>
    public static bool TryCount(string text, out long count) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count);

    private Expression ReadQuantified(Expression left, bool isMember)
    {
        Cursor.Next();
        Cursor.Expect("(");
        if (grammar.Queries.IsNext)
        {
            return Nested(left, ReadQueryToEnd(), isMember);
        }

        var items = grammar.Expressions.ReadList();
        Cursor.Expect(")");
        if (items is [Expression.Nested { Use: NestedUse.Value } nested])
        {
            return Nested(left, nested.Query, isMember);
        }

        return isMember && grammar.Dialect == SqlDialect.Oracle ? grammar.Comparisons.In(left, items) : new Expression.Other([left, .. items]);
    }

    private Expression.Nested Nested(Expression left, Query query, bool isMember) =>
        new(query, isMember ? grammar.Comparisons.Membership(left, query) : NestedUse.Compared, left);

    private Query ReadQueryToEnd()
    {
        var query = grammar.Queries.Read();
        Cursor.Expect(")");
        return query;
    }

    private Expression ReadIn(Expression left, bool isNegated)
    {
        if (Cursor.Accept("UNNEST", "("))
        {
            return ReadInArray(left, isNegated);
        }

        if (!Cursor.Is("("))
        {
            return grammar.Dialect == SqlDialect.Sqlite && Cursor.Current.IsName
                ? Nested(left, RelationParser.Whole(grammar.Relations.ReadNamed()), !isNegated)
                : throw Cursor.Unexpected();
        }

        Cursor.Next();
        if (grammar.Queries.IsNext)
        {
            return Nested(left, ReadQueryToEnd(), !isNegated);
        }

        var items = Cursor.Is(")") ? [] : grammar.Expressions.ReadList();
        Cursor.Expect(")");
        return items is [Expression.Nested { Use: NestedUse.Value } nested]
            ? Nested(left, nested.Query, !isNegated)
            : isNegated ? new Expression.Other([left, .. items]) : grammar.Comparisons.In(left, items);
    }

    private Expression ReadInArray(Expression left, bool isNegated)
    {
        if (!isNegated && Cursor.Accept("["))
        {
            var items = Cursor.Is("]") ? [] : grammar.Expressions.ReadList();
            Cursor.Expect("]");
            Cursor.Expect(")");
            return grammar.Comparisons.In(left, items);
        }

        var array = grammar.Expressions.Read();
        Cursor.Expect(")");
        return new Expression.Other([left, array]);
    }

    private Expression ReadBetween(Expression left, bool isNegated)
    {
        var isSymmetric = Cursor.AcceptAny("SYMMETRIC", "ASYMMETRIC");
        var low = grammar.Operands.Read();
        Cursor.Expect("AND");
        var high = grammar.Operands.Read();
        var test = isNegated || isSymmetric ? new Expression.Other([left, low, high]) : grammar.Comparisons.Between(left, low, high);
        return !isNegated && grammar.Values.IsRowNumber(left) && high is Expression.Constant { IsNumber: true, Text: { } text } && TryCount(text, out var count)
            ? grammar.Comparisons.Bounding(test, count)
            : test;
    }

    private Expression.Other? TryReadLike(Expression left)
    {
        if (Cursor.Accept("SIMILAR", "TO") || Cursor.Accept("SOUNDS", "LIKE") || Cursor.Accept("MEMBER", "OF") || Cursor.AcceptAny("LIKE", "ILIKE", "RLIKE", "REGEXP", "GLOB", "MATCH", "OVERLAPS"))
        {
            Cursor.AcceptAny("ANY", "ALL", "SOME");
            var pattern = grammar.Operands.Read();
            return Cursor.Accept("ESCAPE") ? new([left, pattern, grammar.Operands.Read()]) : new([left, pattern]);
        }

        return null;
    }

    private Expression ReadIs(Expression left)
    {
        var isNegated = Cursor.Accept("NOT");
        if (Cursor.Accept("DISTINCT", "FROM"))
        {
            var right = grammar.Operands.Read();
            return isNegated ? grammar.Comparisons.Equal(left, right) : new Expression.Other([left, right]);
        }

        if (Cursor.AcceptAny("UNKNOWN", "NAN", "INFINITE", "EMPTY", "JSON"))
        {
            return new Expression.Other([left]);
        }

        return Cursor.IsAny("NULL", "TRUE", "FALSE") || grammar.Dialect == SqlDialect.Sqlite
            ? new Expression.Other([left, grammar.Operands.Read()])
            : throw Cursor.Unexpected();
    }
}
