namespace Chaperone.Policy.Shell;

/// <summary>A word or an operator.</summary>
internal sealed record ShellToken(ShellTokenKind Kind, string Text)
{
    /// <summary>All operators, longer ones first.</summary>
    public static readonly string[] Operators = ["<<<", "<<-", "&>>", ";;", "&&", "||", "|&", "&>", "<<", ">>", "<&", ">&", "<>", ">|", ";", "&", "|", "<", ">", "(", ")", "\n"];

    /// <summary>True when a part of it is made when it runs: a variable, a substitution, a choice in braces.</summary>
    public bool IsMade { get; init; }

    /// <summary>True when it is a pattern of files.</summary>
    public bool IsPattern { get; init; }

    /// <summary>True when a part of it was quoted, so that it is no reserved word.</summary>
    public bool IsQuoted { get; init; }
}
