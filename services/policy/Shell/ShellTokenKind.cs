namespace Chaperone.Policy.Shell;

/// <summary>What a token is.</summary>
internal enum ShellTokenKind
{
    /// <summary>A word, quotes taken away.</summary>
    Word,

    /// <summary>An operator or a line break.</summary>
    Operator,
}
