using Chaperone.TestKit;
using Npgsql;

namespace Chaperone.Integration.Tests.TestKit;

/// <summary>The servers that other tests rely on do what they promise.</summary>
public sealed class ServerTests
{
    [Fact]
    public async Task Postgres_KilledAndRestarted_KeepsCommittedRows()
    {
        var token = TestContext.Current.CancellationToken;
        await using var server = await PostgresServer.StartAsync(token);
        var database = await server.CreateDatabaseAsync(token);
        await ExecuteAsync(database, "CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)");

        await server.StopHardAsync();
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => ExecuteAsync(database, "SELECT 1"));
        await server.RestartAsync(token);

        Assert.Equal(7, await ExecuteAsync(database, "SELECT n FROM kept"));
    }

    [Fact]
    public async Task RabbitMq_KilledAndRestarted_KeepsDurableQueues()
    {
        var token = TestContext.Current.CancellationToken;
        await using var broker = await RabbitMqBroker.StartAsync(token);
        var vhost = await broker.CreateVhostAsync(token);
        await using (var connection = await broker.ConnectAsync(vhost, token))
        await using (var channel = await connection.CreateChannelAsync(cancellationToken: token))
        {
            await channel.QueueDeclareAsync("kept", durable: true, exclusive: false, autoDelete: false, cancellationToken: token);
        }

        await broker.SyncMetadataAsync(token);
        await broker.KillAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => broker.ConnectAsync(vhost, token));
        await broker.RestartAsync(token);

        await using var again = await broker.ConnectAsync(vhost, token);
        await using var asked = await again.CreateChannelAsync(cancellationToken: token);
        Assert.Equal("kept", (await asked.QueueDeclarePassiveAsync("kept", token)).QueueName);
    }

    private static async Task<object?> ExecuteAsync(string database, string sql)
    {
        var token = TestContext.Current.CancellationToken;
        await using var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync(token);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(token);
    }
}
