using System.Data.Common;
using Chaperone.Policy.Limits;
using Npgsql;

namespace Chaperone.Policy.Pins;

/// <summary>PostgreSQL, in the schema <c>policy</c>, for any number of policy workers.</summary>
internal sealed class PostgresPins(NpgsqlDataSource source) : IPinConnections
{
    // Any constant will do, but not that of the schema.
    private const string Lock = "SELECT pg_advisory_xact_lock(8102653413)";

    /// <inheritdoc/>
    public string LongType => "BIGINT";

    /// <inheritdoc/>
    public string CreateSchema => CountingDatabase.CreateSchema;

    /// <inheritdoc/>
    public string Prefix => "policy.";

    /// <inheritdoc/>
    public async Task<DbConnection> OpenAsync(CancellationToken cancellationToken) => await source.OpenConnectionAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<DbTransaction> BeginAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = Lock;
        await command.ExecuteNonQueryAsync(cancellationToken);
        return transaction;
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();
}
