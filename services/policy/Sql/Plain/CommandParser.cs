using Chaperone.Policy.Sql.Facts;
using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql.Plain;

/// <summary>Reads statements that are no queries, writes or definitions.</summary>
internal sealed class CommandParser(Grammar grammar)
{
    private TokenCursor Cursor => grammar.Cursor;

    /// <summary>Reads CALL, EXEC and EXECUTE: what they run cannot be known.</summary>
    public Statement ReadCall()
    {
        var key = Cursor.Next().Key;
        if (key == "EXECUTE" && !Cursor.Is("IMMEDIATE") && Cursor.Current.IsName && grammar.Dialect == SqlDialect.MySql)
        {
            var handle = grammar.Names.ReadPart();
            Cursor.SkipRest();
            return new Statement(StatementKind.Call) { IsOpaque = true, Handle = handle };
        }

        if (key == "CALL" && Cursor.Current.IsName)
        {
            var name = grammar.Names.ReadParts();
            var call = Cursor.Is("(") ? grammar.Calls.Read(name) : new Expression.Call(name, []);
            _ = Cursor.Accept("INTO") && Cursor.SkipRest();
            return new Statement(StatementKind.Call) { IsOpaque = true, Expressions = [call] };
        }

        Cursor.SkipRest();
        return new Statement(StatementKind.Call) { IsOpaque = true };
    }

    /// <summary>Reads PREPARE and DEALLOCATE.</summary>
    public Statement ReadPrepare()
    {
        var isMaking = Cursor.Next().Key == "PREPARE";
        Cursor.Accept("PREPARE");
        var handle = grammar.Names.ReadPart();
        Cursor.SkipRest();
        return new Statement(StatementKind.Other) { IsOpaque = isMaking, Handle = handle };
    }

    /// <summary>Reads HANDLER of MySQL, which goes through a whole table.</summary>
    public Statement ReadHandler()
    {
        Cursor.Next();
        var table = grammar.Names.ReadTable();
        var alias = Cursor.Accept("OPEN") ? grammar.Names.ReadAlias() : null;
        return new Statement(StatementKind.Select) { WholeTables = [table], Handle = alias ?? table.Last, IsOpaque = Cursor.SkipRest() };
    }

    /// <summary>Reads LOAD DATA.</summary>
    public Statement ReadLoad()
    {
        while (!Cursor.IsAtEnd && !Cursor.Is("INTO"))
        {
            Cursor.Next();
        }

        Cursor.Expect("INTO");
        Cursor.AcceptAny("TABLE", "OVERWRITE");
        return new Statement(StatementKind.Copy) { Tables = [grammar.Names.ReadTable()], IsOpaque = Cursor.SkipRest() };
    }

    /// <summary>Reads COPY INTO: out of the database into a stage, or the other way.</summary>
    public Statement ReadCopy()
    {
        Cursor.Next();
        if (!Cursor.Accept("INTO"))
        {
            Cursor.SkipRest();
            return new Statement(StatementKind.Copy) { IsOpaque = true };
        }

        if (Cursor.Current.Kind is not (TokenKind.Parameter or TokenKind.String))
        {
            var table = grammar.Names.ReadTable();
            return new Statement(StatementKind.Copy) { Tables = [table], IsOpaque = Cursor.SkipRest() };
        }

        Cursor.Next();
        Cursor.Expect("FROM");
        if (Cursor.Is("("))
        {
            var query = grammar.Queries.Read();
            return new Statement(StatementKind.Copy) { Query = query, IsOpaque = Cursor.SkipRest() };
        }

        return grammar.Relations.ReadNamed() is FromItem.Table source
            ? new Statement(StatementKind.Copy) { WholeTables = [source.Name], IsOpaque = Cursor.SkipRest() }
            : throw Cursor.Unexpected();
    }

    /// <summary>Reads EXPORT DATA OPTIONS (...) AS query.</summary>
    public Statement ReadExport()
    {
        Cursor.Expect("EXPORT", "DATA");
        if (Cursor.Accept("WITH", "CONNECTION"))
        {
            grammar.Names.ReadParts();
        }

        if (Cursor.Accept("OPTIONS"))
        {
            Cursor.SkipParentheses();
        }

        Cursor.Expect("AS");
        return new Statement(StatementKind.Copy) { Query = grammar.Queries.Read() };
    }

