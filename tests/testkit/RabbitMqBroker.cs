using System.Security.Cryptography;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Chaperone.TestKit;

/// <summary>
/// A private RabbitMQ node on loopback ports, with its data, log, home and Erlang cookie in a temporary directory that goes
/// with it and an epmd of its own, so it meets no other node of the machine. With <c>CHAPERONE_TEST_RABBITMQ</c>
/// (<c>amqp://user:password@host:port/vhost</c>) that broker is used instead, and tests that kill it fail.
/// </summary>
public sealed class RabbitMqBroker : IAsyncDisposable
{
    private const string Launcher = "/usr/lib/rabbitmq/bin/rabbitmq-server";
    private const string Missing =
        "Tests need RabbitMQ. Install it (Debian: apt-get install rabbitmq-server; its service need not run), or set CHAPERONE_TEST_RABBITMQ=amqp://user:password@host:port/vhost.";

    private readonly string? _root;
    private readonly Uri? _external;
    private readonly int _port = PrivatePorts.Take();
    private readonly int _distributionPort = PrivatePorts.Take();
    private readonly int _epmdPort = PrivatePorts.Take();
    private ServerProcess? _epmd;
    private ServerProcess? _node;
    private int _vhosts;

    private RabbitMqBroker(string? root, Uri? external)
    {
        _root = root;
        _external = external;
        if (external is not null)
        {
            var words = external.UserInfo.Split(':', 2);
            (User, Password) = words.Length == 2
                ? (Uri.UnescapeDataString(words[0]), Uri.UnescapeDataString(words[1]))
                : throw new InvalidOperationException("CHAPERONE_TEST_RABBITMQ must hold user:password.");
        }
    }

    /// <summary>Whether this fixture started the broker and may kill it.</summary>
    public bool IsOurs => _external is null;

    /// <summary>A user with all rights.</summary>
    public string User { get; } = "chaperone";

