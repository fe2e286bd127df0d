using Chaperone.Contracts;
using Chaperone.Cli;
using Chaperone.Recorder;
using Chaperone.Recorder.Search;
using Chaperone.TestKit;
using Npgsql;

namespace Chaperone.Integration.Tests.Recorder;

/// <summary>The recorder on a real PostgreSQL, alone and beside another.</summary>
public class PostgresRecorderTests(SharedPostgres postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TwoRecorders_InParallel_KeepEverythingOnceAndProveTheSameTree()
    {
        var database = await DatabaseAsync();
        await using var first = await PostgresRig.StartAsync(database);
        await using var second = await PostgresRig.StartAsync(database, first.Folder);
        var entries = Enumerable.Range(0, 600).Select(i => first.Entry(stamp: first.Stamp(i + 1))).ToArray();

        await Task.WhenAll(entries.SelectMany(e => (Task[])[first.KeepAsync(e), second.KeepAsync(e)]));

        await first.AssertIntactAsync(600);
        await second.AssertIntactAsync(600);
        Assert.Equal(
            await File.ReadAllTextAsync(Path.Combine(first.LogDirectory, "checkpoint"), Cancel),
            await File.ReadAllTextAsync(Path.Combine(second.LogDirectory, "checkpoint"), Cancel));
    }

    [Fact]
    public async Task Follower_OnlyOneLeads_AndTheOtherTakesOverWithoutCountingTwice()
    {
        var database = await DatabaseAsync();
        await using var first = await PostgresRig.StartAsync(database);
        await using var second = await PostgresRig.StartAsync(database, first.Folder);
        await first.Get<ISearchStore>().OpenAsync(Cancel);
        await second.Get<ISearchStore>().OpenAsync(Cancel);

        Assert.True(await first.Get<ISearchStore>().TryLeadAsync(Cancel));
        Assert.False(await second.Get<ISearchStore>().TryLeadAsync(Cancel));
        await first.KeepAsync(first.Entry(stamp: first.Stamp(2)));
        await first.FollowAsync();
        await first.StopAsync();
        await TestLimits.UntilAsync(() => second.Get<ISearchStore>().TryLeadAsync(Cancel), "the second to lead", Cancel);
        await second.FollowAsync();
        second.Time.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal(1, await second.FollowAsync());
        await second.FollowAsync();
        var page = await second.AskAsync<ListSessions, SessionPage>(new ListSessions());
        var report = await second.AskAsync<ReadIntegrity, IntegrityReport>(new ReadIntegrity());
        Assert.Equal(1, Assert.Single(page.Items).Calls);
        Assert.Equal((1, 1), (Assert.Single(report.Gaps).From, report.Gaps[0].To));
    }

    [Fact]
    public async Task ServerKilled_RefusesThenGoesOn()
    {
        await using var server = await PostgresServer.StartAsync(Cancel);
        await using var rig = await PostgresRig.StartAsync(await server.CreateDatabaseAsync(Cancel));
        await rig.KeepAsync(rig.Entry());
        var entry = rig.Entry();

        await server.StopHardAsync();
        await Assert.ThrowsAsync<RecordsNotKeptException>(() => rig.KeepAsync(entry));
        Assert.NotNull(rig.Health.Problem);
        await server.RestartAsync(Cancel);
        await TestLimits.UntilAsync(
            () =>
            {
                rig.Time.Advance(TimeSpan.FromSeconds(1));
                return ValueTask.FromResult(rig.Health.Problem is null);
            },
            "the recorder to be ready again",
            Cancel);
        await rig.KeepAsync(entry);

        await rig.AssertIntactAsync(2);
    }

    [Fact]
    public async Task Tables_RefuseChange_AndTamperingIsNamedByTheCommand()
    {
        var database = await DatabaseAsync();
        await using var rig = await PostgresRig.StartAsync(database);
        await rig.KeepAsync(rig.Entry(), rig.Entry(), rig.Entry());
        await rig.AssertIntactAsync(3);
        var key = rig.Log.Key.ToString();

        var refused = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(database, "DELETE FROM recorder.leaf"));
        var intact = await RunAsync("verify", "--postgres", database, "--key", key, "--log", rig.LogDirectory);
        await ExecuteAsync(database, "ALTER TABLE recorder.record DISABLE TRIGGER ALL; UPDATE recorder.record SET object = set_byte(object, 30, get_byte(object, 30) # 1) WHERE idx = 1");
        var tampered = await RunAsync("verify", "--postgres", database, "--key", key);

        Assert.Contains("append-only", refused.Message, StringComparison.Ordinal);
        Assert.True(intact.Code == 0, intact.Output);
        Assert.Equal((1, "NOT INTACT: record 1: its sealed object is not the one that was logged\n"), tampered);
    }

    [Fact]
    public async Task Rollback_OfTheDatabase_IsRefused()
    {
        var database = await DatabaseAsync();
        await using var rig = await PostgresRig.StartAsync(database);
        await rig.KeepAsync(rig.Entry());
        await rig.AssertIntactAsync(1);
        await ExecuteAsync(database, "CREATE TABLE before_head AS TABLE recorder.head; CREATE TABLE before_checkpoint AS TABLE recorder.checkpoint");
        await rig.KeepAsync(rig.Entry());
        await rig.AssertIntactAsync(2);
        await rig.StopAsync();
        await ExecuteAsync(
            database,
            """
            ALTER TABLE recorder.leaf DISABLE TRIGGER ALL; ALTER TABLE recorder.record DISABLE TRIGGER ALL;
            DELETE FROM recorder.leaf WHERE idx = 1; DELETE FROM recorder.record WHERE idx = 1;
            UPDATE recorder.head h SET size = b.size, root = b.root, range = b.range FROM before_head b;
            UPDATE recorder.checkpoint c SET size = b.size, note = b.note FROM before_checkpoint b;
            """);

        await using var again = await PostgresRig.StartAsync(database, rig.Folder, "recorder");
        var refused = await Assert.ThrowsAsync<RecordsNotKeptException>(() => again.KeepAsync(again.Entry()));

        Assert.Contains("Records were taken back", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Password", refused.Message, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<(int Code, string Output)> RunAsync(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = await ChaperoneCommand.RunAsync(args, output, error, () => Stream.Null, Cancel);
        return (code, output.ToString() + error);
    }

    private static async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancel);
    }

    private async Task<string> DatabaseAsync() => await (await postgres.GetAsync()).CreateDatabaseAsync(Cancel);
}
