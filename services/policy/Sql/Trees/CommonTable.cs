namespace Chaperone.Policy.Sql.Trees;

/// <summary>One query of WITH: exactly one of <see cref="Query"/> and <see cref="Write"/> is set.</summary>
internal sealed record CommonTable(string Name, string[] Columns, bool IsRecursive)
{
    /// <summary>A query.</summary>
    public Query? Query { get; init; }

    /// <summary>A statement that writes and returns rows.</summary>
    public Write? Write { get; init; }
}
