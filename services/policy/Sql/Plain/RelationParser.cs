using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql.Plain;

/// <summary>Reads one item of FROM: a table, a query or join in parentheses, a function, a stage.</summary>
internal sealed class RelationParser(Grammar grammar)
{
    private TokenCursor Cursor => grammar.Cursor;

    /// <summary>Set before an item that follows APPLY.</summary>
    public bool IsLateral { get; set; }

    /// <summary>Every row of an item.</summary>
    public static Query Whole(FromItem item) => new() { Outputs = [new Output(new Expression.Star(null))], From = [item] };

    /// <summary>Reads an item with its alias.</summary>
    public FromItem Read()
    {
        var isLateral = Cursor.Accept("LATERAL") || IsLateral;
        IsLateral = false;
        if (Cursor.Is("("))
        {
            return ReadParenthesised(isLateral);
        }

        return ReadAlias(Cursor.Is("VALUES") ? new FromItem.Derived(grammar.Selects.Read()) : ReadNamed());
    }

    /// <summary>Reads a table or a call, without an alias.</summary>
    public FromItem ReadNamed()
    {
        if (Cursor.Current.Kind is TokenKind.Parameter or TokenKind.String && grammar.Dialect == SqlDialect.Snowflake)
        {
            return ReadStage();
        }

        if (Cursor.Is("TABLE", "("))
        {
            return ReadTableOf();
        }

        if (Cursor.Is("IDENTIFIER", "(") && grammar.Dialect == SqlDialect.Snowflake)
        {
            return new FromItem.Table(new TableName(grammar.Calls.ReadIdentifier()));
        }

        var isOnly = Cursor.Is("ONLY") && Cursor.Peek(1) is { IsName: true } or { Key: "(" } && Cursor.Accept("ONLY");
        var isInner = isOnly && Cursor.Accept("(");
        if (Cursor.Current.Kind == TokenKind.Word && Keywords.NoOperands.Contains(Cursor.Current.Key))
        {
            throw Cursor.Unexpected();
        }

        var name = grammar.Names.ReadTable();
        if (isInner)
        {
            Cursor.Expect(")");
        }

        return Cursor.Is("(") && !isOnly ? new FromItem.Functions([grammar.Calls.Read(name.Parts)]) : new FromItem.Table(name);
    }

    /// <summary>A file: nothing is known of what it holds.</summary>
    private FromItem.Functions ReadStage()
    {
        var stage = Cursor.Next();
        if (stage.Text.StartsWith('$'))
        {
            throw Cursor.Unexpected();
        }

        if (Cursor.Is("("))
        {
            Cursor.SkipParentheses();
        }

        return new([new Expression.Call(["@stage"], [])]);
    }

    private FromItem ReadTableOf()
    {
        Cursor.Next();
        Cursor.Next();
        if (Cursor.Current.Kind == TokenKind.String)
        {
            var text = grammar.Dialect == SqlDialect.Snowflake ? Cursor.Next().Text : throw Cursor.Unexpected();
            Cursor.Expect(")");
            return text.Contains('"', StringComparison.Ordinal) ? throw Cursor.Unexpected() : new FromItem.Table(new TableName(text.Split('.')));
        }

        var value = grammar.Queries.IsNext ? new Expression.Nested(grammar.Queries.Read(), NestedUse.Packed) : grammar.Expressions.Read();
        Cursor.Expect(")");
        return value is Expression.Parameter ? throw Cursor.Unexpected() : new FromItem.Functions([value is Expression.Call ? value : new Expression.Call(["table"], [value])]);
    }

    /// <summary>A query, or joins; a query that goes on behind an inner parenthesis is told from joins by what follows it.</summary>
    private FromItem ReadParenthesised(bool isLateral)
    {
        Cursor.Expect("(");
        FromItem item;
        if (grammar.Queries.IsNext)
        {
            item = new FromItem.Derived(grammar.Queries.Read()) { IsLateral = isLateral };
        }
        else
        {
            item = grammar.From.ReadJoined();
            while (Cursor.Accept(","))
            {
                Cursor.Link();
                item = new FromItem.Join(item, grammar.From.ReadJoined(), JoinKind.Inner);
            }

            if (item is FromItem.Derived { Alias: null } derived && grammar.Queries.IsContinued)
            {
                item = derived with { Query = grammar.Queries.Continue(derived.Query) };
            }
        }

        Cursor.Expect(")");
        return ReadAlias(item);
    }