    /// <summary>
    /// Reads EXPLAIN and its like. What it explains is read as well, so that the statement ends where the server ends it, and
    /// stays within where it runs.
    /// </summary>
    public Statement ReadExplain()
    {
        var isAnalyze = Cursor.Next().Key == "ANALYZE";
        if (Cursor.Current.IsName && !IsExplainable && !IsOption)
        {
            return new Statement(StatementKind.Show) { IsOpaque = Cursor.SkipRest() };
        }

        while (IsOption)
        {
            isAnalyze |= Cursor.Is("ANALYZE");
            SkipOption();
        }

        if (!IsExplainable)
        {
            throw Cursor.Unexpected();
        }

        var inner = grammar.Statements.Read();
        if (isAnalyze)
        {
            return new Statement(inner.Kind) { Inner = [inner] };
        }

        // Planners may run functions: what is called counts although nothing else runs.
        return new Statement(StatementKind.Explain) { Expressions = [.. SqlNames.Of(inner).Functions.Select(f => new Expression.Call(f.Split('.'), []))] };
    }

    /// <summary>Reads SET. What it is set to is read where it can be; what runs a statement on its way is unknown.</summary>
    public Statement ReadSet()
    {
        Cursor.Next();
        if (Cursor.IsAny("STATEMENT", "PASSWORD", "ROLE"))
        {
            var kind = Cursor.Is("PASSWORD") ? StatementKind.Grant : StatementKind.Set;
            var isRunning = Cursor.Is("STATEMENT");
            return new Statement(kind) { IsOpaque = Cursor.SkipRest() || isRunning };
        }

        var values = new List<Expression>();
        do
        {
            Cursor.AcceptAny("GLOBAL", "SESSION", "LOCAL", "PERSIST", "PERSIST_ONLY");
            if (!ReadTarget())
            {
                return new Statement(StatementKind.Set) { Expressions = [.. values], IsOpaque = Cursor.SkipRest() };
            }

            values.Add(Cursor.Is("ON") || Cursor.IsAny("DEFAULT", "ALL", "BINARY") ? Word() : grammar.Expressions.Read());
        }
        while (Cursor.Accept(","));
        return new Statement(StatementKind.Set) { Expressions = [.. values], IsOpaque = !Cursor.IsAtEnd && Cursor.SkipRest() };
    }

    /// <summary>Reads DO of MySQL: expressions of which nothing comes out.</summary>
    public Statement ReadDo()
    {
        Cursor.Next();
        return new Statement(StatementKind.Do) { Expressions = grammar.Expressions.ReadList() };
    }

    /// <summary>Reads LOCK.</summary>
    public Statement ReadLock()
    {
        Cursor.Next();
        if (!Cursor.AcceptAny("TABLE", "TABLES"))
        {
            return new Statement(StatementKind.Other) { IsOpaque = Cursor.SkipRest() };
        }

        var tables = new List<TableName>();
        do
        {
            tables.Add(grammar.Names.ReadTable());
            while (!Cursor.IsAtEnd && !Cursor.Is(","))
            {
                Cursor.Next();
            }
        }
        while (Cursor.Accept(","));
        return new Statement(StatementKind.Other) { Tables = [.. tables] };
    }

    private bool IsExplainable => Cursor.IsAny("SELECT", "WITH", "VALUES", "(", "INSERT", "UPDATE", "DELETE", "MERGE", "REPLACE", "CREATE", "CALL", "DROP", "EXPLAIN")
        || (Cursor.Is("TABLE") && grammar.Dialect == SqlDialect.MySql);

    private bool IsOption => Cursor.IsAny("ANALYZE", "EXTENDED", "PARTITIONS", "VERBOSE", "FORMAT", "QUERY", "PLAN", "USING", "FOR");

    private void SkipOption()
    {
        switch (Cursor.Next().Key)
        {
            case "FORMAT":
                Cursor.Accept("=");
                Cursor.Next();
                break;
            case "USING":
                Cursor.Next();
                break;
            case "PLAN":
                while (!Cursor.IsAtEnd && !IsExplainable && !Cursor.Is("FOR"))
                {
                    Cursor.Next();
                }

                break;
            default:
                break;
        }
    }

    private bool ReadTarget()
    {
        if (Cursor.Is("("))
        {
            grammar.Names.ReadList();
        }
        else if (Cursor.Current.Kind == TokenKind.Parameter)
        {
            Cursor.Next();
        }
        else if (Cursor.Current.IsName)
        {
            grammar.Names.ReadParts();
        }

        return Cursor.AcceptAny("=", ":=");
    }

    private Expression.Other Word()
    {
        Cursor.Next();
        return new([]);
    }
}
