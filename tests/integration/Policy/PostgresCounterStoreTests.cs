using Chaperone.Policy.Counting;
using Chaperone.Policy.Limits;
using Chaperone.Policy.Tests.Counting;
using Chaperone.TestKit;
using Npgsql;

namespace Chaperone.Integration.Tests.Policy;

public sealed class PostgresCounterStoreTests(SharedPostgres postgres) : CounterStoreContract
{
    /// <summary>Two workers on one database share what is counted.</summary>
    [Fact]
    public async Task Postgres_TwoWorkers_CountTogether()
    {
        var connection = await (await postgres.GetAsync()).CreateDatabaseAsync(Cancel);
        await using var one = new PostgresCounterStore(NpgsqlDataSource.Create(connection));
        await using var other = new PostgresCounterStore(NpgsqlDataSource.Create(connection));

        long[] counts = [await OneAsync(one, "a"), await OneAsync(other, "b"), await OneAsync(one, "c")];

        Assert.Equal([1L, 2L, 3L], counts);
    }

    [Fact]
    public async Task Postgres_Away_IsSaid()
    {
        await using var store = new PostgresCounterStore(NpgsqlDataSource.Create($"Host=127.0.0.1;Port={PrivatePorts.Take()};Username=u;Database=d;Timeout=1"));

        await Assert.ThrowsAsync<LimitsUnavailableException>(async () => await OneAsync(store, "a"));
    }

    private protected override async Task<ICounterStore> OpenAsync() =>
        new PostgresCounterStore(NpgsqlDataSource.Create(await (await postgres.GetAsync()).CreateDatabaseAsync(Cancel)));
}
