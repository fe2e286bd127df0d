using Npgsql;

namespace Chaperone.TestKit;

/// <summary>A whole running Chaperone of either form, from the shipped programs, with keys and data in a folder of its own.</summary>
public sealed class Gateway : IAsyncDisposable
{
    private static readonly string[] Workers = ["policy", "masking", "approval", "recorder"];
    private readonly List<RoomProcess> _rooms = [];
    private readonly GatewayExtras _extras;
    private string[] _host = [];
    private RabbitMqBroker? _broker;
    private PostgresServer? _postgres;

    private Gateway(GatewayForm form, GatewayExtras extras) => (Form, _extras) = (form, extras);

    /// <summary>How it is put together.</summary>
    public GatewayForm Form { get; }

    /// <summary>Everything it writes.</summary>
    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("chaperone-gateway-").FullName;

    /// <summary>The edge's base URL; a server is below <c>/mcp/</c>.</summary>
    public string EdgeUrl { get; private set; } = string.Empty;

    /// <summary>The console's base URL.</summary>
    public string ConsoleUrl { get; private set; } = string.Empty;

    /// <summary>The policy file in force; tests may rewrite it.</summary>
    public string PolicyFile => Path.Combine(Directory, "policy.yaml");

    /// <summary>All processes.</summary>
    public IReadOnlyList<RoomProcess> Rooms => _rooms;

    /// <summary>The broker; null in the embedded form.</summary>
    public RabbitMqBroker? Broker => _broker;

    /// <summary>The database server; null in the embedded form.</summary>
    public PostgresServer? Postgres => _postgres;

    /// <summary>Between the rooms and the broker; null without relays.</summary>
    public TcpRelay? BrokerRelay { get; private set; }

    /// <summary>Between the rooms and the database; null without relays.</summary>
    public TcpRelay? DatabaseRelay { get; private set; }

    /// <summary>TLS before the broker; null where rooms speak without.</summary>
    public TlsFront? BrokerFront { get; private set; }

    /// <summary>TLS before the database; null where rooms speak without.</summary>
    public TlsFront? DatabaseFront { get; private set; }

    /// <summary>The virtual host of the rooms, without relay or credentials; null in the embedded form.</summary>
    public Uri? Vhost { get; private set; }

    /// <summary>What <c>chaperone verify</c> needs to find the store.</summary>
    public string[] StoreArguments { get; private set; } = [];

    /// <summary>
    /// Starts all of it and waits until every room is ready; <paramref name="host"/> is a program with its arguments in place of the
    /// shipped embedded form.
    /// </summary>
    public static Task<Gateway> StartAsync(
        GatewayForm form, string policy, TestIssuer issuer, CancellationToken cancellationToken, IReadOnlyDictionary<string, string>? settings = null, GatewayExtras? extras = null, string[]? host = null) =>
        StartAsync(form, policy, issuer.Authority, cancellationToken, settings, extras, host);

    /// <summary>As above, with the issuer at <paramref name="authority"/>.</summary>
    public static async Task<Gateway> StartAsync(
        GatewayForm form, string policy, string authority, CancellationToken cancellationToken, IReadOnlyDictionary<string, string>? settings = null, GatewayExtras? extras = null, string[]? host = null)
    {
        var gateway = new Gateway(form, extras ?? new GatewayExtras()) { _host = host ?? [ShippedRooms.Program("services/host", "Chaperone.Host")] };
        try
        {
            await File.WriteAllTextAsync(gateway.PolicyFile, policy, cancellationToken);
            await gateway.StartAsync(authority, settings ?? new Dictionary<string, string>(), cancellationToken);
            return gateway;
        }
        catch
        {
            await gateway.DisposeAsync();
            throw;
        }
    }

    /// <summary>The processes of a room, e.g. both of <c>policy</c>.</summary>
    public IEnumerable<RoomProcess> Of(string room) => _rooms.Where(r => r.Name == room || r.Name.StartsWith(room + "-", StringComparison.Ordinal));

