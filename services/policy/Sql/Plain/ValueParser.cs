using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql.Plain;

/// <summary>Reads single values: literals, parameters, columns, parentheses, CASE, casts.</summary>
internal sealed class ValueParser(Grammar grammar)
{
    private readonly HashSet<Expression> _rowNumbers = new(ReferenceEqualityComparer.Instance);

    private TokenCursor Cursor => grammar.Cursor;

    /// <summary>True for Oracle's ROWNUM.</summary>
    public bool IsRowNumber(Expression value) => _rowNumbers.Contains(value);

    /// <summary>Reads a value.</summary>
    public Expression Read()
    {
        var token = Cursor.Current;
        switch (token.Kind)
        {
            case TokenKind.Number:
                return new Expression.Constant(Cursor.Next().Text, true);
            case TokenKind.String:
                return ReadString();
            case TokenKind.Parameter:
                return ReadParameter();
            case TokenKind.Doubtful when Cursor.Peek(1).Key is not ("." or "("):
                return ReadDoubtful();
            case TokenKind.Word when !Keywords.NoOperands.Contains(token.Key):
                return ReadWord(token);
            case TokenKind.Quoted or TokenKind.Doubtful:
                return ReadNamed();
            case TokenKind.Symbol:
                return ReadSymbol();
            default:
                throw Cursor.Unexpected();
        }
    }

    private Expression.Constant ReadString()
    {
        var parts = new List<string> { Cursor.Next().Text };
        while (grammar.Dialect == SqlDialect.MySql && Cursor.Current.Kind == TokenKind.String)
        {
            parts.Add(Cursor.Next().Text);
        }

        return new(string.Concat(parts), false);
    }

    /// <summary>
    /// A string for MySQL, but a column under ANSI_QUOTES: what can be the name of a column is read as one, and compared with
    /// nothing; what cannot is a string under both.
    /// </summary>
    private Expression ReadDoubtful()
    {
        var text = Cursor.Next().Text;
        return grammar.Dialect == SqlDialect.MySql && !CanName(text) && !grammar.IsNamed(text) ? new Expression.Constant(text, false) : grammar.Comparisons.Doubtful(text);
    }

    private static bool CanName(string text) => text.Length > 0 && LexicalRules.IsWordStart(text[0]) && text.All(c => LexicalRules.IsWordStart(c) || char.IsAsciiDigit(c) || c == '$');

    /// <summary>A positional column of Snowflake, a variable that the text itself sets row by row, or one value.</summary>
    private Expression ReadParameter()
    {
        var text = Cursor.Next().Text;
        if (grammar.Dialect == SqlDialect.Snowflake && text is ['$', >= '0' and <= '9', ..])
        {
            return new Expression.Column([text]);
        }

        return grammar.HasAssignments && text[0] == '@' ? new Expression.Other([]) : new Expression.Parameter();
    }

    private Expression ReadSymbol()
    {
        if (Cursor.Is("("))
        {
            return ReadParentheses();
        }

        if (Cursor.Accept("["))
        {
            return new Expression.Other(ReadArray());
        }

        if (Cursor.Is(":") && Cursor.Touches(1) && (Cursor.Peek(1).IsName || Cursor.Peek(1).Kind == TokenKind.Number) && grammar.Dialect != SqlDialect.BigQuery)
        {
            Cursor.Next();
            Cursor.Next();
            return new Expression.Parameter();
        }

        // The mark of a driver, which puts one value in its place.
        if (Cursor.Is("%", "S") && Cursor.Touches(1) && Cursor.Peek(1).Text == "s")
        {
            Cursor.Next();
            Cursor.Next();
            return new Expression.Parameter();
        }

        return Cursor.Accept("{") ? ReadBraces() : throw Cursor.Unexpected();
    }

    private Expression[] ReadArray()
    {
        var items = Cursor.Is("]") ? [] : grammar.Expressions.ReadList();
        Cursor.Expect("]");
        return items;
    }

    /// <summary>An object of Snowflake: <c>{'a': 1}</c>.</summary>
    private Expression.Other ReadBraces()
    {
        var items = new List<Expression>();
        while (!Cursor.Accept("}"))
        {
            if (Cursor.Current.Kind != TokenKind.String)
            {
                throw Cursor.Unexpected();
            }

            Cursor.Next();
            Cursor.Expect(":");
            items.Add(grammar.Expressions.Read());
            if (!Cursor.Is("}"))
            {
                Cursor.Expect(",");
            }
        }

        return new([.. items]);
    }

    /// <summary>A query, a value or a row in parentheses. Nothing is read twice, however many parentheses open.</summary>
    private Expression ReadParentheses()
    {
        Cursor.Expect("(");
        if (grammar.Queries.IsNext)
        {
            var query = grammar.Queries.Read();
            Cursor.Expect(")");
            return new Expression.Nested(query, NestedUse.Value);
        }

        var items = Cursor.Is(")") ? [] : ReadItems();
        Cursor.Expect(")");
        return items.Length == 1 ? items[0] : new Expression.Row(items);
    }

    private Expression[] ReadItems()
    {
        var first = grammar.Expressions.Read();
        if (first is Expression.Nested { Use: NestedUse.Value } nested && grammar.Queries.IsContinued)
        {
            first = new Expression.Nested(grammar.Queries.Continue(nested.Query), NestedUse.Value);
        }

        return Cursor.Accept(",") ? [first, .. grammar.Expressions.ReadList()] : [first];
    }

