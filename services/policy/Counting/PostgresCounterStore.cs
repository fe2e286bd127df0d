using System.Data.Common;
using Chaperone.Policy.Documents;
using Chaperone.Policy.Limits;
using Npgsql;

namespace Chaperone.Policy.Counting;

/// <summary>Counts in PostgreSQL, in the schema <c>policy</c>, for any number of policy workers; the database's clock counts.</summary>
internal sealed class PostgresCounterStore(NpgsqlDataSource source) : ICounterStore, IAsyncDisposable
{
    private const string Schema = """
        SELECT pg_advisory_xact_lock(8102653412);
        CREATE SCHEMA IF NOT EXISTS policy;
        CREATE TABLE IF NOT EXISTS policy.counted (key text NOT NULL, item text NOT NULL, at timestamptz NOT NULL, before timestamptz, PRIMARY KEY (key, item));
        CREATE INDEX IF NOT EXISTS counted_at ON policy.counted (at);
        """;

    // One key's calls wait for each other: two that come at once see one another.
    private const string Lock = "SELECT pg_advisory_xact_lock(hashtextextended($1, 1))";

    private const string Add = """
        INSERT INTO policy.counted AS c (key, item, at) SELECT $1, item, clock_timestamp() FROM unnest($2) AS item
        ON CONFLICT (key, item) DO UPDATE SET before = c.at, at = excluded.at
        """;

    private const string Count = """
        SELECT (SELECT count(*) FROM policy.counted WHERE key = $1 AND at > clock_timestamp() - $3)
             + (SELECT count(*) FROM unnest($2) AS u(item) WHERE NOT EXISTS (SELECT 1 FROM policy.counted c WHERE c.key = $1 AND c.item = u.item AND c.at > clock_timestamp() - $3))
        """;

    private const string TakeBackOld = "UPDATE policy.counted SET at = before, before = NULL WHERE key = $1 AND item = ANY ($2) AND before IS NOT NULL";

    private const string TakeBackNew = "DELETE FROM policy.counted WHERE key = $1 AND item = ANY ($2) AND before IS NULL";

    private readonly SemaphoreSlim _opening = new(1, 1);
    private volatile bool _open;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<long>> CountAsync(IReadOnlyList<CounterEvent> events, CancellationToken cancellationToken)
    {
        var counts = new long[events.Count];
        await InTransactionAsync(
            async connection =>
            {
                // One order for all, so that two calls never wait for each other.
                foreach (var @event in events.Where(e => e.Adds).OrderBy(e => e.Key, StringComparer.Ordinal))
                {
                    await ExecuteAsync(connection, Lock, cancellationToken, @event.Key);
                    await ExecuteAsync(connection, Add, cancellationToken, @event.Key, @event.Items.ToArray());
                }

                for (var i = 0; i < counts.Length; i++)
                {
                    counts[i] = (long)(await ExecuteAsync(connection, Count, cancellationToken, events[i].Key, events[i].Items.ToArray(), events[i].Within))!;
                }
            },
            cancellationToken);
        return counts;
    }

    /// <inheritdoc/>
    public async ValueTask TakeBackAsync(IReadOnlyList<CounterEvent> events, CancellationToken cancellationToken) => await InTransactionAsync(
        async connection =>
        {
            foreach (var @event in events.Where(e => e.Adds).OrderBy(e => e.Key, StringComparer.Ordinal))
            {
                await ExecuteAsync(connection, Lock, cancellationToken, @event.Key);
                await ExecuteAsync(connection, TakeBackNew, cancellationToken, @event.Key, @event.Items.ToArray());
                await ExecuteAsync(connection, TakeBackOld, cancellationToken, @event.Key, @event.Items.ToArray());
            }
        },
        cancellationToken);

    /// <inheritdoc/>
    public async ValueTask SweepAsync(CancellationToken cancellationToken) => await InTransactionAsync(
        async connection => await ExecuteAsync(connection, "DELETE FROM policy.counted WHERE at <= clock_timestamp() - $1", cancellationToken, CounterTerms.Longest),
        cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        _opening.Dispose();
    }

    private async Task InTransactionAsync(Func<NpgsqlConnection, Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await EnsureSchemaAsync(cancellationToken);
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await work(connection);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (Exception e) when (e is DbException or TimeoutException or IOException or System.Net.Sockets.SocketException)
        {
            throw new LimitsUnavailableException("The database of the counters cannot be reached.", e);
        }
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
                await using (var command = new NpgsqlCommand(Schema, connection))
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

    private static async Task<object?> ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return await command.ExecuteScalarAsync(cancellationToken);
    }
}
