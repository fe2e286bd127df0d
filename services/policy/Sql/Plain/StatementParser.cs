using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql.Plain;

/// <summary>Tells statements apart by their first words.</summary>
internal sealed class StatementParser(Grammar grammar)
{
    private TokenCursor Cursor => grammar.Cursor;

    /// <summary>Reads all statements of the text.</summary>
    public Statement[] ReadAll()
    {
        var statements = new List<Statement>();
        while (Cursor.Current.Kind != TokenKind.End)
        {
            if (Cursor.Accept(";"))
            {
                continue;
            }

            statements.Add(Read());
            if (!Cursor.IsAtEnd)
            {
                throw Cursor.Unexpected();
            }
        }

        return [.. statements];
    }

    /// <summary>Reads one statement, up to its semicolon.</summary>
    public Statement Read()
    {
        Cursor.Enter();
        var statement = grammar.Writes.IsNext ? grammar.Writes.Read([]) : ReadQuery() ?? ReadDefinition() ?? ReadCommand() ?? ReadLoose();
        Cursor.Leave();
        return statement;
    }

    private Statement? ReadQuery()
    {
        if (!grammar.Queries.IsNext && !Cursor.Is("(") && !Cursor.Is("VALUES"))
        {
            return null;
        }

        var start = Cursor.Position;
        var with = grammar.Queries.ReadWith();
        if (with.Length > 0 && grammar.Writes.IsNext)
        {
            return grammar.Writes.Read(with);
        }

        var query = grammar.Queries.ReadAfter(with);
        query = grammar.Queries.IsPacking(start) ? grammar.Queries.Packed(query) : query;
        var kind = grammar.Queries.TakeWritesFile() ? StatementKind.Copy : query.Into is null ? StatementKind.Select : StatementKind.Insert;
        return new Statement(kind) { Query = query };
    }

    private Statement? ReadDefinition() => Cursor.Current.Key switch
    {
        "CREATE" => grammar.Definitions.ReadCreate(),
        "ALTER" => grammar.Definitions.ReadAlter(),
        "DROP" or "UNDROP" or "TRUNCATE" => grammar.Definitions.ReadDrop(),
        "RENAME" => grammar.Definitions.ReadRename(),
        "COMMENT" => grammar.Definitions.ReadRights(StatementKind.Ddl),
        "GRANT" or "REVOKE" => grammar.Definitions.ReadRights(StatementKind.Grant),
        _ => null,
    };

    private Statement? ReadCommand()
    {
        var next = Cursor.Peek(1);
        return Cursor.Current.Key switch
        {
            "CALL" or "EXEC" or "EXECUTE" => grammar.Commands.ReadCall(),
            "PREPARE" or "DEALLOCATE" => grammar.Commands.ReadPrepare(),
            "HANDLER" when grammar.In(SqlDialect.MySql, SqlDialect.Other) => grammar.Commands.ReadHandler(),
            "LOAD" when next.Key is "DATA" or "XML" => grammar.Commands.ReadLoad(),
            "COPY" => grammar.Commands.ReadCopy(),
            "EXPORT" => grammar.Commands.ReadExport(),
            "EXPLAIN" or "DESC" or "DESCRIBE" => grammar.Commands.ReadExplain(),
            "ANALYZE" when next.Key is "SELECT" or "UPDATE" or "DELETE" or "INSERT" or "REPLACE" or "WITH" or "FORMAT" => grammar.Commands.ReadExplain(),
            "SET" => grammar.Commands.ReadSet(),
            "DO" when grammar.Dialect == SqlDialect.MySql => grammar.Commands.ReadDo(),
            "LOCK" => grammar.Commands.ReadLock(),
            "BEGIN" when next.Kind == TokenKind.End || next.Key is ";" or "TRANSACTION" or "TRAN" or "WORK" or "DEFERRED" or "IMMEDIATE" or "EXCLUSIVE" or "CONCURRENT" => null,
            "BEGIN" or "DECLARE" or "IF" or "WHILE" or "LOOP" or "REPEAT" or "FOR" or "CASE" or "DO" => ReadBlock(),
            _ => null,
        };
    }

    /// <summary>Code, whose semicolons are its own: it takes the rest of the text.</summary>
    private Statement ReadBlock()
    {
        Cursor.SkipAll();
        return new Statement(StatementKind.Do) { IsOpaque = true };
    }

    private Statement ReadLoose()
    {
        var key = Cursor.Current.Key;
        var next = Cursor.Peek(1);
        (StatementKind Kind, bool IsOpaque)? loose = key switch
        {
            "BEGIN" or "START" or "COMMIT" or "ROLLBACK" or "SAVEPOINT" or "RELEASE" or "END" or "ABORT" or "XA" => (StatementKind.Transaction, false),
            "SHOW" or "LIST" or "LS" => (StatementKind.Show, false),
            "USE" or "PRAGMA" or "UNSET" or "RESET" => (StatementKind.Set, false),
            "UNLOCK" or "FLUSH" or "KILL" or "ANALYZE" or "OPTIMIZE" or "REINDEX" or "CHECK" or "CHECKSUM" or "REPAIR" or "SHUTDOWN" or "PURGE" => (StatementKind.Other, false),
            "VACUUM" => (StatementKind.Other, next.Key == "INTO" || Cursor.Peek(2).Key == "INTO"),
            "GET" or "PUT" or "UNLOAD" or "BACKUP" or "RESTORE" or "IMPORT" or "REMOVE" or "RM" => (StatementKind.Copy, true),
            "ATTACH" or "DETACH" or "INSTALL" or "UNINSTALL" or "LOAD" or "CACHE" or "CHANGE" or "ASSERT" or "HELP" or "BINLOG" or "CLONE" => (StatementKind.Other, true),
            _ => null,
        };
        if (loose is not { } found)
        {
            throw Cursor.Unexpected();
        }

        Cursor.Next();
        return new Statement(found.Kind) { IsOpaque = Cursor.SkipRest() || found.IsOpaque, IsRenaming = key == "ATTACH" };
    }
}
