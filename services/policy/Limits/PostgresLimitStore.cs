using Npgsql;
using static Chaperone.Policy.Limits.CountingDatabase;

namespace Chaperone.Policy.Limits;

/// <summary>Counts in PostgreSQL, in a schema <c>policy</c>, for any number of policy workers; the database's clock counts.</summary>
internal sealed class PostgresLimitStore(NpgsqlDataSource source) : ILimitStore, IAsyncDisposable
{
    private const string Now = "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint";

    private const string Tables = """
        CREATE TABLE IF NOT EXISTS policy.buckets (key text PRIMARY KEY, drained bigint NOT NULL);
        CREATE TABLE IF NOT EXISTS policy.slots (key text NOT NULL, call_id uuid NOT NULL, until bigint NOT NULL, PRIMARY KEY (key, call_id));
        """;

    // The row's lock orders all who take from one bucket.
    private const string TakeFromBucket = $"""
        INSERT INTO policy.buckets AS b (key, drained) VALUES ($1, {Now} + $2)
        ON CONFLICT (key) DO UPDATE SET drained = greatest(b.drained, {Now}) + $2 WHERE greatest(b.drained, {Now}) - {Now} + $2 <= $3
        RETURNING 0::bigint
        """;

    private const string WaitForBucket = $"SELECT coalesce((SELECT greatest(drained, {Now}) FROM policy.buckets WHERE key = $1), {Now}) - {Now} + $2 - $3";

    private const string AddToBucket = $"INSERT INTO policy.buckets AS b (key, drained) VALUES ($1, {Now} + $2) ON CONFLICT (key) DO UPDATE SET drained = greatest(b.drained, {Now}) + $2";

    private readonly CountingDatabase _database = new(source, Tables);

    /// <inheritdoc/>
    public async ValueTask<LimitRefusal?> TakeAsync(IReadOnlyList<LimitDemand> demands, Guid callId, TimeSpan slotLifetime, CancellationToken cancellationToken) =>
        await _database.InTransactionAsync(
            async connection =>
            {
                // One order for all, so that two calls never wait for each other.
                foreach (var demand in demands.OrderBy(d => d.Key, StringComparer.Ordinal))
                {
                    var wait = demand.Kind == LimitKind.Slots
                        ? await TakeSlotAsync(connection, demand, callId, slotLifetime, cancellationToken)
                        : await TakeAsync(connection, demand, cancellationToken);
                    if (wait is { } microseconds)
                    {
                        return new LimitRefusal(demand, TimeSpan.FromMicroseconds(microseconds));
                    }
                }

                return null;
            },
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask SettleAsync(IReadOnlyList<(LimitDemand Demand, long Cost)> used, Guid callId, CancellationToken cancellationToken) =>
        await _database.InTransactionAsync<LimitRefusal>(
            async connection =>
            {
                foreach (var (demand, cost) in used.OrderBy(u => u.Demand.Key, StringComparer.Ordinal))
                {
                    if (demand.Kind == LimitKind.Slots)
                    {
                        await ExecuteAsync(connection, "DELETE FROM policy.slots WHERE key = $1 AND call_id = $2", cancellationToken, demand.Key, callId);
                    }
                    else if (cost > 0)
                    {
                        await ExecuteAsync(connection, AddToBucket, cancellationToken, demand.Key, cost);
                    }
                }

                return null;
            },
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask SweepAsync(CancellationToken cancellationToken) =>
        await _database.InTransactionAsync<LimitRefusal>(
            async connection =>
            {
                await ExecuteAsync(connection, $"DELETE FROM policy.slots WHERE until <= {Now}", cancellationToken);
                await ExecuteAsync(connection, $"DELETE FROM policy.buckets WHERE drained <= {Now}", cancellationToken);
                return null;
            },
            cancellationToken);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private static async Task<long?> TakeAsync(NpgsqlConnection connection, LimitDemand demand, CancellationToken cancellationToken)
    {
        if (demand.Cost > 0 && await ExecuteAsync(connection, TakeFromBucket, cancellationToken, demand.Key, demand.Cost, demand.Period) is not null)
        {
            return null;
        }

        var wait = (long)(await ExecuteAsync(connection, WaitForBucket, cancellationToken, demand.Key, demand.Cost, demand.Period))!;
        return demand.Cost == 0 && wait < 0 ? null : Math.Max(wait, 0);
    }

    private static async Task<long?> TakeSlotAsync(NpgsqlConnection connection, LimitDemand demand, Guid callId, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        await ExecuteAsync(connection, "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", cancellationToken, demand.Key);
        await ExecuteAsync(connection, $"DELETE FROM policy.slots WHERE key = $1 AND until <= {Now}", cancellationToken, demand.Key);
        var held = (long)(await ExecuteAsync(connection, "SELECT count(*) FROM policy.slots WHERE key = $1 AND call_id <> $2", cancellationToken, demand.Key, callId))!;
        if (held >= demand.Limit)
        {
            return 1_000_000;
        }

        await ExecuteAsync(
            connection,
            $"INSERT INTO policy.slots (key, call_id, until) VALUES ($1, $2, {Now} + $3) ON CONFLICT (key, call_id) DO UPDATE SET until = excluded.until",
            cancellationToken,
            demand.Key,
            callId,
            (long)lifetime.TotalMicroseconds);
        return null;
    }
}
