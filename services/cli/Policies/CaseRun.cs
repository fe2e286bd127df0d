using Chaperone.Policy.Cases;

namespace Chaperone.Cli.Policies;

/// <summary>Runs a file of cases against its policy.</summary>
internal static class CaseRun
{
    /// <summary>The exit code.</summary>
    /// <exception cref="UnreadableException">The policy cannot be read.</exception>
    public static async Task<int> RunAsync(CaseFile file, string path, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        foreach (var problem in file.Problems)
        {
            await error.WriteLineAsync(problem.ToString());
        }

        if (file.Problems.Count > 0
            || await PolicyPlace.OpenAsync(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, file.Policy!), error, cancellationToken) is not { } policy)
        {
            return ExitCode.Unreadable;
        }

        var failed = 0;
        var runner = new CaseRunner(policy);
        foreach (var test in file.Cases)
        {
            var differs = runner.Run(test);
            failed += differs is null ? 0 : 1;
            await output.WriteLineAsync(differs is null ? $"ok   {test.Name}" : $"FAIL {test.Name}: {differs}");
        }

        await output.WriteLineAsync($"{file.Cases.Count} cases, {failed} failed. Policy: {policy.Digest}");
        return failed == 0 ? ExitCode.Intact : ExitCode.Tampered;
    }
}
