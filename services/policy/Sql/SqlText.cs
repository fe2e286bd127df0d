namespace Chaperone.Policy.Sql;

/// <summary>Limits of what is read.</summary>
internal static class SqlText
{
    /// <summary>Longest text that is read, in characters; a longer one is unreadable.</summary>
    public const int MaxLength = 128 * 1024;

    /// <summary>Deepest nesting of a tree that is read.</summary>
    public const int MaxDepth = 200;
}