    /// <summary>Its password, new for each broker.</summary>
    public string Password { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>Where the node keeps queues and messages.</summary>
    public string DataDirectory => Path.Combine(Root, "mnesia");

    private string Root => _root ?? throw new InvalidOperationException("The broker of CHAPERONE_TEST_RABBITMQ is not ours.");

    private string NodeName => $"chaperone{_port}@localhost";

    /// <summary>Starts a node and waits until it really accepts AMQP.</summary>
    /// <exception cref="InvalidOperationException">RabbitMQ is not installed, or did not start; the message says what to do.</exception>
    public static async Task<RabbitMqBroker> StartAsync(CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable("CHAPERONE_TEST_RABBITMQ") is { Length: > 0 } external)
        {
            return new RabbitMqBroker(null, new Uri(external));
        }

        if (!File.Exists(Launcher))
        {
            throw new InvalidOperationException(Missing);
        }

        var broker = new RabbitMqBroker(Directory.CreateTempSubdirectory("chaperone-rabbitmq-").FullName, null);
        try
        {
            broker.WriteConfiguration();
            broker._epmd = ServerProcess.Start(Path.Combine(broker.Root, "epmd.log"), broker.Settings(), "epmd", "-port", $"{broker._epmdPort}");
            await broker.RestartAsync(cancellationToken);
            return broker;
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes an empty virtual host; returns its AMQP URI without credentials.</summary>
    public async Task<Uri> CreateVhostAsync(CancellationToken cancellationToken)
    {
        if (_external is not null)
        {
            return new UriBuilder(_external) { UserName = "", Password = "" }.Uri;
        }

        var name = $"test-{Interlocked.Increment(ref _vhosts)}";
        var answer = await EvaluateAsync(
            $"ok = rabbit_vhost:add(<<\"{name}\">>, <<\"test\">>), "
            + $"ok = rabbit_auth_backend_internal:set_permissions(<<\"{User}\">>, <<\"{name}\">>, <<\".*\">>, <<\".*\">>, <<\".*\">>, <<\"test\">>).",
            cancellationToken);
        return answer.Trim() == "{ok, ok}" ? VhostUri(name) : throw new InvalidOperationException($"RabbitMQ made no vhost: {answer}");
    }

    /// <summary>Runs Erlang in the node, for what AMQP cannot ask; returns the printed term.</summary>
    public async Task<string> EvaluateAsync(string erlang, CancellationToken cancellationToken)
    {
        var cookie = await File.ReadAllTextAsync(Path.Combine(Root, "home", ".erlang.cookie"), cancellationToken);
        var printed = string.Empty;

        // On a crowded machine the handshake between Erlang nodes times out before anything is run: then it is tried again.
        await TestLimits.UntilAsync(
            async () =>
            {
                try
                {
                    printed = await ServerProcess.RunAsync(Settings(), erlang + "\n", cancellationToken, "erl_call", "-r", "-sname", NodeName, "-c", cookie, "-e");
                    return true;
                }
                catch (InvalidOperationException e) when (e.Message.Contains("failed to connect to node", StringComparison.Ordinal))
                {
                    return false;
                }
            },
            $"erl_call to reach {NodeName}",
            cancellationToken);
        return printed;
    }

    /// <summary>A connection as <see cref="User"/>, without recovery.</summary>
    public Task<IConnection> ConnectAsync(Uri vhost, CancellationToken cancellationToken) => new ConnectionFactory
    {
        Uri = vhost,
        UserName = User,
        Password = Password,
        AutomaticRecoveryEnabled = false,
    }.CreateConnectionAsync(cancellationToken);

    /// <summary>Erlang process ids of the connections with this client-provided name.</summary>
    public async Task<string[]> FindConnectionsAsync(Uri vhost, string name, CancellationToken cancellationToken)
    {
        var found = await EvaluateAsync(
            "lists:flatten(lists:join(\" \", [pid_to_list(P) || P <- rabbit_networking:local_connections(), "
            + "[{vhost, V}, {client_properties, C}] <- [rabbit_reader:info(P, [vhost, client_properties])], "
            + $"V =:= <<\"{vhost.AbsolutePath[1..]}\">>, "
            + $"lists:keyfind(<<\"connection_name\">>, 1, C) =:= {{<<\"connection_name\">>, longstr, <<\"{name}\">>}}])).",
            cancellationToken);
        var start = found.IndexOf('"', StringComparison.Ordinal);
        return start < 0 ? [] : found[(start + 1)..found.LastIndexOf('"')].Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Cuts one connection from the broker's side, as when its process dies.</summary>
    public Task CutConnectionAsync(string connection, CancellationToken cancellationToken) =>
        EvaluateAsync($"exit(list_to_pid(\"{connection}\"), kill).", cancellationToken);

    /// <summary>
    /// Puts the existence of new queues on disk. The node does so by itself, but not before it confirms (Mnesia, and the
    /// DETS table of Raft logs): kill -9 in the first seconds of a quorum queue's life loses it with all it confirmed.
    /// </summary>
    public Task SyncMetadataAsync(CancellationToken cancellationToken) =>
        EvaluateAsync("mnesia:sync_log(), [dets:sync(T) || T <- dets:all()].", cancellationToken);

    /// <summary>Freezes the node: connections stay open and nothing is answered.</summary>
    public Task FreezeAsync(CancellationToken cancellationToken) => SignalAsync("-STOP", cancellationToken);

    /// <summary>Lets a frozen node go on.</summary>
    public Task ThawAsync(CancellationToken cancellationToken) => SignalAsync("-CONT", cancellationToken);

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _ = Root;
        if (_node is not null)
        {
            await _node.DisposeAsync();
            _node = null;
        }
    }

    /// <summary>Starts the node on the same data and ports; returns when it accepts AMQP.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        await KillAsync();
        _node = ServerProcess.Start(Path.Combine(Root, "console.log"), Settings(), Launcher);
        await _node.UntilReadyAsync(() => AcceptsAsync(cancellationToken), "RabbitMQ", cancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_root is null)
        {
            return;
        }

        await KillAsync();
        if (_epmd is not null)
        {
            await _epmd.DisposeAsync();
        }

        await TemporaryFiles.DeleteAsync(_root);
    }

    private void WriteConfiguration()
    {
        Directory.CreateDirectory(Path.Combine(Root, "home"));
        File.WriteAllText(Path.Combine(Root, "plugins"), "[].\n");
        File.WriteAllText(Path.Combine(Root, "environment"), "");
        File.WriteAllText(
            Path.Combine(Root, "rabbitmq.conf"),
            $"""
             listeners.tcp.1 = 127.0.0.1:{_port}
             default_user = {User}
             default_pass = {Password}
             log.console = true
             log.console.level = warning
             log.file = false
             disk_free_limit.absolute = 50MB

             """);
    }

    private Dictionary<string, string> Settings() => new()
    {
        ["HOME"] = Path.Combine(Root, "home"),
        ["ERL_EPMD_PORT"] = $"{_epmdPort}",
        ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
        ["RABBITMQ_NODENAME"] = NodeName,
        ["RABBITMQ_DIST_PORT"] = $"{_distributionPort}",
        ["RABBITMQ_MNESIA_BASE"] = DataDirectory,
        ["RABBITMQ_LOG_BASE"] = Path.Combine(Root, "log"),
        ["RABBITMQ_CONFIG_FILE"] = Path.Combine(Root, "rabbitmq.conf"),
        ["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(Root, "environment"),
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(Root, "plugins"),

        // Otherwise the script stays as the node's parent, and killing the script leaves the node.
        ["RUNNING_UNDER_SYSTEMD"] = "true",

        // No busy waiting on a shared machine; Erlang distribution on loopback only.
        ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "+sbwt none +sbwtdcpu none +sbwtdio none -kernel inet_dist_use_interface {127,0,0,1}",
    };

    private async ValueTask<bool> AcceptsAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await ConnectAsync(VhostUri("%2F"), cancellationToken);
            await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
            return true;
        }
        catch (Exception e) when (e is BrokerUnreachableException or OperationInterruptedException or IOException)
        {
            return false;
        }
    }

    private Task SignalAsync(string signal, CancellationToken cancellationToken)
    {
        _ = Root;
        return _node is null
            ? throw new InvalidOperationException("The broker does not run.")
            : _node.SignalAsync(signal, cancellationToken);
    }

    private Uri VhostUri(string vhost) => new($"amqp://127.0.0.1:{_port}/{vhost}");
}
