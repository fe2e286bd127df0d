namespace Chaperone.Policy.Sql.Trees;

/// <summary>One statement.</summary>
internal sealed record Statement(StatementKind Kind)
{
    /// <summary>What it reads and hands out, stores or keeps ready: SELECT, COPY (query), CREATE TABLE AS, DECLARE CURSOR, PREPARE.</summary>
    public Query? Query { get; init; }

    /// <summary>What it writes.</summary>
    public Write? Write { get; init; }

    /// <summary>Tables that it names otherwise: DDL, COPY, GRANT, LOCK.</summary>
    public TableName[] Tables { get; init; } = [];

    /// <summary>Tables of which it hands out every row: COPY table TO, HANDLER, table in a dump.</summary>
    public TableName[] WholeTables { get; init; } = [];

    /// <summary>Calls and other expressions outside of a query.</summary>
    public Expression[] Expressions { get; init; } = [];

    /// <summary>True when what it runs cannot be known: DO, CALL, EXECUTE of a string.</summary>
    public bool IsOpaque { get; init; }

    /// <summary>What it is said to do with a name: RENAME, CREATE SYNONYM, ATTACH, INHERIT give a table a second name.</summary>
    public bool IsRenaming { get; init; }

    /// <summary>Columns that get another name.</summary>
    public (string From, string To)[] Renamed { get; init; } = [];

    /// <summary>Columns whose values are made anew: one that is added, or gets a type that can make two values one.</summary>
    public string[] Remade { get; init; } = [];

    /// <summary>The name under which a planner then keeps values of <see cref="Tables"/>: an index over expressions, or one that is renamed.</summary>
    public string? KeepsAs { get; init; }

    /// <summary>The name of a prepared statement or cursor that it makes or uses; null where none.</summary>
    public string? Handle { get; init; }

    /// <summary>True for CREATE VIEW and other statements that give <see cref="Query"/> a name that outlives them.</summary>
    public TableName? Names { get; init; }

    /// <summary>The function or aggregate that it defines; empty for an operator or a cast; null elsewhere.</summary>
    public string[]? Defines { get; init; }

    /// <summary>The function that a trigger on <see cref="Tables"/> runs; null elsewhere.</summary>
    public string[]? Runs { get; init; }

    /// <summary>True for a loop: what is in <see cref="Inner"/> may run any number of times.</summary>
    public bool IsRepeated { get; init; }

    /// <summary>Statements within: EXPLAIN ANALYZE, IF, WHILE, BEGIN ... END.</summary>
    public Statement[] Inner { get; init; } = [];
}
