using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql.Plain;

/// <summary>Reads queries: WITH, set operations, ORDER BY and limits around what <see cref="SelectParser"/> reads.</summary>
internal sealed class QueryParser(Grammar grammar)
{
    private TokenCursor Cursor => grammar.Cursor;

    /// <summary>True when a query was read that writes a file of the server.</summary>
    public bool WritesFile { get; private set; }

    /// <summary>True when a query without parentheses comes next.</summary>
    public bool IsNext => IsNextAt(0);

    /// <summary>True when what comes next goes on with a query that has ended.</summary>
    public bool IsContinued => Cursor.IsAny("UNION", "EXCEPT", "INTERSECT", "MINUS", "ORDER", "LIMIT", "FETCH", "OFFSET");

    /// <summary>True when a query without parentheses starts <paramref name="offset"/> tokens ahead.</summary>
    public bool IsNextAt(int offset) => Cursor.Peek(offset).Key switch
    {
        "SELECT" => true,
        "WITH" => Cursor.Peek(offset + 1).IsName,
        "VALUES" => Cursor.Peek(offset + 1).Key == "ROW" || (Cursor.Peek(offset + 1).Key == "(" && grammar.Dialect != SqlDialect.MySql),
        "TABLE" => Cursor.Peek(offset + 1).IsName,
        _ => false,
    };

    /// <summary>Reads a query, in parentheses or not.</summary>
    public Query Read()
    {
        Cursor.Enter();
        var start = Cursor.Position;
        var query = ReadAfter(ReadWith());
        Cursor.Leave();
        return IsPacking(start) ? Packed(query) : query;
    }

    /// <summary>A variable gathers rows before a limit takes effect.</summary>
    public Query Packed(Query query) => query with { IsPacked = true, Limit = grammar.HasAssignments ? null : query.Limit };

    /// <summary>Reads a query of which WITH was read.</summary>
    public Query ReadAfter(CommonTable[] with)
    {
        var isParenthesised = Cursor.Is("(");
        var query = ReadRest(ReadTerm(), isParenthesised);
        if (with.Length > 0)
        {
            query = (isParenthesised && query.Sides is null ? Wrap(query) : query) with { With = with };
        }

        return query;
    }

    /// <summary>Goes on with a query that stood in parentheses.</summary>
    public Query Continue(Query query) => ReadRest(query, true);

    /// <summary>Reads WITH; empty where there is none.</summary>
    public CommonTable[] ReadWith()
    {
        if (!Cursor.Accept("WITH"))
        {
            return [];
        }

        var isRecursive = Cursor.Is("RECURSIVE") && Cursor.Peek(1).IsName && Cursor.Accept("RECURSIVE");
        var tables = new List<CommonTable>();
        do
        {
            var start = Cursor.Position;
            var name = grammar.Names.ReadPart();
            string[] columns = Cursor.Is("(") ? grammar.Names.ReadList() : [];
            Cursor.Expect("AS");
            _ = Cursor.Accept("MATERIALIZED") || Cursor.Accept("NOT", "MATERIALIZED");
            Cursor.Expect("(");

            var query = Read();
            Cursor.Expect(")");

            grammar.Comparisons.Remember(query, columns);

            // Not every server asks for RECURSIVE where a query calls itself.
            tables.Add(new CommonTable(name, columns, isRecursive || (!grammar.In(SqlDialect.MySql, SqlDialect.PostgreSql, SqlDialect.Other) && Cursor.HasNamed(start + 1, name))) { Query = query });
            if (Cursor.IsAny("SEARCH", "CYCLE"))
            {
                throw Cursor.Unexpected();
            }
        }
        while (Cursor.Accept(","));
        return [.. tables];
    }

    /// <summary>True when variables were set since <paramref name="start"/>: <c>@s := concat(@s, name)</c> packs all rows in one.</summary>
    public bool IsPacking(int start) => grammar.HasAssignments && Cursor.HasTaken(start, ":=");

