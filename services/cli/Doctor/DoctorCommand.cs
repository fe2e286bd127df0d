using System.CommandLine;

namespace Chaperone.Cli.Doctor;

/// <summary><c>chaperone doctor</c>: whether an installation can work, and what to do where it cannot.</summary>
internal sealed class DoctorCommand(TextWriter output, TextWriter error)
{
    private readonly Option<string[]> _files = new("--env-file")
    {
        Description = "File of NAME=value lines with the rooms' settings, as systemd and Docker read it; may be given several times, the last wins. Variables of the environment come after them.",
        HelpName = "FILE",
    };

    private readonly Option<string[]> _rooms = new("--room")
    {
        Description = "Room to look at, several times if need be. Default: all of them.",
        HelpName = "ROOM",
    };

    private readonly Option<string[]> _running = new("--running")
    {
        Description = "Base URL of a room or host that runs, to be asked whether it is ready; may be given several times.",
        HelpName = "URL",
    };

    public static Command Create(TextWriter output, TextWriter error)
    {
        var doctor = new DoctorCommand(output, error);
        doctor._rooms.AcceptOnlyFromAmong(Installation.AllRooms);
        var command = new Command(
            "doctor",
            "Looks at settings, keys and rights of files, folders and disk space, broker, databases, Vault, Elasticsearch, identity providers, the policy file with its upstream servers, and clocks, "
            + "and says what to do. Run it as the user of the rooms and in their working directory. It changes nothing and shows no secret to anybody but the server it is for. "
            + "Exit codes: 0 all is well, or there are only things to look at; 1 something keeps Chaperone from working; 2 the command line is wrong, or a file it names cannot be read.")
        {
            doctor._files, doctor._rooms, doctor._running,
        };
        command.SetAction(doctor.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            var configuration = EnvironmentFile.Settings(parsed.GetValue(_files) ?? []);
            using var installation = new Installation(configuration, parsed.GetValue(_rooms) is { Length: > 0 } rooms ? rooms : Installation.AllRooms);
            using var web = new WebChecks(TimeProvider.System);

            Diagnosis[] found =
            [
                .. installation.Settings,
                .. DoorChecks.Of(installation),
                .. FileChecks.Of(installation),
                .. await ServerChecks.OfAsync(installation, TimeProvider.System, cancellationToken),
                .. VaultChecks.Of(installation.Recorder, TimeProvider.System),
                .. await web.OfAsync(installation, [.. (parsed.GetValue(_running) ?? []).Select(AddressOf)], cancellationToken),
            ];
            foreach (var diagnosis in found)
            {
                await SayAsync(diagnosis);
            }

            var (ill, look) = (found.Count(d => d.State == Condition.Ill), found.Count(d => d.State == Condition.Look));
            await output.WriteLineAsync();
            await output.WriteLineAsync((ill, look) switch
            {
                (0, 0) => "All is well.",
                (0, _) => $"It can work. {Things(look)} to look at.",
                _ => $"It cannot work as it is: {Things(ill)} to mend{(look > 0 ? $", {Things(look)} to look at" : "")}.",
            });
            return ill > 0 ? ExitCode.Tampered : ExitCode.Intact;
        }

        // The bus reads its transport before anything can be checked. The message names the key, and the value, which is not said.
        catch (InvalidOperationException e) when (e.Message.Contains("Failed to convert", StringComparison.Ordinal))
        {
            await output.WriteLineAsync($"MEND  settings of bus: a value cannot be read: {Installation.WithoutValue(e)}");
            return ExitCode.Tampered;
        }
        catch (UnreadableException e)
        {
            await error.WriteLineAsync(e.Message);
            return ExitCode.Unreadable;
        }
    }

    private static Uri AddressOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is ("http" or "https")
            ? url
            : throw new UnreadableException($"--running is '{text}': give a URL, e.g. http://127.0.0.1:7100.");

    private async Task SayAsync(Diagnosis diagnosis)
    {
        var mark = diagnosis.State switch
        {
            Condition.Well => "ok  ",
            Condition.Look => "LOOK",
            _ => "MEND",
        };
        await output.WriteLineAsync($"{mark}  {diagnosis.Subject}: {diagnosis.Words}");
        if (diagnosis.Remedy is { } remedy)
        {
            await output.WriteLineAsync($"      {remedy}");
        }
    }

    private static string Things(int count) => count == 1 ? "1 thing" : $"{count} things";
}
