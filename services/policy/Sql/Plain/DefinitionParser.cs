using System.Collections.Frozen;
using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql.Plain;

/// <summary>Reads CREATE, ALTER, DROP and RENAME: the tables they name and the queries they keep; the rest is passed over.</summary>
internal sealed class DefinitionParser(Grammar grammar)
{
    private static readonly FrozenSet<string> Modifiers = ("OR REPLACE TEMP TEMPORARY GLOBAL LOCAL PRIVATE TRANSIENT VOLATILE UNLOGGED EXTERNAL MATERIALIZED RECURSIVE SECURE "
        + "FORCE NO NOFORCE EDITIONABLE NONEDITIONABLE UNIQUE BITMAP FULLTEXT SPATIAL PUBLIC HYBRID DYNAMIC ICEBERG SEARCH VECTOR ALGORITHM = UNDEFINED MERGE TEMPTABLE "
        + "DEFINER SQL SECURITY INVOKER").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private TokenCursor Cursor => grammar.Cursor;

    /// <summary>Reads CREATE.</summary>
    public Statement ReadCreate()
    {
        Cursor.Next();
        var isVirtual = Cursor.Is("VIRTUAL");
        SkipModifiers();
        switch (Cursor.Next().Key)
        {
            case "TABLE" when !isVirtual:
                return ReadTable();
            case "VIEW":
                return ReadView();
            case "SYNONYM":
                return ReadSynonym();
            case "INDEX":
                return ReadOn();
            case "USER" or "ROLE":
                return Rest(StatementKind.Grant);
            case "DATABASE" or "SCHEMA" or "SEQUENCE" or "TABLESPACE" or "WAREHOUSE" or "STAGE":
                return Rest(StatementKind.Ddl);
            default:
                // Code, or another way to reach a table; its statements may go on behind a semicolon.
                Cursor.SkipAll();
                return new Statement(StatementKind.Ddl) { IsOpaque = true };
        }
    }

    /// <summary>Reads ALTER.</summary>
    public Statement ReadAlter()
    {
        Cursor.Next();
        SkipModifiers();
        switch (Cursor.Next().Key)
        {
            case "SESSION":
                return Rest(StatementKind.Set);
            case "USER" or "ROLE":
                return Rest(StatementKind.Grant);
            case "VIEW":
                return ReadView();
            case "TABLE":
                return ReadAlterTable();
            case "INDEX" when grammar.Dialect == SqlDialect.PostgreSql:
                return ReadAlterIndex();
            case "SCHEMA" or "DATABASE" or "PUBLICATION" when grammar.Dialect == SqlDialect.PostgreSql:
                return Rest(StatementKind.Ddl) with { IsOpaque = true };
            default:
                return Rest(StatementKind.Ddl);
        }
    }

    private Statement ReadAlterIndex()
    {
        Cursor.Accept("IF", "EXISTS");
        grammar.Names.ReadTable();
        return Cursor.Accept("RENAME", "TO") ? new Statement(StatementKind.Ddl) { KeepsAs = grammar.Names.ReadPart() } : Rest(StatementKind.Ddl);
    }

    private Statement ReadAlterTable()
    {
        Cursor.Accept("IF", "EXISTS");
        var table = grammar.Names.ReadTable();
        var columns = AlteredColumns.Of(Cursor);
        var statement = Rest(StatementKind.Ddl, [table]);
        return statement with { Renamed = columns.Renamed, Remade = columns.Remade, IsRenaming = statement.IsRenaming || columns.IsWorkedOut };
    }

    /// <summary>Reads DROP, UNDROP and TRUNCATE.</summary>
    public Statement ReadDrop()
    {
        var kind = Cursor.Next().Key == "TRUNCATE" ? StatementKind.Truncate : StatementKind.Ddl;
        if (Cursor.IsAny("USER", "ROLE"))
        {
            return Rest(StatementKind.Grant);
        }

        if (Cursor.Accept("PREPARE"))
        {
            return new Statement(StatementKind.Other) { Handle = grammar.Names.ReadPart() };
        }

        Cursor.AcceptAny("TEMPORARY", "MATERIALIZED", "EXTERNAL");
        if (!Cursor.AcceptAny("TABLE", "VIEW") && kind != StatementKind.Truncate)
        {
            return Rest(kind);
        }

        Cursor.Accept("IF", "EXISTS");
        return Rest(kind, ReadTables());
    }

