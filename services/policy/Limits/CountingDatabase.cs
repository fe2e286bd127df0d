using System.Data.Common;
using Npgsql;

namespace Chaperone.Policy.Limits;

/// <summary>The PostgreSQL schema <c>policy</c>, in which limits and the counters of sessions are counted. Thread-safe.</summary>
/// <param name="source">Connections; disposed with this.</param>
/// <param name="tables">Statements that make the tables where they are not there yet.</param>
internal sealed class CountingDatabase(NpgsqlDataSource source, string tables) : IAsyncDisposable
{
    /// <summary>Workers that start at once make it one after the other.</summary>
    public const string CreateSchema = "SELECT pg_advisory_xact_lock(8102653412); CREATE SCHEMA IF NOT EXISTS policy;";

    private readonly SemaphoreSlim _opening = new(1, 1);
    private volatile bool _open;

    /// <summary>Commits unless <paramref name="work"/> refuses, by anything but null.</summary>
    /// <exception cref="LimitsUnavailableException">It is not known to be counted.</exception>
    public async Task<T?> InTransactionAsync<T>(Func<NpgsqlConnection, Task<T?>> work, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            await EnsureSchemaAsync(cancellationToken);
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var refused = await work(connection);
            if (refused is null)
            {
                await transaction.CommitAsync(cancellationToken);
            }

            return refused;
        }
        catch (Exception e) when (e is DbException or TimeoutException or IOException or System.Net.Sockets.SocketException)
        {
            throw new LimitsUnavailableException("The database of the limits and counters cannot be reached.", e);
        }
    }

    /// <summary>Runs one statement with <paramref name="values"/> as <c>$1</c>, <c>$2</c> ...; returns its first value.</summary>
    public static async Task<object?> ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return await command.ExecuteScalarAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        _opening.Dispose();
    }

    private async Task EnsureSchemaAsync(CancellationToken cancellationToken)
    {
        if (_open)
        {
            return;
        }

        await _opening.WaitAsync(cancellationToken);
        try
        {
            if (!_open)
            {
                await using var connection = await source.OpenConnectionAsync(cancellationToken);
                await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                await using (var command = new NpgsqlCommand(CreateSchema + tables, connection))
                {
                    await command.ExecuteNonQueryAsync(cancellationToken);
                }

                await transaction.CommitAsync(cancellationToken);
                _open = true;
            }
        }
        finally
        {
            _opening.Release();
        }
    }
}
