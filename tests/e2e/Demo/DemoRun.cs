using System.Diagnostics;
using Chaperone.TestKit;

namespace Chaperone.E2E.Tests.Demo;

/// <summary><c>make run</c> on private ports, with what the tests built; one for all tests of a class.</summary>
public sealed class DemoRun : IAsyncLifetime
{
    private readonly int[] _ports = [PrivatePorts.Take(), PrivatePorts.Take(), PrivatePorts.Take()];
    private readonly List<string> _lines = [];
    private Process _process = null!;

    /// <summary>What it keeps.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("chaperone-demo-").FullName;

    /// <summary>What it printed until it was ready.</summary>
    public IReadOnlyList<string> Lines => _lines;

    /// <summary>Where clients go.</summary>
    public string Gateway => $"http://127.0.0.1:{_ports[0]}";

    /// <summary>Where people sign in.</summary>
    public string Issuer => $"http://127.0.0.1:{_ports[2]}";

    /// <summary>A printed line that starts with <paramref name="word"/>.</summary>
    public string Command(string word) => Assert.Single(_lines, line => line.StartsWith(word, StringComparison.Ordinal));

    /// <summary>Runs <paramref name="command"/> as somebody would who pasted it.</summary>
    public static async Task<(int Code, string Output)> PasteAsync(string command, CancellationToken cancellationToken)
    {
        using var shell = Start("bash", ["-c", command], new Dictionary<string, string>());
        var errors = shell.StandardError.ReadToEndAsync(cancellationToken);
        var output = await shell.StandardOutput.ReadToEndAsync(cancellationToken);
        await shell.WaitForExitAsync(cancellationToken);
        return (shell.ExitCode, output + await errors);
    }

    /// <summary>Starts it a second time on the same ports; it has to say no.</summary>
    public Task<(int Code, string Output)> AgainAsync(CancellationToken cancellationToken) =>
        PasteAsync(string.Join(' ', Environment().Select(pair => $"{pair.Key}='{pair.Value}'")) + $" '{Script}'", cancellationToken);

    /// <summary>Ctrl-C; answers with the exit code.</summary>
    public async Task<int> InterruptAsync(CancellationToken cancellationToken)
    {
        if (!_process.HasExited)
        {
            await PasteAsync($"kill -INT {_process.Id}", cancellationToken);
            await _process.WaitForExitAsync(cancellationToken).WaitAsync(TestLimits.Signal, cancellationToken);
        }

        return _process.ExitCode;
    }

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        _process = Start(Script, [], Environment());
        using var limit = new CancellationTokenSource(TestLimits.Start);
        while (await _process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            _lines.Add(line);
            if (line.StartsWith("Ctrl-C", StringComparison.Ordinal))
            {
                return;
            }
        }

        throw new InvalidOperationException($"make run ended: {string.Join('\n', _lines)}{await _process.StandardError.ReadToEndAsync(limit.Token)}");
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await InterruptAsync(CancellationToken.None);
        _process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static string Script => Path.Combine(ShippedRooms.Root, "compose", "demo", "run.sh");

    private Dictionary<string, string> Environment() => new()
    {
        ["CHAPERONE_DEMO_BUILT"] = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name,
        ["CHAPERONE_DEMO_DIR"] = Folder,
        ["CHAPERONE_DEMO_PORT"] = $"{_ports[0]}",
        ["CHAPERONE_DEMO_CLINIC_PORT"] = $"{_ports[1]}",
        ["CHAPERONE_DEMO_ISSUER_PORT"] = $"{_ports[2]}",
    };

    private static Process Start(string program, string[] arguments, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
