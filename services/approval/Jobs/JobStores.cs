using Chaperone.Approval.Store;
using Hangfire;
using Hangfire.InMemory;
using Hangfire.PostgreSql;
using Hangfire.PostgreSql.Factories;

namespace Chaperone.Approval.Jobs;

/// <summary>Where the room's jobs are queued. It is the room's own: rooms of one process share no Hangfire state.</summary>
internal static class JobStores
{
    // How long jobs that are done can be looked at.
    private static readonly TimeSpan KeptInMemory = TimeSpan.FromMinutes(5);

    /// <summary>Opens it; for PostgreSQL this makes the tables of schema <c>approval_jobs</c> if need be.</summary>
    public static JobStorage Open(ApprovalOptions options)
    {
        if (options.Store == ApprovalStoreKind.Sqlite)
        {
            return new InMemoryStorage(new InMemoryStorageOptions { MaxExpirationTime = KeptInMemory });
        }

        var settings = new PostgreSqlStorageOptions
        {
            SchemaName = "approval_jobs",
            QueuePollInterval = TimeSpan.FromSeconds(2),
            UseSlidingInvisibilityTimeout = true,
        };
        return new PostgreSqlStorage(new NpgsqlConnectionFactory(PostgresDatabase.Connection(options), settings), settings);
    }
}
