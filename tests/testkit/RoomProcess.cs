using System.Net;

namespace Chaperone.TestKit;

/// <summary>One process of Chaperone as shipped, on a loopback port.</summary>
public sealed class RoomProcess : IAsyncDisposable
{
    private readonly string _log;
    private readonly string[] _command;
    private readonly IReadOnlyDictionary<string, string> _environment;
    private ServerProcess _process;

    private RoomProcess(string name, string url, string log, string[] command, IReadOnlyDictionary<string, string> environment)
    {
        (Name, Url, _log, _command, _environment) = (name, url, log, command, environment);
        _process = ServerProcess.Start(log, environment, command);
    }

    /// <summary>E.g. <c>policy-2</c>.</summary>
    public string Name { get; }

    /// <summary>Processor time it has used so far, user and system.</summary>
    public TimeSpan ProcessorTime => _process.ProcessorTime;

    /// <summary>Of its last start.</summary>
    public int ProcessId => _process.Id;

    /// <summary>True once it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Its settings.</summary>
    public IReadOnlyDictionary<string, string> Environment => _environment;

    /// <summary>Where it listens.</summary>
    public string Url { get; }

    /// <summary>What it has logged so far.</summary>
    public string Log => File.Exists(_log) ? File.ReadAllText(_log) : string.Empty;

    /// <summary>Starts it without waiting.</summary>
    public static RoomProcess Start(string name, string program, string directory, IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        StartCommand(name, ["dotnet", program, .. arguments], directory, environment);

    /// <summary>Starts a program as it is installed, without waiting.</summary>
    public static RoomProcess StartProgram(string name, string program, string directory, IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        StartCommand(name, [program, .. arguments], directory, environment);

    private static RoomProcess StartCommand(string name, string[] command, string directory, IReadOnlyDictionary<string, string> environment)
    {
        var url = $"http://127.0.0.1:{PrivatePorts.Take()}";
        var all = new Dictionary<string, string>(environment) { ["ASPNETCORE_URLS"] = url, ["DOTNET_ENVIRONMENT"] = "Production" };
        return new RoomProcess(name, url, Path.Combine(directory, name + ".log"), command, all);
    }

    /// <summary>Waits for <paramref name="path"/> to answer 200.</summary>
    /// <exception cref="TimeoutException">It did not; the message holds its last answer and the end of its log.</exception>
    public async Task ReadyAsync(CancellationToken cancellationToken, string path = "/health/ready")
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        var last = "no answer";
        try
        {
            await UntilAsync();
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message} Last answer: {last}\n{string.Join('\n', Log.Split('\n').TakeLast(30))}", e);
        }

        Task UntilAsync() => _process.UntilReadyAsync(
            async () =>
            {
                try
                {
                    using var response = await http.GetAsync(Url + path, cancellationToken);
                    last = $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync(cancellationToken)}";
                    return response.StatusCode == HttpStatusCode.OK;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
                catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
                {
                    return false;
                }
            },
            Name,
            cancellationToken);
    }

    /// <summary>kill -9.</summary>
    public Task KillAsync() => _process.KillAsync();

    /// <summary>SIGTERM, until it has ended: a program that started others (nginx) ends them, as kill -9 would not.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _process.SignalAsync("-TERM", cancellationToken);
        await TestLimits.UntilAsync(() => ValueTask.FromResult(_process.HasExited), $"{Name} to end", cancellationToken);
    }

    /// <summary>Freezes it: its connections stay open and nothing is answered.</summary>
    public Task FreezeAsync(CancellationToken cancellationToken) => _process.SignalAsync("-STOP", cancellationToken);

    /// <summary>Lets it go on.</summary>
    public Task ThawAsync(CancellationToken cancellationToken) => _process.SignalAsync("-CONT", cancellationToken);

    /// <summary>Starts it again with the same settings and port, by <paramref name="program"/> where another version takes its place.</summary>
    public void Restart(string? program = null)
    {
        if (program is not null)
        {
            _command[1] = program;
        }

        _process = ServerProcess.Start(_log, _environment, _command);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
