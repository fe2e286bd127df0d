using Chaperone.Policy.Documents;
using Chaperone.Policy.Reading;

namespace Chaperone.Cli.Policies;

/// <summary>Opens policy files that a command line names.</summary>
internal static class PolicyPlace
{
    /// <summary>The policy; null when it has problems, which are written to <paramref name="error"/>.</summary>
    /// <exception cref="UnreadableException">There is no such file.</exception>
    public static async Task<PolicyDocument?> OpenAsync(string path, TextWriter error, CancellationToken cancellationToken)
    {
        var bundle = await PolicyBundle.LoadAsync(path, cancellationToken);
        if (bundle.Main.Fault is { } fault)
        {
            throw new UnreadableException($"{path} {fault}.");
        }

        var reading = PolicyFile.Read(bundle);
        foreach (var problem in reading.Problems)
        {
            await error.WriteLineAsync(problem.ToString());
        }

        return reading.Document;
    }
}
