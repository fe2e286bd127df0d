namespace Chaperone.Policy.Reading;

/// <summary>A policy file that cannot be used; the message lists every problem, one a line.</summary>
internal sealed class PolicyFileException(IReadOnlyList<PolicyProblem> problems) : Exception(Say(problems))
{
    private const int Shown = 100;

    /// <summary>All of them, in file order.</summary>
    public IReadOnlyList<PolicyProblem> Problems => problems;

    /// <summary>One problem a line; of very many only the first hundred.</summary>
    public static string Say(IReadOnlyList<PolicyProblem> problems)
    {
        var lines = problems.Take(Shown).Select(p => p.ToString());
        var more = problems.Count > Shown ? [$"... and {problems.Count - Shown} more"] : Array.Empty<string>();
        return string.Join('\n', [$"The policy file has {problems.Count} problem(s):", .. lines, .. more]);
    }
}
