namespace Chaperone.Policy.Sql.Trees;

/// <summary>Which side of a join keeps rows without a partner.</summary>
internal enum JoinKind
{
    /// <summary>Neither; also CROSS.</summary>
    Inner,

    /// <summary>The left one.</summary>
    Left,

    /// <summary>The right one.</summary>
    Right,

    /// <summary>Both.</summary>
    Full,
}
