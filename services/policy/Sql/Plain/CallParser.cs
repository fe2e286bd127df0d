using System.Collections.Frozen;
using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql.Plain;

/// <summary>Reads calls of functions, with the words that some of them have between their arguments and behind them.</summary>
internal sealed class CallParser(Grammar grammar)
{
    /// <summary>Words of the JSON, XML and list functions that say how, and not what, to return.</summary>
    private static readonly FrozenSet<string> Noise = ("IGNORE RESPECT NULLS ON OVERFLOW TRUNCATE ERROR WITH WITHOUT COUNT NULL ABSENT EMPTY MISMATCH STRICT LAX PRETTY "
        + "WRAPPER UNIQUE KEYS CONDITIONAL UNCONDITIONAL ARRAY OBJECT JSON FORMAT KEEP OMIT QUOTES ASC DESC").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Leaders = "KEY NAME EVALNAME BOTH LEADING TRAILING VARIADIC DOCUMENT CONTENT".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private bool _isPartitioned;

    private TokenCursor Cursor => grammar.Cursor;

    /// <summary>Reads what looks like a call but is none; null where nothing of that kind stands there.</summary>
    public Expression? TryReadSpecial()
    {
        var next = Cursor.Peek(1).Key;
        return Cursor.Current.Key switch
        {
            "CAST" or "TRY_CAST" or "SAFE_CAST" when next == "(" => ReadCast(),
            "CONVERT" when next == "(" && grammar.Dialect == SqlDialect.MySql => ReadConvert(),
            "EXISTS" when next == "(" => ReadExists(),
            "POSITION" when next == "(" => ReadPosition(),
            "ROW" when next == "(" => ReadRow(),
            "ARRAY" when next is "(" or "[" or "<" => ReadArray(),
            "STRUCT" when next == "<" => ReadStruct(),
            "IDENTIFIER" when next == "(" && grammar.Dialect == SqlDialect.Snowflake => new Expression.Column(ReadIdentifier()),
            _ => null,
        };
    }

    /// <summary>Reads IDENTIFIER('name') of Snowflake; a name that the text does not hold cannot be read.</summary>
    public string[] ReadIdentifier()
    {
        Cursor.Expect("IDENTIFIER", "(");
        var name = Cursor.Current.Kind == TokenKind.String ? Cursor.Next().Text : throw Cursor.Unexpected();
        Cursor.Expect(")");
        return name.Contains('"', StringComparison.Ordinal) ? throw Cursor.Unexpected() : name.Split('.');
    }

    /// <summary>Reads the arguments of a call and what follows it.</summary>
    public Expression Read(string[] name)
    {
        Cursor.Expect("(");
        var arguments = new List<Expression>();
        var clauses = new List<Expression>();
        while (!Cursor.Accept(")"))
        {
            ReadArgument(arguments);
            ReadBetween(clauses);
        }

        var isWindow = ReadBehind(clauses);
        return new Expression.Call(name, [.. arguments]) { Clauses = [.. clauses], IsWindow = isWindow, IsPartitioned = isWindow && _isPartitioned };
    }

    /// <summary>Reads a window: its name, or what stands between its parentheses.</summary>
    public Expression[] ReadWindow()
    {
        if (!Cursor.Accept("("))
        {
            grammar.Names.ReadPart();
            return [];
        }

        var items = new List<Expression>();
        if (Cursor.Current.IsName && !Cursor.IsAny("PARTITION", "ORDER", "ROWS", "RANGE", "GROUPS"))
        {
            Cursor.Next();
        }

        if (Cursor.Accept("PARTITION", "BY"))
        {
            items.AddRange(grammar.Expressions.ReadList());
        }

        if (Cursor.Accept("ORDER", "BY"))
        {
            items.AddRange(grammar.Expressions.ReadOrder());
        }

        if (Cursor.AcceptAny("ROWS", "RANGE", "GROUPS"))
        {
            ReadFrame(items);
        }

        Cursor.Expect(")");
        return [.. items];
    }

