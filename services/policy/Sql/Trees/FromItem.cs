namespace Chaperone.Policy.Sql.Trees;

/// <summary>Where a query takes rows from.</summary>
internal abstract record FromItem
{
    /// <summary>The name it goes by; null where it has none.</summary>
    public string? Alias { get; init; }

    /// <summary>New names of its columns; empty where they keep theirs.</summary>
    public string[] Columns { get; init; } = [];

    /// <summary>A table, view or common table expression.</summary>
    public sealed record Table(TableName Name) : FromItem
    {
        /// <summary>True when it may stand for another table of the session: a table variable, a temporary table.</summary>
        public bool IsLocal { get; init; }
    }

    /// <summary>A query in parentheses.</summary>
    public sealed record Derived(Query Query) : FromItem
    {
        /// <summary>LATERAL or APPLY: runs once for each row before it.</summary>
        public bool IsLateral { get; init; }
    }

    /// <summary>A function, or several with ROWS FROM.</summary>
    public sealed record Functions(Expression[] Calls) : FromItem;

    /// <summary>A join.</summary>
    public sealed record Join(FromItem Left, FromItem Right, JoinKind Kind) : FromItem
    {
        /// <summary>ON; null where there is none.</summary>
        public Expression? On { get; init; }

        /// <summary>USING.</summary>
        public string[] Using { get; init; } = [];

        /// <summary>NATURAL: equal in all columns of the same name.</summary>
        public bool IsNatural { get; init; }
    }
}
