using Chaperone.Policy.Documents;
using Chaperone.Policy.Limits;
using Npgsql;
using static Chaperone.Policy.Limits.CountingDatabase;

namespace Chaperone.Policy.Counting;

/// <summary>Counts in PostgreSQL, in the schema <c>policy</c>, for any number of policy workers; the database's clock counts.</summary>
internal sealed class PostgresCounterStore(NpgsqlDataSource source) : ICounterStore, IAsyncDisposable
{
    private const string Tables = """
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

    private readonly CountingDatabase _database = new(source, Tables);

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

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private Task<object?> InTransactionAsync(Func<NpgsqlConnection, Task> work, CancellationToken cancellationToken) => _database.InTransactionAsync<object>(
        async connection =>
        {
            await work(connection);
            return null;
        },
        cancellationToken);
}