    private void ReadArgument(List<Expression> arguments)
    {
        Cursor.AcceptAny("DISTINCT", "ALL", "UNIQUE");
        if (Leaders.Contains(Cursor.Current.Key) && Cursor.Peek(1) is { Kind: not TokenKind.Symbol } second && !Keywords.NoOperands.Contains(second.Key))
        {
            Cursor.Next();
        }

        if (Cursor.Peek(1).Key == "=>" && Cursor.Current.IsName)
        {
            Cursor.Next();
            Cursor.Next();
        }

        if (Cursor.Accept("*"))
        {
            arguments.Add(new Expression.Star(null));
        }
        else if (grammar.Queries.IsNext)
        {
            arguments.Add(new Expression.Nested(grammar.Queries.Read(), NestedUse.Packed));
        }
        else
        {
            arguments.Add(grammar.Expressions.Read());
        }
    }

    /// <summary>Reads up to the next argument or the end of the call.</summary>
    private void ReadBetween(List<Expression> clauses)
    {
        while (!Cursor.Is(")"))
        {
            if (Cursor.AcceptAny(",", "FROM", "FOR", "VALUE", "PASSING", "PLACING", ":"))
            {
                return;
            }

            if (Cursor.Accept("ORDER", "BY"))
            {
                clauses.AddRange(grammar.Expressions.ReadOrder());
            }
            else if (Cursor.AcceptAny("AS", "RETURNING"))
            {
                grammar.Names.ReadType();
            }
            else if (Cursor.AcceptAny("SEPARATOR", "USING", "BY"))
            {
                Cursor.Next();
            }
            else if (Cursor.AcceptAny("LIMIT", "DEFAULT") || Cursor.Accept("HAVING", "MAX") || Cursor.Accept("HAVING", "MIN"))
            {
                clauses.AddRange(grammar.Expressions.ReadList());
            }
            else if (Cursor.Accept("COLUMNS"))
            {
                SkipColumns();
            }
            else
            {
                ReadNoise();
            }
        }
    }

    private void ReadNoise()
    {
        if (!Noise.Contains(Cursor.Next().Key))
        {
            throw Cursor.Unexpected();
        }

        if (Cursor.Current.Kind is TokenKind.String or TokenKind.Number)
        {
            Cursor.Next();
        }
    }

    /// <summary>Names, types and paths of JSON_TABLE and XMLTABLE; no query may stand in them.</summary>
    private void SkipColumns()
    {
        while (!Cursor.Is(")"))
        {
            if (Cursor.Is("("))
            {
                Cursor.SkipParentheses();
            }
            else if (Cursor.IsAny("SELECT", "WITH", ";"))
            {
                throw Cursor.Unexpected();
            }
            else
            {
                Cursor.Next();
            }
        }
    }

    private bool ReadBehind(List<Expression> clauses)
    {
        while (true)
        {
            if (Cursor.Accept("FILTER", "(", "WHERE"))
            {
                clauses.Add(grammar.Expressions.Read());
                Cursor.Expect(")");
            }
            else if (Cursor.Accept("WITHIN", "GROUP", "(", "ORDER", "BY") || Cursor.Accept("KEEP", "(", "DENSE_RANK", "FIRST", "ORDER", "BY") || Cursor.Accept("KEEP", "(", "DENSE_RANK", "LAST", "ORDER", "BY"))
            {
                clauses.AddRange(grammar.Expressions.ReadOrder());
                Cursor.Expect(")");
            }
            else if (Cursor.Accept("OVER"))
            {
                _isPartitioned = !(Cursor.Is("(") && Cursor.Peek(1).Key is ")" or "ORDER");
                clauses.AddRange(ReadWindow());
                return true;
            }
            else if (!Cursor.Accept("IGNORE", "NULLS") && !Cursor.Accept("RESPECT", "NULLS") && !AcceptSide())
            {
                return false;
            }
        }
    }

    /// <summary>FROM FIRST and FROM LAST of NTH_VALUE, which look like a FROM clause.</summary>
    private bool AcceptSide() =>
        Cursor.Peek(2).Key is "OVER" or "IGNORE" or "RESPECT" && (Cursor.Accept("FROM", "FIRST") || Cursor.Accept("FROM", "LAST"));

