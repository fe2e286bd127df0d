using Chaperone.Bus;
using Chaperone.Contracts;
using Chaperone.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Chaperone.Integration.Tests.Bus;

/// <summary>The broker dies or hangs: whoever waits is refused within the limit, nothing confirmed is lost, and all goes on by itself.</summary>
public sealed class BrokerFaultTests(OwnRabbitMq own) : IClassFixture<OwnRabbitMq>, IAsyncLifetime
{
    private BusVhost _vhost = null!;

    public async ValueTask InitializeAsync() => _vhost = await BusVhost.CreateAsync(own.Shared);

    public ValueTask DisposeAsync()
    {
        _vhost.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Kill_WithCallsInFlight_RefusesAllAndRecovers()
    {
        var token = TestContext.Current.CancellationToken;
        var entered = new CountdownEvent(10);
        var hang = true;
        await using var worker = await WorkerAsync(async (r, stop) =>
        {
            if (Volatile.Read(ref hang))
            {
                entered.Signal();
                await Task.Delay(Timeout.Infinite, stop);
            }

            return Samples.Allowed(r);
        });
        await using var edge = await EdgeAsync(("Bus:HotTimeout", "00:01:00"));
        await _vhost.Broker.SyncMetadataAsync(token);
        var asking = Enumerable.Range(0, 10).Select(_ => AskAsync(edge)).ToArray();
        await TestLimits.UntilAsync(() => ValueTask.FromResult(entered.IsSet), "all calls to be in the door", token);

        await _vhost.Broker.KillAsync();

        // At once, by the lost connection: the limit is a minute.
        foreach (var ask in asking)
        {
            var e = await Assert.ThrowsAsync<BusUnavailableException>(() => ask.WaitAsync(TimeSpan.FromSeconds(30), token));
            Assert.Contains("connection", e.Message, StringComparison.Ordinal);
        }

        await Assert.ThrowsAsync<BusUnavailableException>(() => AskAsync(edge));
        await UntilDownAsync(edge);
        await UntilDownAsync(worker);

        Volatile.Write(ref hang, false);
        await _vhost.Broker.RestartAsync(token);
        await edge.UntilReadyAsync();
        await worker.UntilReadyAsync();
        await UntilAnsweredAsync(edge);
    }

    [Fact]
    public async Task Kill_AfterConfirms_KeepsEachConfirmedRecord()
    {
        var token = TestContext.Current.CancellationToken;
        await using var policy = await WriterAsync();
        await _vhost.Broker.SyncMetadataAsync(token);
        var confirmed = new List<Guid>();
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var writers = Enumerable.Range(0, 16).Select(_ => WriteUntilRefusedAsync(policy, confirmed, enough)).ToArray();
        await enough.Task.WaitAsync(TestLimits.Signal, token);

        await _vhost.Broker.KillAsync();
        await Task.WhenAll(writers).WaitAsync(TestLimits.Signal, token);
        await _vhost.Broker.RestartAsync(token);
        var keeper = new FakeKeeper();
        await using var recorder = await RecorderAsync(keeper);

        await keeper.UntilKeptAsync(confirmed);
        await policy.UntilReadyAsync();
        await policy.Journal.WriteAsync(Samples.Record(policy.Seal, "{}"u8), token);
    }

    [Fact]
    public async Task Kill_WhileRecording_LosesNothingConfirmed()
    {
        var token = TestContext.Current.CancellationToken;
        var keeper = new FakeKeeper();
        await using var recorder = await RecorderAsync(keeper);
        await using var policy = await WriterAsync();
        await _vhost.Broker.SyncMetadataAsync(token);
        var confirmed = new List<Guid>();
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var writers = Enumerable.Range(0, 16).Select(_ => WriteUntilRefusedAsync(policy, confirmed, enough)).ToArray();
        await enough.Task.WaitAsync(TestLimits.Signal, token);

        await _vhost.Broker.KillAsync();
        await Task.WhenAll(writers).WaitAsync(TestLimits.Signal, token);
        await _vhost.Broker.RestartAsync(token);

        await keeper.UntilKeptAsync(confirmed);
    }

    [Fact]
    public async Task Freeze_AskAndWrite_EndAtTheirLimitsAndRecover()
    {
        var token = TestContext.Current.CancellationToken;
        await using var worker = await WorkerAsync((r, _) => ValueTask.FromResult(Samples.Allowed(r)));
        await using var edge = await EdgeAsync(("Bus:HotTimeout", "00:00:01"), ("Bus:JournalTimeout", "00:00:01"), ("Bus:ColdTimeout", "00:00:01"));
        await UntilAnsweredAsync(edge);

        await _vhost.Broker.FreezeAsync(token);
        try
        {
            await EndsAsync(() => AskAsync(edge));
            await EndsAsync(() => WriteAsync(edge));
            await EndsAsync(() => AskColdAsync(edge));
            await EndsAsync(() => AnnounceAsync(edge));
        }
        finally
        {
            await _vhost.Broker.ThawAsync(token);
        }

        await UntilAnsweredAsync(edge);
    }

    [Fact]
    public async Task Kill_ColdLane_IsRefusedWithinTheLimitAndRecovers()
    {
        var token = TestContext.Current.CancellationToken;
        await using var desk = await TestRoom.StartAsync(_vhost, s =>
        {
            s.AddSingleton<IDoor<ListApprovals, ApprovalPage>>(new FakeDoor<ListApprovals, ApprovalPage>((_, _) => ValueTask.FromResult(new ApprovalPage { Total = 3, Items = [] })));
            s.AddDoor<ListApprovals, ApprovalPage, FakeDoor<ListApprovals, ApprovalPage>>(Lane.Cold);
        });
        await using var edge = await EdgeAsync(("Bus:ColdTimeout", "00:00:02"));
        await AskColdAsync(edge);
        await _vhost.Broker.SyncMetadataAsync(token);

        await _vhost.Broker.KillAsync();
        await EndsAsync(() => AskColdAsync(edge));
        await EndsAsync(() => AnnounceAsync(edge));

        await _vhost.Broker.RestartAsync(token);
        await TestLimits.UntilAsync(() => TrySucceedsAsync(() => AskColdAsync(edge)), "the cold lane to recover", token);
    }

    [Fact]
    public async Task Start_BrokerAway_IsNotReadyAndSaysWhichConnection()
    {
        var token = TestContext.Current.CancellationToken;
        await _vhost.Broker.KillAsync();
        var starting = EdgeAsync();
        try
        {
            Assert.False(starting.IsCompleted);
        }
        finally
        {
            await _vhost.Broker.RestartAsync(token);
        }

        await using var edge = await starting;
        await WriteAsync(edge);
    }

    private static async Task WriteUntilRefusedAsync(TestRoom room, List<Guid> confirmed, TaskCompletionSource enough)
    {
        try
        {
            while (true)
            {
                var record = Samples.Record(room.Seal, "{}"u8);
                await room.Journal.WriteAsync(record, TestContext.Current.CancellationToken);
                lock (confirmed)
                {
                    confirmed.Add(record.EventId);
                    if (confirmed.Count == 500)
                    {
                        enough.SetResult();
                    }
                }
            }
        }
        catch (BusUnavailableException)
        {
            // The broker is gone, and the writer knows it.
        }
    }

    private static Task<CallDecided> AskAsync(TestRoom edge) =>
        edge.Get<IAsk<EvaluateCall, CallDecided>>().AskAsync(Samples.Evaluate(edge.Seal, "{}"u8), TestContext.Current.CancellationToken).AsTask();

    private static Task<ApprovalPage> AskColdAsync(TestRoom edge) =>
        edge.Get<IAsk<ListApprovals, ApprovalPage>>().AskAsync(new ListApprovals { Pending = true }, TestContext.Current.CancellationToken).AsTask();

    private static Task AnnounceAsync(TestRoom edge) => edge.Get<IAnnounce<ApprovalDecided>>().AnnounceAsync(
        new ApprovalDecided { Status = new ApprovalStatus { ApprovalId = "APR-1", State = ApprovalState.Denied, ExpiresAt = DateTimeOffset.UnixEpoch }, BindingDigest = "00" },
        TestContext.Current.CancellationToken).AsTask();

    private static Task WriteAsync(TestRoom room) =>
        room.Journal.WriteAsync(Samples.Record(room.Seal, "{}"u8), TestContext.Current.CancellationToken).AsTask();

    private static Task UntilAnsweredAsync(TestRoom edge) =>
        TestLimits.UntilAsync(() => TrySucceedsAsync(() => AskAsync(edge)), "an ask to be answered", TestContext.Current.CancellationToken);

    // With the exception of its own limit of a second or two, not by the patience of the test.
    private static Task<BusUnavailableException> EndsAsync(Func<Task> act) =>
        Assert.ThrowsAsync<BusUnavailableException>(() => act().WaitAsync(TestLimits.Signal));

    // Each of a room's connections notices the broker's end by itself.
    private static Task UntilDownAsync(TestRoom room) => TestLimits.UntilAsync(
        () => ValueTask.FromResult(room.Health.Problem?.Contains("is down", StringComparison.Ordinal) == true),
        "a room to say that the broker is down",
        TestContext.Current.CancellationToken);

    private static async ValueTask<bool> TrySucceedsAsync(Func<Task> act)
    {
        try
        {
            await act();
            return true;
        }
        catch (BusUnavailableException)
        {
            return false;
        }
    }

    private Task<TestRoom> WorkerAsync(Func<EvaluateCall, CancellationToken, ValueTask<CallDecided>> answer) => TestRoom.StartAsync(_vhost, s =>
    {
        s.AddSingleton<IDoor<EvaluateCall, CallDecided>>(new FakeDoor<EvaluateCall, CallDecided>(answer));
        s.AddDoor<EvaluateCall, CallDecided, FakeDoor<EvaluateCall, CallDecided>>(Lane.Hot);
    });

    private Task<TestRoom> EdgeAsync(params (string Key, string Value)[] settings) => TestRoom.StartAsync(
        _vhost,
        s => s.AddAsk<EvaluateCall, CallDecided>(Lane.Hot).AddAsk<ListApprovals, ApprovalPage>(Lane.Cold).AddAnnounce<ApprovalDecided>(),
        settings);

    private Task<TestRoom> WriterAsync() => TestRoom.StartAsync(_vhost, _ => { });

    private Task<TestRoom> RecorderAsync(FakeKeeper keeper) => TestRoom.StartAsync(_vhost, s =>
    {
        s.AddSingleton<IRecordKeeper>(keeper);
        s.AddRecordKeeper<FakeKeeper>();
    });
}
