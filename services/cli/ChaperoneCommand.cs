using System.CommandLine;
using Chaperone.Cli.Disclosures;
using Chaperone.Cli.Doctor;
using Chaperone.Cli.Policies;
using Chaperone.Cli.Witness;

namespace Chaperone.Cli;

/// <summary>The <c>chaperone</c> command.</summary>
internal static class ChaperoneCommand
{
    public static Task<int> RunAsync(string[] args) => RunAsync(args, System.Console.Out, System.Console.Error, System.Console.OpenStandardInput, CancellationToken.None);

    /// <summary>Runs one command line; what it says goes to <paramref name="output"/>, complaints to <paramref name="error"/>; <paramref name="input"/> opens what is piped in.</summary>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, Func<Stream> input, CancellationToken cancellationToken)
    {
        var root = new RootCommand("Chaperone proves and exports what the gateway recorded, shows what masking does to a text, tries policy files, and makes Elasticsearch ready. All it writes to the ledger is that it handed something out.")
        {
            VerifyCommand.Create(output, error),
            ExportCommand.Create(output, error),
            DisclosuresCommand.Create(output, error, input, TimeProvider.System),
            RetentionCommand.Create(output, error),
            ScanCommand.Create(output, error, input),
            new Command("policy", "Checks, explains, tries, compares and signs policies, and shows their versions.")
            {
                PolicyCheckCommand.Create(output, error),
                PolicyExplainCommand.Create(output, error, input, TimeProvider.System),
                PolicyTestCommand.Create(output, error, input),
                PolicyDiffCommand.Create(output, error),
                PolicySignCommand.Create(output, error),
                PolicyVersionsCommand.Create(output, error),
                PolicyShowCommand.Create(output, error),
            },
            ElasticCommand.Create(output, error),
            WitnessCommand.Create(output, error),
            DoctorCommand.Create(output, error),
            VersionCommand.Create(output),
        };
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var problem in parsed.Errors)
            {
                await error.WriteLineAsync(problem.Message);
            }

            await error.WriteLineAsync("Run 'chaperone --help' to see what it can do.");
            return ExitCode.Unreadable;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error }, cancellationToken);
    }
}
