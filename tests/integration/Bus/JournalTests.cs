using Chaperone.Bus;
using Chaperone.Contracts;
using Chaperone.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace Chaperone.Integration.Tests.Bus;

/// <summary>Records on their way to the recorder: none is lost, and none is said to be durable that is not (invariant 1).</summary>
public sealed class JournalTests(SharedRabbitMq shared) : IAsyncLifetime
{
    private const string Records = "chaperone.records";
    private const string Parked = "chaperone.records.parked";

    private BusVhost _vhost = null!;

    public async ValueTask InitializeAsync() => _vhost = await BusVhost.CreateAsync(shared);

    public ValueTask DisposeAsync()
    {
        _vhost.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Write_FiveHundredAtOnceWithTwoRecorders_KeepsEach()
    {
        var first = new FakeKeeper();
        var second = new FakeKeeper();
        await using var one = await RecorderAsync(first);
        await using var two = await RecorderAsync(second);
        await using var policy = await WriterAsync();

        var ids = await WriteAsync(policy, 500);

        await TestLimits.UntilAsync(
            () => ValueTask.FromResult(ids.All(id => first.Kept.ContainsKey(id) || second.Kept.ContainsKey(id))),
            "two recorders to keep all",
            TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Write_NoRecorder_IsDurableAndKeptLater()
    {
        await using var policy = await WriterAsync();
        var ids = await WriteAsync(policy, 20);
        var keeper = new FakeKeeper();

        await using var recorder = await RecorderAsync(keeper);

        await keeper.UntilKeptAsync(ids);
    }

    /// <summary>A confirm is sent for a message that no queue takes, too; only <c>mandatory</c> tells.</summary>
    [Fact]
    public async Task Write_QueueDeleted_FailsThenRecovers()
    {
        var token = TestContext.Current.CancellationToken;
        await using var policy = await WriterAsync();
        await WriteAsync(policy, 1);
        await WithChannelAsync(channel => channel.QueueDeleteAsync(Records, ifUnused: false, ifEmpty: false, cancellationToken: token));

        var e = await Assert.ThrowsAsync<BusUnavailableException>(() => policy.Journal.WriteAsync(Record(policy), token).AsTask());

        Assert.Contains("records queue is gone", e.Message, StringComparison.Ordinal);
        Assert.True(policy.Log.Has(LogLevel.Critical));
        var keeper = new FakeKeeper();
        await using var recorder = await RecorderAsync(keeper);
        await keeper.UntilKeptAsync([await WriteUntilDurableAsync(policy)]);
    }

    [Fact]
    public async Task Write_QueueFull_FailsInsteadOfDroppingTheOldest()
    {
        await using var policy = await WriterAsync(("Bus:RecordsMaxBytes", "1048576"));
        var confirmed = new List<Guid>();

        var e = await Assert.ThrowsAsync<BusUnavailableException>(async () =>
        {
            for (var i = 0; i < 200; i++)
            {
                var record = Samples.Record(policy.Seal, new byte[50_000]);
                await policy.Journal.WriteAsync(record, TestContext.Current.CancellationToken);
                confirmed.Add(record.EventId);
            }
        });

        Assert.Contains("full", e.Message, StringComparison.Ordinal);
        Assert.NotEmpty(confirmed);
        var keeper = new FakeKeeper();
        await using var recorder = await RecorderAsync(keeper, ("Bus:RecordsMaxBytes", "1048576"));
        await keeper.UntilKeptAsync(confirmed);
    }

    [Fact]
    public async Task Write_RecordAboveTheLimit_FailsAndHarmsNoOther()
    {
        await using var policy = await WriterAsync(("Bus:MaxMessageBytes", "65536"));

        var e = await Assert.ThrowsAsync<BusUnavailableException>(
            () => policy.Journal.WriteAsync(Samples.Record(policy.Seal, new byte[70_000]), TestContext.Current.CancellationToken).AsTask());

        Assert.Contains("Bus:MaxMessageBytes", e.Message, StringComparison.Ordinal);
        await WriteAsync(policy, 1);
    }

    [Fact]
    public async Task Keep_FailsForAWhile_IsDeliveredAgainAndNothingIsParked()
    {
        var keeper = new FakeKeeper { Refuses = _ => true };
        await using var recorder = await RecorderAsync(keeper);
        await using var policy = await WriterAsync();
        var ids = await WriteAsync(policy, 40);
        await TestLimits.UntilAsync(() => ValueTask.FromResult(keeper.Refused >= 6), "several refusals", TestContext.Current.CancellationToken);

        keeper.Refuses = _ => false;

        await keeper.UntilKeptAsync(ids);
        Assert.Equal(0u, await CountAsync(Parked));
        Assert.DoesNotContain("219-09-9999", recorder.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keep_RecorderDiesBeforeItsAcknowledgement_IsKeptTwiceRatherThanLost()
    {
        var token = TestContext.Current.CancellationToken;
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var keeper = new FakeKeeper
        {
            // Deaf to its token, as a commit that is under way is.
            Before = async _ =>
            {
                entered.TrySetResult();
                await release.Task;
            },
        };
        await using var recorder = await RecorderAsync(keeper);
        await using var policy = await WriterAsync();
        var ids = await WriteAsync(policy, 1);
        await entered.Task.WaitAsync(TestLimits.Signal, token);

        var connection = Assert.Single(await _vhost.Broker.FindConnectionsAsync(_vhost.Uri, "chaperone the records", token));
        await _vhost.Broker.CutConnectionAsync(connection, token);
        release.SetResult();

        await TestLimits.UntilAsync(() => ValueTask.FromResult(keeper.Kept.GetValueOrDefault(ids[0]) >= 2), "the second delivery", token);
    }

    [Fact]
    public async Task Keep_OneRecordThatNeverFits_IsParkedAndTheOthersAreKept()
    {
        await using var policy = await WriterAsync();
        var poison = Record(policy);
        var keeper = new FakeKeeper { Refuses = e => e.EventId == poison.EventId };
        await using var recorder = await RecorderAsync(keeper);
        await policy.Journal.WriteAsync(poison, TestContext.Current.CancellationToken);

        var ids = new List<Guid>();
        await TestLimits.UntilAsync(
            async () =>
            {
                ids.AddRange(await WriteAsync(policy, 3));
                return await CountAsync(Parked) == 1;
            },
            "the poison to be parked",
            TestContext.Current.CancellationToken);

        await keeper.UntilKeptAsync(ids);
        Assert.True(recorder.Log.Has(LogLevel.Critical));
        Assert.Contains(poison.EventId.ToString(), recorder.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keep_UnreadableMessage_IsParkedAtOnce()
    {
        var token = TestContext.Current.CancellationToken;
        var keeper = new FakeKeeper();
        await using var recorder = await RecorderAsync(keeper);
        await using var policy = await WriterAsync();

        await WithChannelAsync(channel => channel.BasicPublishAsync("", Records, "not a record"u8.ToArray(), token).AsTask());
        var ids = await WriteAsync(policy, 1);

        await keeper.UntilKeptAsync(ids);
        await TestLimits.UntilAsync(async () => await CountAsync(Parked) == 1, "the message to be parked", token);
        Assert.True(recorder.Log.Has(LogLevel.Critical));
    }

    private static RecordEntry Record(TestRoom room) => Samples.Record(room.Seal, "{}"u8);

    private static async Task<Guid[]> WriteAsync(TestRoom room, int count)
    {
        var records = Enumerable.Range(0, count).Select(_ => Record(room)).ToArray();
        await Task.WhenAll(records.Select(r => room.Journal.WriteAsync(r, TestContext.Current.CancellationToken).AsTask()));
        return [.. records.Select(r => r.EventId)];
    }

    private static async Task<Guid> WriteUntilDurableAsync(TestRoom room)
    {
        var record = Record(room);
        await TestLimits.UntilAsync(
            async () =>
            {
                try
                {
                    await room.Journal.WriteAsync(record, TestContext.Current.CancellationToken);
                    return true;
                }
                catch (BusUnavailableException)
                {
                    return false;
                }
            },
            "a record to be durable",
            TestContext.Current.CancellationToken);
        return record.EventId;
    }

    private async Task<uint> CountAsync(string queue)
    {
        var count = 0u;
        await WithChannelAsync(async channel => count = await channel.MessageCountAsync(queue, TestContext.Current.CancellationToken));
        return count;
    }

    private async Task WithChannelAsync(Func<IChannel, Task> act)
    {
        var token = TestContext.Current.CancellationToken;
        await using var connection = await _vhost.Broker.ConnectAsync(_vhost.Uri, token);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: token);
        await act(channel);
    }

    private Task<TestRoom> WriterAsync(params (string Key, string Value)[] settings) => TestRoom.StartAsync(_vhost, _ => { }, [("Bus:JournalTimeout", "00:00:30"), .. settings]);

    private Task<TestRoom> RecorderAsync(FakeKeeper keeper, params (string Key, string Value)[] settings) => TestRoom.StartAsync(
        _vhost,
        s =>
        {
            s.AddSingleton<IRecordKeeper>(keeper);
            s.AddRecordKeeper<FakeKeeper>();
        },
        settings);
}
