using System.Diagnostics;

namespace Chaperone.TestKit;

/// <summary>A server program started for tests. It dies with this process, even if this process is killed; it is stopped by the id kept here.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    // The shell becomes the server (same process id). A subshell waits for our end of the pipe: a line means a tidy end,
    // a closed pipe means that the test process is gone.
    private const string Launcher =
        "exec 3<&0 </dev/null; { read -r _ <&3 || kill -9 $$; } & exec 3<&-; exec \"$@\" >>\"$CHAPERONE_SERVER_LOG\" 2>&1";

    private readonly Process _process;
    private readonly string _log;

    private ServerProcess(Process process, string log)
    {
        _process = process;
        _log = log;
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Whether servers that refuse to run as root need another user here.</summary>
    public static bool IsRoot { get; } = Environment.IsPrivilegedProcess;

    public static ServerProcess Start(string log, IReadOnlyDictionary<string, string> environment, params string[] command)
    {
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, UseShellExecute = false };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(Launcher);
        start.ArgumentList.Add("server");
        foreach (var word in command)
        {
            start.ArgumentList.Add(word);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["CHAPERONE_SERVER_LOG"] = log;
        return new ServerProcess(Process.Start(start)!, log);
    }

    /// <summary>Runs a program to its end and returns what it printed.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message holds what it said.</exception>
    public static async Task<string> RunAsync(IReadOnlyDictionary<string, string> environment, string? input, CancellationToken cancellationToken, params string[] command)
    {
        var (exitCode, output, errors) = await RunToEndAsync(environment, input, cancellationToken, command);
        return exitCode == 0 ? output : throw new InvalidOperationException($"{command[0]} ended with {exitCode}: {output}{errors}");
    }

    /// <summary>Runs a program to its end, however it ends; a cancelled wait kills it.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunToEndAsync(IReadOnlyDictionary<string, string> environment, string? input, CancellationToken cancellationToken, params string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        try
        {
            try
            {
                await process.StandardInput.WriteAsync(input);
                process.StandardInput.Close();
            }
            catch (IOException)
            {
                // It ended without reading: its exit code and words say why.
            }

            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    /// <summary>Waits until <paramref name="ready"/> says yes; fails at once, with the end of its log, when the server ends before.</summary>
    public Task UntilReadyAsync(Func<ValueTask<bool>> ready, string name, CancellationToken cancellationToken) =>
        TestLimits.UntilAsync(
            async () => HasExited ? throw new InvalidOperationException($"{name} ended while starting:\n{LogTail()}") : await ready(),
            $"{name} to accept connections",
            cancellationToken,
            TestLimits.Start);

    /// <summary>Sends a signal, e.g. <c>-STOP</c>.</summary>
    public Task SignalAsync(string signal, CancellationToken cancellationToken) =>
        RunAsync(new Dictionary<string, string>(), null, cancellationToken, "/bin/kill", signal, $"{Id}");

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        ReleaseLauncher();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private void ReleaseLauncher()
    {
        try
        {
            _process.StandardInput.WriteLine("end");
            _process.StandardInput.Close();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // Released before.
        }
    }

    private string LogTail() => File.Exists(_log) ? string.Join('\n', File.ReadLines(_log).TakeLast(20)) : "(no log)";
}