    private Expression ReadWord(Token token)
    {
        switch (token.Key)
        {
            case "NULL":
                Cursor.Next();
                return new Expression.Constant(null, false);
            case "TRUE" or "FALSE" when Cursor.Peek(1).Key is not ("." or "("):
                Cursor.Next();
                return grammar.Dialect == SqlDialect.MySql ? new Expression.Constant(token.Key == "TRUE" ? "1" : "0", true) : new Expression.Constant(token.Text.ToLowerInvariant(), false);
            case "CASE":
                return ReadCase();
            case "DEFAULT" when Cursor.Peek(1).Key != "(":
                Cursor.Next();
                return new Expression.Other([]);
            case "ROWNUM" when grammar.Dialect == SqlDialect.Oracle && Cursor.Peek(1).Key is not ("." or "("):
                Cursor.Next();
                var number = new Expression.Column([token.Text]);
                _rowNumbers.Add(number);
                return number;
            case "NEXT" when Cursor.Accept("NEXT", "VALUE", "FOR"):
                return new Expression.Call(["nextval"], [new Expression.Constant(string.Join('.', grammar.Names.ReadParts()), false)]);
            case "MATCH" when Cursor.Is("MATCH", "("):
                return ReadMatch();
            case "INTERVAL" when IsInterval():
                return ReadInterval();
        }

        return Keywords.LiteralTypes.Contains(token.Key) && Cursor.Peek(1).Kind == TokenKind.String ? ReadTyped() : ReadNamed();
    }

    private Expression.Constant ReadTyped()
    {
        Cursor.Next();
        return ReadString();
    }

    private Expression.Other ReadMatch()
    {
        Cursor.Next();
        var items = grammar.Expressions.ReadParenthesised();
        if (!Cursor.Accept("AGAINST"))
        {
            return new(items);
        }

        Cursor.Expect("(");
        var words = grammar.Operands.Read();
        while (Cursor.AcceptAny("IN", "NATURAL", "LANGUAGE", "BOOLEAN", "MODE", "WITH", "QUERY", "EXPANSION"))
        {
        }

        Cursor.Expect(")");
        return new([.. items, words]);
    }

    private bool IsInterval() => Cursor.Peek(1).Kind is TokenKind.String or TokenKind.Number or TokenKind.Parameter
        || Cursor.Peek(1).Key is "(" or "-" or ":" || (Cursor.Peek(1).IsName && Keywords.Units.Contains(Cursor.Peek(2).Key));

    private Expression.Other ReadInterval()
    {
        Cursor.Next();
        Cursor.Enter();
        var value = grammar.Operands.Read();
        Cursor.Leave();
        ReadUnit();
        if (Cursor.Accept("TO"))
        {
            ReadUnit();
        }

        return new([value]);
    }

    private void ReadUnit()
    {
        if (Keywords.Units.Contains(Cursor.Current.Key))
        {
            Cursor.Next();
            if (Cursor.Is("("))
            {
                Cursor.SkipParentheses();
            }
        }
    }

    private Expression.Other ReadCase()
    {
        Cursor.Expect("CASE");
        var items = new List<Expression>();
        if (!Cursor.Is("WHEN"))
        {
            items.Add(grammar.Expressions.Read());
        }

        while (Cursor.Accept("WHEN"))
        {
            items.Add(grammar.Expressions.Read());
            Cursor.Expect("THEN");
            items.Add(grammar.Expressions.Read());
        }

        if (Cursor.Accept("ELSE"))
        {
            items.Add(grammar.Expressions.Read());
        }

        Cursor.Expect("END");
        return new([.. items]);
    }

    /// <summary>A column, <c>t.*</c>, a call, or a string with the name of its character set before it.</summary>
    private Expression ReadNamed()
    {
        var first = Cursor.Current;
        if (first.Kind == TokenKind.Word && Cursor.Peek(1).Key != "." && grammar.Calls.TryReadSpecial() is { } special)
        {
            return special;
        }

        var name = new List<string>();
        do
        {
            if (name.Count > 0 && Cursor.Accept("*"))
            {
                return new Expression.Star(name[^1]);
            }

            name.AddRange(ReadNamePart());
        }
        while (Cursor.Accept("."));

        if (first.Text[0] == '_' && name.Count == 1 && grammar.Dialect == SqlDialect.MySql && Cursor.Current.Kind == TokenKind.String)
        {
            return ReadString();
        }

        if (Cursor.Is("(") && !(grammar.Dialect == SqlDialect.Oracle && Cursor.Is("(", "+", ")")))
        {
            return grammar.Calls.Read([.. name]);
        }

        return first.Kind == TokenKind.Word && name.Count == 1 && Keywords.IsBareFunction(first.Key, grammar.Dialect)
            ? new Expression.Call([.. name], [])
            : new Expression.Column([.. name]);
    }

    private string[] ReadNamePart()
    {
        if (grammar.Dialect == SqlDialect.Snowflake && Cursor.Current.Kind == TokenKind.Parameter && Cursor.Current.Text[0] == '$' && Cursor.Touches(0))
        {
            return [Cursor.Next().Text];
        }

        var isSplit = grammar.Dialect == SqlDialect.BigQuery && Cursor.Current.Kind == TokenKind.Quoted;
        var part = Cursor.Current.Kind == TokenKind.String && grammar.Dialect == SqlDialect.Sqlite ? Cursor.Next().Text : grammar.Names.ReadPart();
        return isSplit ? part.Split('.') : [part];
    }
}