    /// <summary>Tells once that a file is written.</summary>
    public bool TakeWritesFile()
    {
        var writes = WritesFile;
        WritesFile = false;
        return writes;
    }

    /// <summary>Reads INTO of a SELECT; the table that it makes, or null where variables or a file take the rows.</summary>
    public TableName? ReadInto()
    {
        if (grammar.Dialect != SqlDialect.MySql)
        {
            return grammar.Dialect == SqlDialect.Other ? grammar.Names.ReadTable() : throw Cursor.Unexpected();
        }

        if (Cursor.AcceptAny("OUTFILE", "DUMPFILE"))
        {
            WritesFile = true;
            Cursor.Next();
            while (Cursor.IsAny("FIELDS", "COLUMNS", "LINES", "TERMINATED", "OPTIONALLY", "ENCLOSED", "ESCAPED", "STARTING", "BY", "CHARACTER", "SET") || Cursor.Current.Kind == TokenKind.String)
            {
                var isSet = Cursor.Next().Key == "SET";
                _ = isSet ? Cursor.Next() : default;
            }

            return null;
        }

        do
        {
            _ = Cursor.Current.Kind == TokenKind.Parameter ? Cursor.Next() : throw Cursor.Unexpected();
        }
        while (Cursor.Accept(","));
        return null;
    }

    private static Query Wrap(Query query) => new() { Outputs = [new Output(new Expression.Star(null))], From = [new FromItem.Derived(query)] };

    private Query ReadTerm()
    {
        if (!Cursor.Accept("("))
        {
            return grammar.Selects.Read();
        }

        var query = Read();
        Cursor.Expect(")");
        return query;
    }

    private Query ReadRest(Query first, bool isParenthesised)
    {
        var query = first;
        while (Cursor.AcceptAny("UNION", "EXCEPT", "INTERSECT", "MINUS"))
        {
            var isAll = Cursor.AcceptAny("ALL", "DISTINCT") && Cursor.Peek(-1).Key == "ALL";
            Cursor.Link();
            if (Cursor.IsAny("BY", "CORRESPONDING", "STRICT"))
            {
                throw Cursor.Unexpected();
            }

            query = new Query { Sides = (query, ReadTerm()), IsDistinct = !isAll };
        }

        return IsTail ? ReadTail(isParenthesised && query.Sides is null ? Wrap(query) : query) : ReadLocks(query);
    }

    private bool IsTail => Cursor.IsAny("ORDER", "LIMIT", "FETCH", "OFFSET");

    private Query ReadTail(Query query)
    {
        if (Cursor.Accept("ORDER", "BY") || Cursor.Accept("ORDER", "SIBLINGS", "BY"))
        {
            query = query with { Others = [.. query.Others, .. grammar.Expressions.ReadOrder()] };
        }

        if (Cursor.IsAny("LIMIT", "FETCH", "OFFSET"))
        {
            query = query.HasLimit && grammar.Dialect != SqlDialect.Oracle ? throw Cursor.Unexpected() : new LimitParser(grammar).Read(query);
        }

        return ReadLocks(query);
    }

    private Query ReadLocks(Query query)
    {
        if (Cursor.Accept("INTO"))
        {
            var into = ReadInto();
            query = query with { Into = into ?? query.Into };
        }

        while (Cursor.Accept("LOCK", "IN", "SHARE", "MODE") || Cursor.Accept("FOR", "READ", "ONLY") || Cursor.Accept("FOR", "FETCH", "ONLY") || Cursor.Accept("FOR", "UPDATE") || Cursor.Accept("FOR", "SHARE"))
        {
            if (Cursor.Accept("OF"))
            {
                do
                {
                    grammar.Names.ReadParts();
                }
                while (Cursor.Accept(","));
            }

            if (!Cursor.Accept("SKIP", "LOCKED") && !Cursor.Accept("NOWAIT") && Cursor.Accept("WAIT"))
            {
                Cursor.Next();
            }
        }

        return query;
    }
}
