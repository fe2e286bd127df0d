using System.CommandLine;
using System.Reflection;

namespace Chaperone.Cli;

/// <summary><c>chaperone version</c>.</summary>
internal static class VersionCommand
{
    public static Command Create(TextWriter output)
    {
        var command = new Command("version", "Says which Chaperone this is.");
        command.SetAction(_ =>
        {
            var version = typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
            output.WriteLine($"Chaperone {version}");
            return ExitCode.Intact;
        });
        return command;
    }
}
