using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql.Plain;

/// <summary>Reads one SELECT, VALUES or TABLE.</summary>
internal sealed class SelectParser(Grammar grammar)
{
    private TokenCursor Cursor => grammar.Cursor;

    /// <summary>Reads up to a set operation, ORDER BY, a limit or the end.</summary>
    public Query Read()
    {
        if (Cursor.Accept("VALUES"))
        {
            return ReadValues();
        }

        if (Cursor.Is("TABLE") && grammar.In(SqlDialect.MySql, SqlDialect.Other))
        {
            Cursor.Next();
            return RelationParser.Whole(new FromItem.Table(grammar.Names.ReadTable()));
        }

        var start = Cursor.Position;
        Cursor.Expect("SELECT");
        var query = ReadClauses(ReadFrom(ReadHead()));
        return grammar.Queries.IsPacking(start) ? grammar.Queries.Packed(query) : query;
    }

    /// <summary>Reads outputs with commas between.</summary>
    public Output[] ReadOutputs()
    {
        var outputs = new List<Output>();
        do
        {
            if (outputs.Count > 0 && Cursor.Is("FROM") && grammar.In(SqlDialect.BigQuery, SqlDialect.Snowflake))
            {
                break;
            }

            if (!Cursor.Accept("*"))
            {
                var value = grammar.Expressions.Read();
                outputs.Add(value is Expression.Star ? new Output(value) : new Output(value, grammar.Names.ReadAlias()));
            }
            else
            {
                outputs.Add(new Output(new Expression.Star(null)));
            }

            ReadStarTail(outputs);
        }
        while (Cursor.Accept(","));
        return [.. outputs];
    }

    private Query ReadHead()
    {
        var query = new Query();
        while (Cursor.IsAny("ALL", "HIGH_PRIORITY", "SQL_SMALL_RESULT", "SQL_BIG_RESULT", "SQL_BUFFER_RESULT", "SQL_NO_CACHE", "SQL_CACHE", "SQL_CALC_FOUND_ROWS", "STRAIGHT_JOIN", "DISTINCT", "DISTINCTROW", "UNIQUE"))
        {
            query = Cursor.Next().Key is "DISTINCT" or "DISTINCTROW" or "UNIQUE" ? query with { IsDistinct = true } : query;
        }

        if (query.IsDistinct && Cursor.Accept("ON"))
        {
            query = query with { Others = grammar.Expressions.ReadParenthesised() };
        }

        if (Cursor.Is("TOP") && grammar.In(SqlDialect.Snowflake, SqlDialect.Other) && (Cursor.Peek(1).Kind is TokenKind.Number or TokenKind.Parameter || Cursor.Peek(1).Key == "("))
        {
            Cursor.Next();
            query = new LimitParser(grammar).ReadTop(query);
        }

        _ = Cursor.Accept("AS", "STRUCT") || Cursor.Accept("AS", "VALUE");
        return query with { Outputs = ReadOutputs() };
    }

    /// <summary>Reads EXCEPT, REPLACE and RENAME of a star. Columns that it leaves out still count: that is never less than comes out.</summary>
    private void ReadStarTail(List<Output> outputs)
    {
        if (outputs[^1].Value is not Expression.Star)
        {
            return;
        }

        if (Cursor.Accept("ILIKE"))
        {
            Cursor.Next();
        }

        while (Cursor.IsAny("EXCEPT", "EXCLUDE", "REPLACE", "RENAME") && (Cursor.Peek(1).Key == "(" ? !grammar.Queries.IsNextAt(2) : Cursor.Peek(1).IsName && Cursor.Current.Key != "EXCEPT"))
        {
            var isList = Cursor.Peek(1).Key == "(";
            var isExclusion = Cursor.Next().Key is "EXCEPT" or "EXCLUDE";
            Cursor.Accept("(");
            do
            {
                var value = grammar.Expressions.Read();
                if (!isExclusion)
                {
                    Cursor.Expect("AS");
                    outputs.Add(new Output(value, grammar.Names.ReadPart()));
                }
            }
            while (isList && Cursor.Accept(","));
            if (isList)
            {
                Cursor.Expect(")");
            }
        }
    }

    private Query ReadFrom(Query query)
    {
        if (Cursor.Accept("INTO"))
        {
            query = query with { Into = grammar.Queries.ReadInto() };
        }

        return Cursor.Accept("FROM") ? query with { From = grammar.From.ReadList() } : query;
    }

    private Query ReadClauses(Query query)
    {
        var start = new List<Expression>();
        var isWalk = false;
        while (true)
        {
            if (Cursor.Is("WHERE") && query.Where is null && Cursor.Accept("WHERE"))
            {
                query = query with { Where = grammar.Expressions.Read() };
            }
            else if (Cursor.Is("GROUP", "BY") && !query.IsGrouped && Cursor.Accept("GROUP", "BY"))
            {
                query = new GroupingParser(grammar).Read(query);
            }
            else if (Cursor.AcceptAny("HAVING", "QUALIFY"))
            {
                Cursor.Link();
                var isOfWindows = Cursor.Peek(-1).Key == "QUALIFY";
                var test = grammar.Expressions.Read();
                query = query with { Others = [.. query.Others, test], Limit = isOfWindows ? grammar.Comparisons.RowBound(test) : query.Limit };
            }
            else if (Cursor.Accept("WINDOW"))
            {
                Cursor.Link();
                query = query with { Others = [.. query.Others, .. ReadWindows()] };
            }
            else if (Cursor.Accept("START", "WITH") || Cursor.Accept("CONNECT", "BY", "NOCYCLE") || Cursor.Accept("CONNECT", "BY"))
            {
                isWalk = true;
                Cursor.Link();
                start.Add(grammar.Expressions.Read());
            }
            else
            {
                return Bound(query with { Others = [.. query.Others, .. start] }, isWalk);
            }
        }
    }

    /// <summary>
    /// ROWNUM bounds the rows before they are grouped or sorted. A CONNECT BY walks from row to row, and what it passes on its
    /// way comes out by PRIOR and paths, so that its WHERE bounds nothing.
    /// </summary>
    private Query Bound(Query query, bool isWalk)
    {
        if (grammar.Comparisons.RowBound(query.Where) is { } rows && !isWalk)
        {
            query = query with { Limit = rows, HasLimit = true };
        }

        return isWalk && query.Where is { } where ? query with { Where = new Expression.Other([where]) } : query;
    }

    private List<Expression> ReadWindows()
    {
        var items = new List<Expression>();
        do
        {
            grammar.Names.ReadPart();
            Cursor.Expect("AS");
            items.AddRange(grammar.Calls.ReadWindow());
        }
        while (Cursor.Accept(","));
        return items;
    }

    /// <summary>Reads the rows after VALUES. Each column is an output that is made of all its values.</summary>
    public Query ReadValues()
    {
        var rows = new List<Expression[]>();
        do
        {
            Cursor.Accept("ROW");
            rows.Add(grammar.Expressions.ReadParenthesised());
            if (rows[^1].Length != rows[0].Length)
            {
                throw Cursor.Unexpected();
            }
        }
        while (Cursor.Accept(","));
        var outputs = rows.Count == 1 ? rows[0] : [.. Enumerable.Range(0, rows[0].Length).Select(i => (Expression)new Expression.Other([.. rows.Select(r => r[i])]))];
        return new Query { ValueRows = rows.Count, Outputs = [.. outputs.Select(o => new Output(o))] };
    }
}
