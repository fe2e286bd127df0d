namespace Chaperone.Cli;

/// <summary>How <c>chaperone</c> ends.</summary>
internal static class ExitCode
{
    /// <summary>All is well.</summary>
    public const int Intact = 0;

    /// <summary>Something was changed, lost, or does not fit together.</summary>
    public const int Tampered = 1;

    /// <summary>The command line is wrong, or what it names cannot be read.</summary>
    public const int Unreadable = 2;

    /// <summary>For <c>--help</c> of what talks to servers and verifies nothing.</summary>
    public const string SetupHelp = "Exit codes: 0 all is done; 2 the command line is wrong, a file cannot be read or written, or a server is away or refuses.";

    /// <summary>For <c>--help</c>.</summary>
    public const string Help =
        "Exit codes: 0 all is well; 1 something was changed, lost or does not fit together; 2 the command line is wrong, or what it names cannot be read.";
}
