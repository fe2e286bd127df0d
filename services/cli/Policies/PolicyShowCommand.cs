using System.CommandLine;
using System.Text;
using Chaperone.Policy.Versions;

namespace Chaperone.Cli.Policies;

/// <summary><c>chaperone policy show</c>: the files of a version as they were when it came into force.</summary>
internal sealed class PolicyShowCommand(TextWriter output, TextWriter error)
{
    private readonly Argument<string> _digest = new("DIGEST") { Description = "Digest of the version, or its beginning, as decisions carry it." };
    private readonly Option<string> _folder = PolicyVersionsCommand.FolderOption();
    private readonly Option<string?> _out = new("--out") { Description = "Folder to write the files to, instead of showing them." };

    public static Command Create(TextWriter output, TextWriter error)
    {
        var show = new PolicyShowCommand(output, error);
        var command = new Command("show", "Shows the files of a version of the policy. Exit codes: 0 shown; 2 there is no such version, or it cannot be read.");
        command.Arguments.Add(show._digest);
        command.Options.Add(show._folder);
        command.Options.Add(show._out);
        command.SetAction(show.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (digest, folder) = (parsed.GetValue(_digest)!, parsed.GetValue(_folder)!);
        try
        {
            if (new VersionArchive(folder).Files(digest) is not { } files)
            {
                await error.WriteLineAsync($"{folder} keeps no version, or more than one, whose digest begins with {digest}; chaperone policy versions lists them.");
                return ExitCode.Unreadable;
            }

            foreach (var (name, bytes) in files)
            {
                if (parsed.GetValue(_out) is not { } target)
                {
                    await output.WriteLineAsync($"# {name}");
                    await output.WriteLineAsync(Encoding.UTF8.GetString(bytes));
                    continue;
                }

                var path = Path.Combine(target, name);
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
                await File.WriteAllBytesAsync(path, bytes, cancellationToken);
                await output.WriteLineAsync(path);
            }

            return ExitCode.Intact;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync($"Cannot show the version: {e.Message}");
            return ExitCode.Unreadable;
        }
    }
}
