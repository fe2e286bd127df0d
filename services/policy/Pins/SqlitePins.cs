using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Chaperone.Policy.Pins;

/// <summary>A SQLite file (WAL, synchronous=FULL): a committed write survives a power cut.</summary>
internal sealed class SqlitePins(string directory) : IPinConnections
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string _connectionString = new SqliteConnectionStringBuilder { DataSource = Path.Combine(directory, "policy.db"), DefaultTimeout = 5 }.ConnectionString;

    /// <inheritdoc/>
    public string LongType => "INTEGER";

    /// <inheritdoc/>
    public string CreateSchema => string.Empty;

    /// <inheritdoc/>
    public string Prefix => string.Empty;

    /// <inheritdoc/>
    public async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(directory, OwnerOnly);
        var connection = new SqliteConnection(_connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL";
            await command.ExecuteNonQueryAsync(cancellationToken);
            return connection;
        }

        // Whatever it was, nobody else will close it.
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    // Not deferred: the write lock is taken at once, so what is read stays true until the commit.
    public Task<DbTransaction> BeginAsync(DbConnection connection, CancellationToken cancellationToken) =>
        Task.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(deferred: false));

    public ValueTask DisposeAsync()
    {
        SqliteConnection.ClearPool(new SqliteConnection(_connectionString));
        return ValueTask.CompletedTask;
    }
}
