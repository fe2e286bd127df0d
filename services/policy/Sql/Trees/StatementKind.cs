namespace Chaperone.Policy.Sql.Trees;

/// <summary>What a statement does; the names in the policy file are these in lower case.</summary>
internal enum StatementKind
{
    /// <summary>Reads rows: SELECT, VALUES, TABLE, FETCH, DECLARE CURSOR.</summary>
    Select,

    /// <summary>INSERT, SELECT INTO, CREATE TABLE AS.</summary>
    Insert,

    /// <summary>UPDATE.</summary>
    Update,

    /// <summary>DELETE.</summary>
    Delete,

    /// <summary>MERGE, REPLACE, INSERT ... ON CONFLICT.</summary>
    Merge,

    /// <summary>TRUNCATE.</summary>
    Truncate,

    /// <summary>CREATE, ALTER, DROP, COMMENT, and what else changes definitions.</summary>
    Ddl,

    /// <summary>GRANT, REVOKE, and what else changes rights.</summary>
    Grant,

    /// <summary>COPY, LOAD DATA, BULK INSERT, BACKUP, RESTORE.</summary>
    Copy,

    /// <summary>CALL, EXEC, EXECUTE.</summary>
    Call,

    /// <summary>DO blocks and other code.</summary>
    Do,

    /// <summary>EXPLAIN that runs nothing.</summary>
    Explain,

    /// <summary>SET, RESET, USE, PRAGMA.</summary>
    Set,

    /// <summary>SHOW, DESCRIBE.</summary>
    Show,

    /// <summary>BEGIN, COMMIT, ROLLBACK, SAVEPOINT.</summary>
    Transaction,

    /// <summary>Anything else: VACUUM, LOCK, LISTEN, KILL, SHUTDOWN.</summary>
    Other,
}
