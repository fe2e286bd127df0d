namespace Chaperone.Policy.Reading;

/// <summary>One thing wrong with a policy file.</summary>
/// <param name="File">Name of the file.</param>
/// <param name="Line">From 1; 0 when it is about the whole file.</param>
/// <param name="Column">From 1.</param>
/// <param name="Key">Path of the key, e.g. <c>rules[2].match.tool</c>; empty at the top.</param>
/// <param name="Problem">What is wrong.</param>
/// <param name="Remedy">What to do.</param>
internal sealed record PolicyProblem(string File, long Line, long Column, string Key, string Problem, string Remedy)
{
    /// <summary><c>file:line:column key: problem; remedy</c>.</summary>
    public override string ToString()
    {
        var place = Line == 0 ? File : $"{File}:{Line}:{Column}";
        return Key.Length == 0 ? $"{place}: {Problem}; {Remedy}" : $"{place} {Key}: {Problem}; {Remedy}";
    }
}
