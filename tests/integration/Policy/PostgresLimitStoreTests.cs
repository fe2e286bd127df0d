using Chaperone.Policy.Limits;
using Chaperone.Policy.Tests.Limits;
using Chaperone.TestKit;
using Npgsql;

namespace Chaperone.Integration.Tests.Policy;

public sealed class PostgresLimitStoreTests(SharedPostgres postgres) : LimitStoreContract
{
    /// <summary>Two workers on one database share what is counted.</summary>
    [Fact]
    public async Task Postgres_TwoWorkers_ShareOneLimit()
    {
        var server = await postgres.GetAsync();
        var connection = await server.CreateDatabaseAsync(Cancel);
        await using var one = new PostgresLimitStore(NpgsqlDataSource.Create(connection));
        await using var other = new PostgresLimitStore(NpgsqlDataSource.Create(connection));

        Assert.Null(await TakeAsync(one, Calls(2)));
        Assert.Null(await TakeAsync(other, Calls(2)));
        Assert.NotNull(await TakeAsync(one, Calls(2)));
        Assert.NotNull(await TakeAsync(other, Calls(2)));
    }

    [Fact]
    public async Task Postgres_Away_IsSaid()
    {
        await using var store = new PostgresLimitStore(NpgsqlDataSource.Create($"Host=127.0.0.1;Port={PrivatePorts.Take()};Username=u;Database=d;Timeout=1"));

        await Assert.ThrowsAsync<LimitsUnavailableException>(async () => await TakeAsync(store, Calls(1)));
    }

    private protected override async Task<ILimitStore> OpenAsync() =>
        new PostgresLimitStore(NpgsqlDataSource.Create(await (await postgres.GetAsync()).CreateDatabaseAsync(Cancel)));
}