    /// <summary>Reads RENAME.</summary>
    public Statement ReadRename()
    {
        Cursor.Next();
        Cursor.AcceptAny("TABLE", "TABLES");
        Cursor.Accept("IF", "EXISTS");
        var tables = new List<TableName>();
        do
        {
            tables.Add(grammar.Names.ReadTable());
            Cursor.Expect("TO");
            tables.Add(grammar.Names.ReadTable());
        }
        while (Cursor.Accept(","));
        return new Statement(StatementKind.Ddl) { Tables = [.. tables], IsRenaming = true };
    }

    /// <summary>Reads GRANT, REVOKE and COMMENT: the table behind ON.</summary>
    public Statement ReadRights(StatementKind kind)
    {
        while (!Cursor.IsAtEnd && !Cursor.Is("ON"))
        {
            Cursor.Next();
        }

        if (!Cursor.Accept("ON"))
        {
            return new Statement(kind);
        }

        var isColumn = Cursor.AcceptAny("TABLE", "VIEW", "COLUMN") && Cursor.Peek(-1).Key == "COLUMN";
        var tables = new List<TableName>();
        do
        {
            var name = Cursor.Current.IsName ? ReadPartsBeforeStar() : [];
            tables.AddRange(name.Length > 0 ? [new TableName(isColumn && name.Length > 1 ? name[..^1] : name)] : []);
        }
        while (Cursor.Accept(","));

        // GRANT ... ON DATABASE x: the name that was read is the kind of thing.
        return Rest(kind, Cursor.IsAny("TO", "FROM", "IS") ? [.. tables] : []);
    }

    private string[] ReadPartsBeforeStar()
    {
        var parts = new List<string> { grammar.Names.ReadPart() };
        while (Cursor.Accept(".") && !Cursor.Accept("*"))
        {
            parts.Add(grammar.Names.ReadPart());
        }

        return [.. parts];
    }

    /// <summary>Reads tables with commas between.</summary>
    public TableName[] ReadTables()
    {
        var tables = new List<TableName>();
        do
        {
            tables.Add(grammar.Names.ReadTable());
        }
        while (Cursor.Accept(","));
        return [.. tables];
    }

    /// <summary>Passes over the rest; words that give a table or column a second name are seen.</summary>
    public Statement Rest(StatementKind kind, TableName[]? tables = null)
    {
        var names = new List<TableName>(tables ?? []);
        var isRenaming = false;
        var isUnknown = false;
        while (!Cursor.IsAtEnd && !Cursor.IsAny("SELECT", "CALL", "EXECUTE", "EXEC", "BEGIN"))
        {
            // Without PostgreSQL's own parser, what these do to names and values is not followed.
            isUnknown |= grammar.Dialect == SqlDialect.PostgreSql && Cursor.IsAny("SCHEMA", "ATTACH", "INHERIT", "PUBLICATION", "USING", "GENERATED");
            isRenaming |= Cursor.Is("RENAME") && !AlteredColumns.IsOfColumn(Cursor, 0);
            isRenaming |= Cursor.IsAny("EXCHANGE", "SWAP", "CLONE", "INHERIT", "ATTACH", "UNION", "CURRENT_SCHEMA");
            if (Cursor.AcceptAny("TO", "WITH", "CLONE", "RENAME") && kind == StatementKind.Ddl)
            {
                Cursor.Accept("TABLE");
                names.AddRange(Cursor.Current.IsName && !Cursor.IsAny("TO") ? [grammar.Names.ReadTable()] : []);
            }
            else if (!Cursor.IsAtEnd)
            {
                Cursor.Next();
            }
        }

        return new Statement(kind) { Tables = isRenaming ? [.. names] : tables ?? [], IsRenaming = isRenaming, IsOpaque = Cursor.SkipRest() || isUnknown };
    }

    private void SkipModifiers()
    {
        while (Modifiers.Contains(Cursor.Current.Key))
        {
            if (Cursor.Next().Key == "DEFINER" && Cursor.Accept("="))
            {
                _ = Cursor.Next().IsName || Cursor.Peek(-1).Kind == TokenKind.String ? Cursor.Current : throw Cursor.Unexpected();
                _ = Cursor.Current.Kind == TokenKind.Parameter ? Cursor.Next() : default;
                _ = Cursor.Accept("(", ")");
            }
        }
    }

