namespace Chaperone.Policy.Sql.Trees;

/// <summary>What a text of SQL says.</summary>
internal sealed record Script
{
    /// <summary>Its statements, in order; empty when it has none or cannot be read.</summary>
    public Statement[] Statements { get; init; } = [];

    /// <summary>Why it cannot be read, without a word of the text; null when it can.</summary>
    public string? Problem { get; init; }

    /// <summary>True when it holds a comment.</summary>
    public bool HasComments { get; init; }

    /// <summary>A text that cannot be read.</summary>
    public static Script Unreadable(string problem) => new() { Problem = problem };
}
