namespace Chaperone.Policy.Shell;

/// <summary>What a text of a POSIX shell says.</summary>
internal sealed class ShellScript
{
    /// <summary>The commands it runs, those within others included.</summary>
    public List<ShellCommand> Commands { get; } = [];

    /// <summary>Commands that it may run: the words of commands that are not known, each read as if it began one. For rules that restrict.</summary>
    public List<ShellCommand> Possible { get; } = [];

    /// <summary>True when a command's output goes into another: <c>|</c>.</summary>
    public bool HasPipes { get; set; }

    /// <summary>True when files are read or written by <c>&lt;</c> or <c>&gt;</c>.</summary>
    public bool HasRedirections { get; set; }

    /// <summary>True when text is made by other commands: <c>$(...)</c>, backquotes, <c>&lt;(...)</c>.</summary>
    public bool HasSubstitutions { get; set; }

    /// <summary>True when more than one command is run one after the other: <c>;</c>, <c>&amp;&amp;</c>, <c>||</c>, <c>&amp;</c>, line breaks, compound commands.</summary>
    public bool HasSeveral { get; set; }

    /// <summary>Why it cannot be read, without a word of it; null when it can.</summary>
    public string? Problem { get; set; }

    /// <summary>True when what runs cannot be known: a command whose name is a variable or a pattern, eval, source, a script from a pipe.</summary>
    public bool IsOpaque { get; set; }
}