    private Statement ReadTable()
    {
        _ = Cursor.Accept("IF", "NOT", "EXISTS");
        var name = grammar.Names.ReadTable();
        if (Cursor.Is("LIKE") || Cursor.Is("(", "LIKE") || Cursor.IsAny("CLONE", "COPY"))
        {
            Cursor.Accept("(");
            var isCopy = Cursor.Next().Key != "LIKE";
            var model = grammar.Names.ReadTable();
            return new Statement(StatementKind.Ddl) { Tables = [name, model], IsRenaming = isCopy, IsOpaque = Cursor.SkipRest() };
        }

        var isOpaque = false;
        var isRenaming = false;
        var isUnion = false;
        while (!Cursor.IsAtEnd)
        {
            if (Cursor.Is("SELECT") || (Cursor.Is("AS") && Cursor.Peek(1).Key is "SELECT" or "WITH" or "(" or "VALUES" or "TABLE"))
            {
                return Keeping(StatementKind.Insert, name) with { IsOpaque = isOpaque, IsRenaming = isRenaming };
            }

            isUnion |= Cursor.Is("UNION");
            isRenaming |= Cursor.IsAny("UNION", "INHERITS", "CLONE", "CONNECTION");
            isOpaque |= grammar.Dialect == SqlDialect.PostgreSql && (Cursor.Is("INHERITS") || Cursor.Is("PARTITION", "OF"));
            isOpaque |= Cursor.IsAny("AS", "TABLE", "VALUES", "WITH") && Cursor.Peek(1).IsName && !Cursor.Is("WITH", "TAG");
            isOpaque |= SkipOne();
        }

        // Whatever tables MERGE joins go by its name.
        return new Statement(StatementKind.Ddl) { Tables = isUnion ? [] : [name], IsOpaque = isOpaque, IsRenaming = isRenaming };
    }

    /// <summary>Skips a token or what stands in parentheses; true when code stands there.</summary>
    private bool SkipOne()
    {
        var hasCode = false;
        var depth = 0;
        do
        {
            hasCode |= Cursor.IsAny("SELECT", "EXECUTE", "CALL") ? true : Cursor.IsAtEnd && depth > 0 ? throw Cursor.Unexpected() : false;
            depth += Cursor.Next().Key switch { "(" => 1, ")" => -1, _ => 0 };
        }
        while (depth > 0);
        return hasCode;
    }

    private Statement Keeping(StatementKind kind, TableName name)
    {
        Cursor.Accept("AS");
        var query = grammar.Queries.Read();
        if (Cursor.Accept("WITH"))
        {
            Cursor.SkipRest();
        }

        return new Statement(kind) { Query = query, Names = name, Tables = [name] };
    }

    private Statement ReadView()
    {
        _ = Cursor.Accept("IF", "NOT", "EXISTS") || Cursor.Accept("IF", "EXISTS");
        var name = grammar.Names.ReadTable();
        while (!Cursor.IsAtEnd && !(Cursor.Is("AS") && (grammar.Queries.IsNextAt(1) || Cursor.Peek(1).Key == "(")))
        {
            if (SkipOne())
            {
                throw Cursor.Unexpected();
            }
        }

        return Cursor.IsAtEnd ? new Statement(StatementKind.Ddl) { Tables = [name], IsRenaming = true } : Keeping(StatementKind.Ddl, name);
    }

    private Statement ReadSynonym()
    {
        _ = Cursor.Accept("IF", "NOT", "EXISTS");
        var name = grammar.Names.ReadTable();
        Cursor.Expect("FOR");
        return new Statement(StatementKind.Ddl) { Tables = [name, grammar.Names.ReadTable()], IsRenaming = true };
    }

    private Statement ReadOn()
    {
        string? name = null;
        while (!Cursor.IsAtEnd && !Cursor.Is("ON"))
        {
            name = Cursor.Next().Text;
        }

        Cursor.Expect("ON");
        var table = grammar.Names.ReadTable();
        var start = Cursor.Position;
        var index = Rest(StatementKind.Ddl, [table]);
        return grammar.Dialect == SqlDialect.PostgreSql && Cursor.CountTaken(start, "(") > 1 ? index with { KeepsAs = name } : index;
    }
}