    /// <summary>Runs the shipped <c>chaperone</c> command; returns its exit code and what it printed.</summary>
    public static async Task<(int Code, string Output)> ChaperoneAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("dotnet", [ShippedRooms.Program("services/cli", "chaperone"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, await output + await errors);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var room in _rooms)
        {
            await room.DisposeAsync();
        }

        foreach (var part in new IAsyncDisposable?[] { BrokerFront, DatabaseFront, BrokerRelay, DatabaseRelay })
        {
            if (part is not null)
            {
                await part.DisposeAsync();
            }
        }

        if (_broker is not null)
        {
            await _broker.DisposeAsync();
        }

        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
        }

        await TemporaryFiles.DeleteAsync(Directory);
    }

    private async Task StartAsync(string authority, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var common = Settings(authority);
        if (Form == GatewayForm.RabbitMq)
        {
            await AddServersAsync(common, cancellationToken);
        }

        foreach (var (name, value) in settings)
        {
            common[name] = value;
        }

        if (Form == GatewayForm.Embedded)
        {
            var host = RoomProcess.Start("host", _host[0], Directory, WithOwn(common, "host"), _host[1..]);
            _rooms.Add(host);
            (EdgeUrl, ConsoleUrl) = (host.Url, host.Url);
            StoreArguments = ["--store", common["CHAPERONE_Recorder__DataDirectory"]];
        }
        else
        {
            StartRooms(common);
        }

        await Task.WhenAll(_rooms.Select(r => r.ReadyAsync(cancellationToken)));
    }

    private void StartRooms(Dictionary<string, string> common)
    {
        foreach (var worker in Workers)
        {
            for (var replica = 1; replica <= _extras.Replicas; replica++)
            {
                var own = new Dictionary<string, string>(common) { ["CHAPERONE_Recorder__DataDirectory"] = Path.Combine(Directory, $"recorder-{replica}") };
                _rooms.Add(StartRoom(worker, $"{worker}-{replica}", own));
            }
        }

        var edge = StartRoom("edge", "edge", common);
        var console = StartRoom("console", "console", common);
        _rooms.AddRange([edge, console]);
        (EdgeUrl, ConsoleUrl) = (edge.Url, console.Url);
    }

    private RoomProcess StartRoom(string room, string name, IReadOnlyDictionary<string, string> environment) =>
        RoomProcess.Start(name, ShippedRooms.Room(room, _extras.Checkout), Directory, WithOwn(environment, name));

    private Dictionary<string, string> WithOwn(IReadOnlyDictionary<string, string> environment, string name)
    {
        var all = new Dictionary<string, string>(environment);
        foreach (var (variable, value) in _extras.OwnEnvironment(name))
        {
            all[variable] = value;
        }

        return all;
    }

    private Dictionary<string, string> Settings(string authority) => new()
    {
        ["CHAPERONE_Bus__KeyFile"] = Key("bus"),

        // Six processes compile their code on a crowded machine: what is late there is not lost.
        ["CHAPERONE_Bus__HotTimeout"] = "00:00:10",
        ["CHAPERONE_Bus__JournalTimeout"] = "00:00:10",
        ["CHAPERONE_Edge__RefuseAfter"] = "00:00:25",
        ["CHAPERONE_Edge__KeyFile"] = Key("edge"),
        ["CHAPERONE_Edge__PolicyFile"] = PolicyFile,
        ["CHAPERONE_Edge__Issuers__0__Authority"] = authority,
        ["CHAPERONE_Edge__Issuers__0__Audience"] = "chaperone",
        ["CHAPERONE_Policy__File"] = PolicyFile,
        ["CHAPERONE_Policy__DataDirectory"] = Path.Combine(Directory, "policy"),
        ["CHAPERONE_Policy__VersionsFolder"] = Path.Combine(Directory, "policy", "versions"),
        ["CHAPERONE_Recorder__KeyFile"] = Key("record"),
        ["CHAPERONE_Recorder__SigningKeyFile"] = Key("ledger"),
        ["CHAPERONE_Recorder__DataDirectory"] = Path.Combine(Directory, "recorder"),
        ["CHAPERONE_Approval__KeyFile"] = Key("approval"),
        ["CHAPERONE_Masking__KeyFile"] = Key("masking"),
        ["CHAPERONE_Approval__DataDirectory"] = Path.Combine(Directory, "approval"),
        ["CHAPERONE_Console__Authority"] = authority,
        ["CHAPERONE_Console__RequireHttpsMetadata"] = "false",
        ["CHAPERONE_Console__DataDirectory"] = Path.Combine(Directory, "console"),
        ["CHAPERONE_Console__ApproverGroups__0"] = "approvers",
        ["CHAPERONE_Console__AnalystGroups__0"] = "analysts",
        ["CHAPERONE_Console__AdminGroups__0"] = "admins",
    };

    private async Task AddServersAsync(Dictionary<string, string> common, CancellationToken cancellationToken)
    {
        _broker = await RabbitMqBroker.StartAsync(cancellationToken);
        _postgres = await PostgresServer.StartAsync(cancellationToken);
        var vhost = await _broker.CreateVhostAsync(cancellationToken);
        Vhost = vhost;
        if (_extras.WithRelays)
        {
            BrokerRelay = TcpRelay.Start(vhost.Port);
            DatabaseRelay = TcpRelay.Start(_postgres.Port);
        }

        if (_extras.Certificate is { } certificate)
        {
            BrokerFront = TlsFront.Start(BrokerRelay?.Port ?? vhost.Port, certificate);
            DatabaseFront = TlsFront.Start(DatabaseRelay?.Port ?? _postgres.Port, certificate, isPostgres: true);

            // Where OpenSSL, and so .NET, looks for authorities.
            common["SSL_CERT_FILE"] = _extras.AuthorityFile!;
        }

        common["CHAPERONE_Bus__Transport"] = "RabbitMq";
        common["CHAPERONE_Bus__Uri"] = new UriBuilder(vhost) { Scheme = BrokerFront is null ? "amqp" : "amqps", Port = BrokerFront?.Port ?? BrokerRelay?.Port ?? vhost.Port }.Uri.ToString();
        common["CHAPERONE_Bus__User"] = _broker.User;
        common["CHAPERONE_Bus__PasswordFile"] = await SecretAsync("broker", _broker.Password, cancellationToken);
        foreach (var room in new[] { "Recorder", "Approval", "Policy" })
        {
            var connection = new NpgsqlConnectionStringBuilder(await _postgres.CreateDatabaseAsync(cancellationToken));
            common[$"CHAPERONE_{room}__PasswordFile"] = await SecretAsync(room, connection.Password!, cancellationToken);
            var complete = connection.ConnectionString;
            connection.Password = null;
            connection.Port = DatabaseFront?.Port ?? DatabaseRelay?.Port ?? connection.Port;
            if (DatabaseFront is not null)
            {
                (connection.SslMode, connection.RootCertificate) = (SslMode.VerifyFull, _extras.AuthorityFile);
            }

            common[$"CHAPERONE_{room}__{(room == "Policy" ? "PinStore" : "Store")}"] = "PostgreSql";
            common[$"CHAPERONE_{room}__ConnectionString"] = connection.ConnectionString;
            StoreArguments = room == "Recorder" ? ["--postgres", complete] : StoreArguments;
        }
    }

    private async Task<string> SecretAsync(string name, string value, CancellationToken cancellationToken)
    {
        var path = Path.Combine(Directory, name + ".password");
        await File.WriteAllTextAsync(path, value, cancellationToken);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }

    private string Key(string name) => Path.Combine(Directory, "keys", name + ".key");
}
