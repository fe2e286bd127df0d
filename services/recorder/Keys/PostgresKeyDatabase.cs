using System.Data.Common;
using Chaperone.Recorder.Store;
using Npgsql;

namespace Chaperone.Recorder.Keys;

/// <summary>Keys in PostgreSQL (schema <c>recorder_keys</c>), shared by all recorders.</summary>
/// <param name="source">Connections; disposed by whoever made them.</param>
/// <param name="readOnly">True to read it only: nothing is created.</param>
internal sealed class PostgresKeyDatabase(NpgsqlDataSource source, bool readOnly = false) : KeyDatabase
{
    private const string Name = "recorder_keys";

    private static readonly string[] Versions = [Schema(Name + ".", "BYTEA"), StandingSchema(Name + ".", "BYTEA")];

    private readonly SemaphoreSlim _opening = new(1, 1);
    private volatile bool _open;

    public override string Prefix => Name + ".";

    public override async ValueTask OpenAsync(CancellationToken cancellationToken)
    {
        if (readOnly || _open)
        {
            return;
        }

        // Records that come all at once do not take a connection each.
        await _opening.WaitAsync(cancellationToken);
        try
        {
            if (!_open)
            {
                await PostgresSchema.MigrateAsync(source, Name, Versions, cancellationToken);
                _open = true;
            }
        }
        finally
        {
            _opening.Release();
        }
    }

    public override T Write<T>(Func<KeyWriter, T> work)
    {
        using var connection = source.OpenConnection();

        // A commit that returns is on disk, whatever the server's default.
        Execute(connection, "SET synchronous_commit TO on");
        return Run(connection, Prefix, work);
    }

    public override void Wipe()
    {
        using var connection = source.OpenConnection();
        Execute(connection, $"VACUUM FULL {Name}.session");
        Execute(connection, $"VACUUM FULL {Name}.period");
    }

    public override ValueTask DisposeAsync()
    {
        _opening.Dispose();
        return ValueTask.CompletedTask;
    }

    protected override DbConnection Reader() => source.OpenConnection();

    private static void Execute(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