    private FromItem ReadAlias(FromItem item)
    {
        ReadSuffixes();
        var alias = grammar.Names.ReadAlias();
        string[] columns = alias is not null && Cursor.Is("(") ? ReadColumns() : [];
        if (item is FromItem.Derived derived)
        {
            grammar.Comparisons.Remember(derived.Query, columns);
        }

        if (Cursor.Accept("WITH", "OFFSET"))
        {
            var offset = grammar.Names.ReadAlias() ?? "offset";
            item = new FromItem.Join(Named(item, alias, columns), new FromItem.Functions([new Expression.Call(["unnest"], [])]) { Alias = offset }, JoinKind.Inner);
            return item;
        }

        Cursor.Accept("WITH", "ORDINALITY");
        ReadSuffixes();
        return Named(item, alias, columns);
    }

    private FromItem Named(FromItem item, string? alias, string[] columns) =>
        alias is null ? item : item is FromItem.Join || item.Alias is not null ? throw Cursor.Unexpected() : item with { Alias = alias, Columns = columns };

    private string[] ReadColumns()
    {
        var names = new List<string>();
        Cursor.Expect("(");
        do
        {
            names.Add(grammar.Names.ReadPart());
            if (!Cursor.IsAny(",", ")"))
            {
                grammar.Names.ReadType();
            }
        }
        while (Cursor.Accept(","));
        Cursor.Expect(")");
        return [.. names];
    }

    /// <summary>Reads samples, partitions, points in time and hints: they say which rows are taken, and never more than the table has.</summary>
    private void ReadSuffixes()
    {
        while (true)
        {
            if (Cursor.Accept("FOR", "SYSTEM_TIME", "AS", "OF") || Cursor.Accept("AS", "OF", "TIMESTAMP") || Cursor.Accept("AS", "OF", "SCN"))
            {
                RefuseQuery(grammar.Operands.Read());
            }
            else if (IsParenthesisedSuffix)
            {
                SkipToParentheses();
            }
            else if (Cursor.Accept("INDEXED", "BY"))
            {
                grammar.Names.ReadPart();
            }
            else if (Cursor.IsAny("PIVOT", "UNPIVOT", "MATCH_RECOGNIZE", "CHANGES", "VERSIONS"))
            {
                throw Cursor.Unexpected();
            }
            else if (!Cursor.Accept("NOT", "INDEXED"))
            {
                return;
            }
        }
    }

    private bool IsParenthesisedSuffix => Cursor.Current.Key switch
    {
        "TABLESAMPLE" or "SAMPLE" => true,
        "PARTITION" or "SUBPARTITION" => Cursor.Peek(1).Key is "(" or "FOR",
        "AT" or "BEFORE" => Cursor.Peek(1).Key == "(" && grammar.Dialect == SqlDialect.Snowflake,
        "USE" or "IGNORE" or "FORCE" => Cursor.Peek(1).Key is "INDEX" or "KEY",
        "WITH" => Cursor.Peek(1).Key == "(" && grammar.Dialect == SqlDialect.Other,
        "REPEATABLE" or "SEED" => Cursor.Peek(1).Key == "(",
        _ => false,
    };

    private void SkipToParentheses()
    {
        while (!Cursor.Is("("))
        {
            _ = Cursor.Current.Kind == TokenKind.Word && !Cursor.IsAny("SELECT", "WHERE", "FROM") ? Cursor.Next() : throw Cursor.Unexpected();
        }

        Cursor.SkipParentheses();
    }

    private void RefuseQuery(Expression value)
    {
        if (value is Expression.Nested || value.Parts.Any(p => p is Expression.Nested))
        {
            throw Cursor.Unexpected();
        }
    }
}
