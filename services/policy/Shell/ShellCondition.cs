namespace Chaperone.Policy.Shell;

/// <summary>What a rule says of shell commands; wary and exact as for SQL.</summary>
internal sealed record ShellCondition
{
    /// <summary>Commands; empty for any.</summary>
    public CommandPattern[] Commands { get; init; } = [];

    /// <summary>Whether there are pipes.</summary>
    public bool? Pipes { get; init; }

    /// <summary>Whether there are redirections.</summary>
    public bool? Redirections { get; init; }

    /// <summary>Whether there are substitutions.</summary>
    public bool? Substitutions { get; init; }

    /// <summary>Whether several commands are run.</summary>
    public bool? Several { get; init; }

    /// <summary>Whether it holds; <paramref name="wary"/> for rules that restrict.</summary>
    public bool Holds(ShellScript script, bool wary)
    {
        if (script.Problem is not null)
        {
            return wary;
        }

        if (!Is(Pipes, script.HasPipes) || !Is(Redirections, script.HasRedirections) || !Is(Substitutions, script.HasSubstitutions) || !Is(Several, script.HasSeveral))
        {
            return false;
        }

        if (Commands.Length == 0)
        {
            return wary || script is { IsOpaque: false, Commands.Count: > 0 };
        }

        return wary
            ? script.IsOpaque || script.Commands.Concat(script.Possible).Any(c => Commands.Any(p => p.MayMean(c)))
            : !script.IsOpaque && script.Commands.Count > 0 && script.Commands.TrueForAll(c => Commands.Any(p => p.Means(c)));
    }

    private static bool Is(bool? wanted, bool found) => wanted is null || wanted == found;
}
