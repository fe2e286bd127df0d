using Chaperone.Approval.Tests.Desk;
using Chaperone.TestKit;
using Npgsql;

namespace Chaperone.Integration.Tests.Approval;

/// <summary>A PostgreSQL database of the test's own; its password is in a file, as in production.</summary>
internal sealed class PostgresStore(SharedPostgres shared) : IStoreUnderTest
{
    public async Task<IReadOnlyDictionary<string, string?>> SettingsAsync(string directory, CancellationToken cancellationToken)
    {
        var server = await shared.GetAsync();
        var connection = new NpgsqlConnectionStringBuilder(await server.CreateDatabaseAsync(cancellationToken)) { MaxPoolSize = 20 };
        var secret = Path.Combine(directory, "postgres.password");
        await File.WriteAllTextAsync(secret, connection.Password + "\n", cancellationToken);
        connection.Password = null;
        return new Dictionary<string, string?>
        {
            ["Approval:Store"] = "PostgreSql",
            ["Approval:ConnectionString"] = connection.ConnectionString,
            ["Approval:PasswordFile"] = secret,
        };
    }
}
