using Microsoft.Extensions.Options;
using Npgsql;

namespace Chaperone.Recorder.Store;

/// <summary>The recorder's own connections to PostgreSQL; another room of the process has others.</summary>
internal sealed class PostgresSource(IOptions<RecorderOptions> options) : IAsyncDisposable
{
    private readonly Lazy<NpgsqlDataSource> _connections = new(() => Create(options.Value));

    // Shorter than the journal's patience, so that the cause is told.
    private const int ConnectSeconds = 2;
    private const int CommandSeconds = 30;

    // The statements of an append and of the search come again with every commit: the server reads and plans them once for each connection.
    private const int Prepared = 50;

    public NpgsqlDataSource Connections => _connections.Value;

    public ValueTask DisposeAsync() => _connections.IsValueCreated ? _connections.Value.DisposeAsync() : ValueTask.CompletedTask;

    private static NpgsqlDataSource Create(RecorderOptions options)
    {
        var builder = new NpgsqlDataSourceBuilder(options.ConnectionString);
        builder.ConnectionStringBuilder.Timeout = ConnectSeconds;
        builder.ConnectionStringBuilder.CommandTimeout = CommandSeconds;
        builder.ConnectionStringBuilder.ApplicationName = "chaperone-recorder";
        if (!builder.ConnectionStringBuilder.ContainsKey("Max Auto Prepare"))
        {
            builder.ConnectionStringBuilder.MaxAutoPrepare = Prepared;
        }

        if (options.PasswordFile is { } file)
        {
            // Read at each connection, so that a changed password needs no restart.
            builder.UsePasswordProvider(
                _ => File.ReadAllText(file).TrimEnd('\r', '\n'),
                async (_, cancellationToken) => (await File.ReadAllTextAsync(file, cancellationToken)).TrimEnd('\r', '\n'));
        }

        return builder.Build();
    }
}
