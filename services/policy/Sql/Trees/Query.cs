namespace Chaperone.Policy.Sql.Trees;

/// <summary>A SELECT, a VALUES list, or a set operation of two queries.</summary>
internal sealed record Query
{
    /// <summary>WITH.</summary>
    public CommonTable[] With { get; init; } = [];

    /// <summary>The two sides of UNION, INTERSECT or EXCEPT; null in a SELECT.</summary>
    public (Query Left, Query Right)? Sides { get; init; }

    /// <summary>FROM, item by item.</summary>
    public FromItem[] From { get; init; } = [];

    /// <summary>WHERE, and what else filters rows before they are grouped.</summary>
    public Expression? Where { get; init; }

    /// <summary>GROUP BY, its sets flattened.</summary>
    public Expression[] GroupBy { get; init; } = [];

    /// <summary>True with GROUP BY, even with an empty one.</summary>
    public bool IsGrouped { get; init; }

    /// <summary>What comes out, in order.</summary>
    public Output[] Outputs { get; init; } = [];

    /// <summary>DISTINCT.</summary>
    public bool IsDistinct { get; init; }

    /// <summary>HAVING, QUALIFY, ORDER BY, DISTINCT ON, WINDOW: seen for what they call and nest.</summary>
    public Expression[] Others { get; init; } = [];

    /// <summary>The number of rows of a VALUES list; null elsewhere.</summary>
    public int? ValueRows { get; init; }

    /// <summary>A literal LIMIT, TOP or FETCH that holds without ties or percent; null otherwise.</summary>
    public long? Limit { get; init; }

    /// <summary>True when LIMIT, TOP or FETCH stands there, of whatever kind.</summary>
    public bool HasLimit { get; init; }

    /// <summary>LIMIT and OFFSET where they are no literals.</summary>
    public Expression[] LimitParts { get; init; } = [];

    /// <summary>FOR XML, FOR JSON: all rows in one value.</summary>
    public bool IsPacked { get; init; }

    /// <summary>INTO: the table that is made of the rows.</summary>
    public TableName? Into { get; init; }
}
