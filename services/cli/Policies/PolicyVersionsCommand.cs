using System.CommandLine;
using System.Globalization;
using Chaperone.Policy.Versions;

namespace Chaperone.Cli.Policies;

/// <summary><c>chaperone policy versions</c>: which versions of the policy came into force, when, by whom, and what they changed.</summary>
internal sealed class PolicyVersionsCommand(TextWriter output, TextWriter error)
{
    private readonly Option<string> _folder = FolderOption();

    public static Command Create(TextWriter output, TextWriter error)
    {
        var versions = new PolicyVersionsCommand(output, error);
        var command = new Command("versions", "Lists the versions of the policy in the order in which they came into force. Exit codes: 0 listed; 2 there are none, or they cannot be read.");
        command.Options.Add(versions._folder);
        command.SetAction(versions.RunAsync);
        return command;
    }

    /// <summary>Where versions are kept.</summary>
    public static Option<string> FolderOption() => new("--folder")
    {
        Description = "Folder that keeps them (Policy:VersionsFolder).",
        DefaultValueFactory = _ => Path.Combine("data", "policy", "versions"),
    };

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var folder = parsed.GetValue(_folder)!;
        try
        {
            var versions = new VersionArchive(folder).Read();
            if (versions.Count == 0)
            {
                await error.WriteLineAsync($"No versions are kept in {folder}; name the folder of the policy room (Policy:VersionsFolder) with --folder.");
                return ExitCode.Unreadable;
            }

            foreach (var version in versions)
            {
                var signers = version.Signers.Length == 0 ? "not signed" : $"signed by {string.Join(", ", version.Signers)}";
                await output.WriteLineAsync($"{version.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}Z {version.Digest} {version.Rules} rules, {signers}");
                await SayAsync("added", version.Changes.Added);
                await SayAsync("removed", version.Changes.Removed);
                await SayAsync("changed", version.Changes.Changed);
            }

            return ExitCode.Intact;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync($"Cannot list versions: {e.Message}");
            return ExitCode.Unreadable;
        }
    }

    private async Task SayAsync(string what, string[] names)
    {
        if (names.Length > 0)
        {
            await output.WriteLineAsync($"  {what}: {string.Join(", ", names)}");
        }
    }
}
