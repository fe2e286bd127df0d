using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql.Plain;

/// <summary>Reads chains of operators that make a value, each operand with what stands before and after it.</summary>
internal sealed class OperandParser(Grammar grammar)
{
    private TokenCursor Cursor => grammar.Cursor;

    /// <summary>Reads an operand. How its operators bind among each other is nothing that rows depend on, so a chain is flat.</summary>
    public Expression Read()
    {
        var first = ReadSigned();
        if (!IsOperator)
        {
            return first;
        }

        var items = new List<Expression> { first };
        string? sign = null;
        while (IsOperator)
        {
            sign = Cursor.Next().Key;
            items.Add(ReadSigned());
        }

        return new Expression.Other([.. items]) { Sign = items.Count == 2 ? sign : null };
    }

    private bool IsOperator => Cursor.IsAny("+", "-", "*", "/", "%", "|", "&", "^", "<<", ">>", "->", "->>")
        || (Cursor.Is("||") && !grammar.In(SqlDialect.MySql, SqlDialect.Other))
        || (Cursor.IsAny("DIV", "MOD") && grammar.Dialect == SqlDialect.MySql);

    private Expression ReadSigned()
    {
        var signs = 0;
        var isNegative = false;
        while (Cursor.IsAny("+", "-", "~", "!") || IsPrefixWord)
        {
            isNegative = Cursor.Next().Key == "-";
            signs++;
        }

        var isNumber = Cursor.Current.Kind == TokenKind.Number;
        var value = ReadWithTail(grammar.Values.Read());
        if (signs == 0)
        {
            return value;
        }

        return signs == 1 && isNegative && isNumber && value is Expression.Constant { IsNumber: true } number
            ? number with { Text = $"-{number.Text}" }
            : new Expression.Other([value]);
    }

    private bool IsPrefixWord =>
        (Cursor.Is("BINARY") && grammar.Dialect == SqlDialect.MySql && Cursor.Peek(1).Key is not ("." or "," or ")"))
        || (Cursor.IsAny("PRIOR", "CONNECT_BY_ROOT") && grammar.Dialect is SqlDialect.Oracle or SqlDialect.Snowflake);

    private Expression ReadWithTail(Expression value)
    {
        for (var count = 0; ; count++)
        {
            if (count > 1)
            {
                Cursor.Link();
            }

            if (Cursor.Accept("::"))
            {
                value = new Expression.Cast(value, grammar.Names.ReadType(isShort: true));
            }
            else if (Cursor.Accept("COLLATE"))
            {
                value = ReadCollation(value);
            }
            else if (Cursor.Accept("AT", "TIME", "ZONE"))
            {
                value = new Expression.Other([value, grammar.Values.Read()]);
            }
            else if (Cursor.Accept("AT", "LOCAL"))
            {
                value = new Expression.Other([value]);
            }
            else if (ReadPath(value) is { } path)
            {
                value = path;
            }
            else
            {
                return value;
            }
        }
    }

    /// <summary>Reads what takes a part out of a value: <c>a[1]</c>, <c>a:b.c</c>, <c>f(x).y</c>, <c>a(+)</c>; null where none stands there.</summary>
    private Expression.Other? ReadPath(Expression value)
    {
        if (Cursor.Accept("["))
        {
            return ReadIndex(value);
        }

        if (grammar.Dialect == SqlDialect.Snowflake && Cursor.Is(":") && Cursor.Peek(1).IsName)
        {
            Cursor.Next();
            grammar.Names.ReadPart();
            return new([value]);
        }

        if (Cursor.Accept("."))
        {
            var isField = Cursor.Accept("*") || grammar.Names.ReadPart().Length > 0;
            return isField && Cursor.Is("(") ? throw Cursor.Unexpected() : new([value]);
        }

        // An outer join of the old form keeps rows without a partner, so this equality bounds nothing.
        return grammar.Dialect == SqlDialect.Oracle && Cursor.Accept("(", "+", ")") ? new([value]) : null;
    }

    private Expression.Other ReadIndex(Expression value)
    {
        var items = new List<Expression> { value };
        while (!Cursor.Accept("]"))
        {
            if (!Cursor.Accept(":"))
            {
                items.Add(grammar.Expressions.Read());
            }
        }

        return new([.. items]);
    }

    /// <summary>A collation says which texts are equal, and may say it of many; only those of SQLite itself are known.</summary>
    private Expression ReadCollation(Expression value)
    {
        var isKnown = grammar.Dialect == SqlDialect.Sqlite && Cursor.IsAny("NOCASE", "BINARY", "RTRIM");
        if (Cursor.Current.Kind == TokenKind.String)
        {
            Cursor.Next();
        }
        else
        {
            grammar.Names.ReadParts();
        }

        return isKnown ? value : new Expression.Other([value]);
    }
}
