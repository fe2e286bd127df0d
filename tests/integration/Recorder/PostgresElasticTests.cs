using Chaperone.Recorder.Elastic;
using Chaperone.Recorder.Search;
using Chaperone.Recorder.Tests;
using Chaperone.Recorder.Tests.Elastic;
using Chaperone.TestKit;
using Chaperone.TestKit.Elastic;
using Npgsql;

namespace Chaperone.Integration.Tests.Recorder;

/// <summary>Two recorders on one real PostgreSQL, and one Elasticsearch.</summary>
public class PostgresElasticTests(SharedPostgres postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task State_MovedByTwo_IsMovedOnce()
    {
        var database = await DatabaseAsync();
        await using var server = await ElasticServer.StartAsync();
        var folder = RecorderRig.NewFolder();
        await using var first = await ElasticRig.StartAsync(server, folder, more: Settings(database, folder, "recorder"));
        await using var second = await ElasticRig.StartAsync(server, folder, more: Settings(database, folder, "other"));
        await first.Get<ISearchStore>().OpenAsync(Cancel);
        await second.Get<ISearchStore>().OpenAsync(Cancel);

        for (var turn = 0; turn < 20; turn++)
        {
            var from = turn == 0 ? null : $"{turn - 1}";
            var moved = await Task.WhenAll(
                first.Get<ISearchStore>().TryMoveStateAsync("place", from, $"{turn}", Cancel).AsTask(),
                second.Get<ISearchStore>().TryMoveStateAsync("place", from, $"{turn}", Cancel).AsTask());
            Assert.Single(moved, m => m);
        }

        Assert.False(await first.Get<ISearchStore>().TryMoveStateAsync("place", "no", "x", Cancel));
    }

    /// <summary>Both follow at once, one is lost in the middle of a request, streams roll over: each document once.</summary>
    [Fact]
    public async Task TwoRecorders_OneStopsInTheMiddle_EachDocumentIsThereOnce()
    {
        var database = await DatabaseAsync();
        await using var server = await ElasticServer.StartAsync();
        var folder = RecorderRig.NewFolder();
        await using var first = await ElasticRig.StartAsync(server, folder, batch: 20, more: Settings(database, folder, "recorder"));
        await using var second = await ElasticRig.StartAsync(server, folder, batch: 20, more: Settings(database, folder, "other"));
        await first.KeepManyAsync(50);
        await Task.WhenAll(first.RoundAsync(), second.RoundAsync());
        await first.KeepManyAsync(100);
        server.Proxy.Fault = ElasticProxy.FirstBulk(new ProxyFault(ProxyFaultKind.CutAfter));
        await Task.WhenAll(first.RoundAsync(), second.RoundAsync());
        await server.RollOverAllAsync();

        var sender = first.Get<ElasticProjector>().Mark is not null ? first : second;
        var other = sender == first ? second : first;
        await sender.StopAsync();
        await other.FollowElasticAsync();

        await other.AssertEachOnceAsync(server, 150);
    }

    /// <summary>Settings of a recorder; each has a data directory of its own.</summary>
    private static (string, string)[] Settings(string database, string folder, string data)
    {
        var connection = new NpgsqlConnectionStringBuilder(database);
        var password = Path.Combine(folder, "password");
        File.WriteAllText(password, connection.Password);
        connection.Password = null;
        connection.PersistSecurityInfo = false;
        return
        [
            ("Recorder:Store", "PostgreSql"),
            ("Recorder:ConnectionString", connection.ConnectionString),
            ("Recorder:PasswordFile", password),
            ("Recorder:DataDirectory", Path.Combine(folder, data)),
        ];
    }

    private async Task<string> DatabaseAsync() => await (await postgres.GetAsync()).CreateDatabaseAsync(Cancel);
}
