using System.Diagnostics;
using System.Security.Cryptography;
using Npgsql;

namespace Chaperone.TestKit;

/// <summary>A private PostgreSQL on a loopback port, with its data in a temporary directory that goes with it.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string User = "chaperone";
    private static readonly Dictionary<string, string> Nothing = [];
    private static readonly TimeSpan BackendsEnd = TimeSpan.FromMilliseconds(200);

    private readonly string _root;
    private readonly string _binaries;
    private readonly string _password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
    private ServerProcess? _process;
    private int _databases;

    private PostgresServer(string root, string binaries)
    {
        _root = root;
        _binaries = binaries;
    }

    /// <summary>Loopback port, the same after <see cref="RestartAsync"/>.</summary>
    public int Port { get; } = PrivatePorts.Take();

    /// <summary>The superuser.</summary>
    public static string Owner => User;

    /// <summary>Its password, new for each server.</summary>
    public string Password => _password;

    /// <summary>Where <c>psql</c>, <c>pg_dump</c> and <c>pg_restore</c> lie.</summary>
    public string Binaries => _binaries;

    /// <summary>Where the server keeps its files.</summary>
    public string DataDirectory => Path.Combine(_root, "data");

    /// <summary>Creates a cluster and waits until it answers queries.</summary>
    /// <exception cref="InvalidOperationException">PostgreSQL is not installed, or did not start; the message says what to do.</exception>
    public static async Task<PostgresServer> StartAsync(CancellationToken cancellationToken)
    {
        var server = new PostgresServer(Directory.CreateTempSubdirectory("chaperone-postgres-").FullName, FindBinaries());
        try
        {
            await server.InitializeAsync(cancellationToken);
            await server.RestartAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Connection string of <paramref name="database"/> as its owner.</summary>
    public string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = Port,
        Username = User,
        Password = _password,
        Database = database,
    }.ConnectionString;

    /// <summary>Creates an empty database with a name of its own; returns its connection string.</summary>
    public async Task<string> CreateDatabaseAsync(CancellationToken cancellationToken)
    {
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync($"CREATE DATABASE {name}", cancellationToken);
        return ConnectionString(name);
    }

    /// <summary>kill -9: what a power cut looks like to a client.</summary>
    public async Task StopHardAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
            _process = null;
        }
    }

    /// <summary>Starts the server on the same data and port; returns when it answers queries.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        // After kill -9 the backends end by themselves a moment later; until then the memory they share keeps a new server away.
        var patience = Stopwatch.StartNew();
        while (true)
        {
            await StopHardAsync();
            File.Delete(Path.Combine(DataDirectory, "postmaster.pid"));
            _process = Launch();
            try
            {
                await _process.UntilReadyAsync(() => AnswersAsync(cancellationToken), "PostgreSQL", cancellationToken);
                return;
            }
            catch (InvalidOperationException e) when (e.Message.Contains("shared memory block", StringComparison.Ordinal) && patience.Elapsed < TestLimits.Start)
            {
                await Task.Delay(BackendsEnd, cancellationToken);
            }
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await StopHardAsync();
        NpgsqlConnection.ClearAllPools();
        await TemporaryFiles.DeleteAsync(_root);
    }

    private ServerProcess Launch() => ServerProcess.Start(
        Path.Combine(_root, "log"),
        Nothing,
        [
            .. AsOwner(),
            Path.Combine(_binaries, "postgres"),
            "-D", DataDirectory,
            "-p", $"{Port}",
            "-c", "listen_addresses=127.0.0.1",
            "-c", "unix_socket_directories=",
            "-c", "shared_buffers=64MB",
            "-c", "max_connections=500",
        ]);

    private static string[] AsOwner() =>
        ServerProcess.IsRoot ? ["/usr/bin/setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] : [];

    private static string FindBinaries()
    {
        var named = Environment.GetEnvironmentVariable("CHAPERONE_TEST_POSTGRES_BIN");
        string[] packaged = Directory.Exists("/usr/lib/postgresql")
            ? [.. Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(d => Path.Combine(d, "bin"))]
            : [];
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        string[] places = named is null ? [.. packaged, .. path] : [named];
        return places.FirstOrDefault(d => File.Exists(Path.Combine(d, "postgres")) && File.Exists(Path.Combine(d, "initdb")))
            ?? throw new InvalidOperationException(
                "Tests need PostgreSQL 15 or newer. Install it (Debian: apt-get install postgresql), or set CHAPERONE_TEST_POSTGRES_BIN to the directory that holds initdb and postgres.");
    }

    private async Task InitializeAsync(CancellationToken cancellationToken)
    {
        var secret = Path.Combine(_root, "password");
        await File.WriteAllTextAsync(secret, _password, cancellationToken);
        if (ServerProcess.IsRoot)
        {
            await ServerProcess.RunAsync(Nothing, null, cancellationToken, "chown", "-R", "postgres", _root);
        }

        await ServerProcess.RunAsync(
            Nothing,
            null,
            cancellationToken,
            [
                .. AsOwner(),
                Path.Combine(_binaries, "initdb"),
                "-D", DataDirectory,
                "-U", User,
                "-A", "scram-sha-256",
                $"--pwfile={secret}",
                "-E", "UTF8",
                "--locale=C",
                "--no-sync",
                "--no-instructions",
            ]);
    }

    private async ValueTask<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ExecuteAsync("SELECT 1", cancellationToken);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    /// <summary>Runs SQL as the superuser in the database <c>postgres</c>.</summary>
    public async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
