namespace Chaperone.Policy.Reading;

/// <summary>Collects all problems of a file, so that one reading tells them all.</summary>
internal sealed class PolicyProblems(string file)
{
    private readonly List<PolicyProblem> _all = [];

    /// <summary>Name of the file.</summary>
    public string File => file;

    /// <summary>In file order.</summary>
    public IReadOnlyList<PolicyProblem> All => [.. _all.OrderBy(p => p.Line).ThenBy(p => p.Column)];

    public bool Any => _all.Count > 0;

    public void Add(YamlNode at, string key, string problem, string remedy) =>
        _all.Add(new PolicyProblem(file, at.Line, at.Column, key, problem, remedy));

    public void Add(string problem, string remedy) => _all.Add(new PolicyProblem(file, 0, 0, string.Empty, problem, remedy));
}
