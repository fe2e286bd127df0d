namespace Chaperone.Policy.Sql.Trees;

/// <summary>INSERT, UPDATE, DELETE or MERGE.</summary>
internal sealed record Write(StatementKind Kind, TableName Target)
{
    /// <summary>The name the target goes by; null where it has its own.</summary>
    public string? Alias { get; init; }

    /// <summary>WITH.</summary>
    public CommonTable[] With { get; init; } = [];

    /// <summary>The rows that are inserted; null elsewhere.</summary>
    public Query? Source { get; init; }

    /// <summary>FROM or USING.</summary>
    public FromItem[] From { get; init; } = [];

    /// <summary>WHERE, or the condition of a MERGE.</summary>
    public Expression? Where { get; init; }

    /// <summary>What columns are set to.</summary>
    public Expression[] Values { get; init; } = [];

    /// <summary>The columns that are written; empty where all are.</summary>
    public string[] Columns { get; init; } = [];

    /// <summary>Columns and what they are set to, where <see cref="Columns"/> and <see cref="Values"/> hold more: MERGE, ON CONFLICT.</summary>
    public (string Column, Expression Value)[] Assigned { get; init; } = [];

    /// <summary>RETURNING or OUTPUT.</summary>
    public Output[] Returning { get; init; } = [];

    /// <summary>OUTPUT INTO: where the returned rows go.</summary>
    public TableName? ReturningInto { get; init; }

    /// <summary>A literal TOP or LIMIT; null where there is none.</summary>
    public long? Limit { get; init; }
}
