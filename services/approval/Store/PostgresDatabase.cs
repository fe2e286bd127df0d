using Microsoft.Extensions.Options;
using Npgsql;

namespace Chaperone.Approval.Store;

/// <summary>PostgreSQL, in a schema <c>approval</c> of its own; shared by any number of approval workers.</summary>
internal sealed class PostgresDatabase : IApprovalDatabase, IAsyncDisposable
{
    // Any constant will do; it is the room's name in ASCII.
    private const long UpgradeLock = 0x617070726f76616c;
    private readonly NpgsqlDataSource _source;

    public PostgresDatabase(IOptions<ApprovalOptions> options) => _source = NpgsqlDataSource.Create(Connection(options.Value));

    public string LockClause => " FOR UPDATE";

    public string IdentityType => "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY";

    public string BytesType => "BYTEA";

    /// <summary>The whole connection string, password included; never to be logged.</summary>
    public static string Connection(ApprovalOptions options)
    {
        var builder = new NpgsqlConnectionStringBuilder(options.ConnectionString) { SearchPath = "approval" };
        if (options.PasswordFile is { } file)
        {
            builder.Password = File.ReadAllText(file).TrimEnd('\r', '\n');
        }

        return builder.ConnectionString;
    }

    public async Task<T> WriteAsync<T>(Func<DbSession, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var result = await work(new DbSession(connection, transaction, cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        return result;
    }

    public async Task<T> ReadAsync<T>(Func<DbSession, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        return await work(new DbSession(connection, null, cancellationToken));
    }

    public Task UpgradeAsync(Func<DbSession, Task> work, CancellationToken cancellationToken) => WriteAsync(
        async session =>
        {
            await session.ExecuteAsync("SELECT pg_advisory_xact_lock(@UpgradeLock)", new { UpgradeLock });
            await session.ExecuteAsync("CREATE SCHEMA IF NOT EXISTS approval");
            await work(session);
            return true;
        },
        cancellationToken);

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