    private void ReadFrame(List<Expression> items)
    {
        Cursor.Accept("BETWEEN");
        do
        {
            if (!Cursor.Accept("UNBOUNDED") && !Cursor.Accept("CURRENT", "ROW"))
            {
                items.Add(grammar.Operands.Read());
            }

            Cursor.AcceptAny("PRECEDING", "FOLLOWING");
        }
        while (Cursor.Accept("AND"));
        if (Cursor.Accept("EXCLUDE") && !Cursor.Accept("CURRENT", "ROW") && !Cursor.Accept("NO", "OTHERS"))
        {
            Cursor.Next();
        }
    }

    private Expression.Cast ReadCast()
    {
        Cursor.Next();
        Cursor.Expect("(");
        var value = Cursor.Accept("MULTISET", "(") ? ReadMultiset() : grammar.Expressions.Read();
        Cursor.Expect("AS");
        var cast = new Expression.Cast(value, grammar.Names.ReadType());
        if (!Cursor.Is(")"))
        {
            var clauses = ReadCastTail();
            cast = new Expression.Cast(new Expression.Other([value, .. clauses]), cast.Type);
        }

        Cursor.Expect(")");
        return cast;
    }

    private List<Expression> ReadCastTail()
    {
        var clauses = new List<Expression>();
        while (!Cursor.Is(")"))
        {
            if (Cursor.AcceptAny("FORMAT", "DEFAULT", ",") || Cursor.Accept("AT", "TIME", "ZONE"))
            {
                clauses.Add(grammar.Operands.Read());
            }
            else
            {
                Cursor.Expect("ON", "CONVERSION", "ERROR");
            }
        }

        return clauses;
    }

    private Expression.Nested ReadMultiset()
    {
        var query = grammar.Queries.Read();
        Cursor.Expect(")");
        return new(query, NestedUse.Packed);
    }

    private Expression ReadConvert()
    {
        Cursor.Next();
        Cursor.Expect("(");
        var value = grammar.Expressions.Read();
        Expression converted = Cursor.Accept(",")
            ? new Expression.Cast(value, grammar.Names.ReadType())
            : Cursor.Accept("USING") && grammar.Names.ReadPart().Length > 0 ? new Expression.Call(["convert"], [value]) : throw Cursor.Unexpected();
        Cursor.Expect(")");
        return converted;
    }

    private Expression ReadExists()
    {
        var name = grammar.Names.ReadPart();
        if (Cursor.Peek(1).Key is not "(" && !grammar.Queries.IsNextAt(1))
        {
            return Read([name]);
        }

        Cursor.Next();
        var query = grammar.Queries.Read();
        Cursor.Expect(")");
        return new Expression.Nested(query, NestedUse.Exists);
    }

    private Expression.Call ReadPosition()
    {
        var name = grammar.Names.ReadPart();
        Cursor.Expect("(");
        var first = grammar.Operands.Read();
        if (!Cursor.Accept("IN"))
        {
            Cursor.Expect(",");
        }

        Expression[] rest = grammar.Expressions.ReadList();
        Cursor.Expect(")");
        return new([name], [first, .. rest]);
    }

    private Expression.Row ReadRow()
    {
        Cursor.Next();
        return new(grammar.Expressions.ReadParenthesised());
    }

    private Expression ReadArray()
    {
        var name = grammar.Names.ReadPart();
        if (Cursor.Is("<"))
        {
            grammar.Names.SkipAngles();
        }

        if (Cursor.Is("(") && grammar.Queries.IsNextAt(1))
        {
            Cursor.Next();
            var query = grammar.Queries.Read();
            Cursor.Expect(")");
            return new Expression.Nested(query, NestedUse.Packed);
        }

        if (Cursor.Is("("))
        {
            return Read([name]);
        }

        Cursor.Expect("[");
        var items = Cursor.Is("]") ? [] : grammar.Expressions.ReadList();
        Cursor.Expect("]");
        return new Expression.Other(items);
    }

    private Expression ReadStruct()
    {
        var name = grammar.Names.ReadPart();
        grammar.Names.SkipAngles();
        return Read([name]);
    }
}
