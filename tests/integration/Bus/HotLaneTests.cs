using System.Security.Cryptography;
using Chaperone.Bus;
using Chaperone.Contracts;
using Chaperone.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Chaperone.Integration.Tests.Bus;

/// <summary>Requests on the path of every call, over a real broker.</summary>
public sealed class HotLaneTests(SharedRabbitMq shared) : IAsyncLifetime
{
    private BusVhost _vhost = null!;

    public async ValueTask InitializeAsync() => _vhost = await BusVhost.CreateAsync(shared);

    public ValueTask DisposeAsync()
    {
        _vhost.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Ask_ThousandAtOnceWithTwoWorkers_AnswersEachItsOwnAndSharesTheWork()
    {
        var first = Allowing();
        var second = Allowing();
        await using var one = await WorkerAsync(first);
        await using var two = await WorkerAsync(second);
        await using var edge = await EdgeAsync(("Bus:HotTimeout", "00:00:30"));
        var requests = Enumerable.Range(0, 1000).Select(_ => Samples.Evaluate(edge.Seal, "{}"u8)).ToArray();

        var replies = await Task.WhenAll(requests.Select(r => AskAsync(edge, r)));

        Assert.Equal(requests.Select(r => r.Call.CallId), replies.Select(r => r.CallId));
        Assert.Equal(1000, first.Calls + second.Calls);
        Assert.True(first.Calls > 0 && second.Calls > 0, $"{first.Calls} and {second.Calls} calls");
    }

    [Fact]
    public async Task Ask_LargePayload_ArrivesUnchanged()
    {
        var payload = RandomNumberGenerator.GetBytes(4 << 20);
        byte[]? seen = null;
        TestRoom? worker = null;
        await using var room = worker = await WorkerAsync(new((r, _) =>
        {
            seen = worker!.Seal.Open(r.Message, r.Call.CallId);
            return ValueTask.FromResult(Samples.Allowed(r));
        }));
        await using var edge = await EdgeAsync(("Bus:HotTimeout", "00:00:30"));

        await AskAsync(edge, Samples.Evaluate(edge.Seal, payload));

        Assert.Equal(payload, seen);
    }

    [Fact]
    public async Task Ask_MessageAboveTheLimit_IsRefusedAndHarmsNoOther()
    {
        await using var worker = await WorkerAsync(Allowing());
        await using var edge = await EdgeAsync(("Bus:MaxMessageBytes", "65536"));

        var e = await Assert.ThrowsAsync<BusUnavailableException>(() => AskAsync(edge, Samples.Evaluate(edge.Seal, new byte[70_000])));

        Assert.Contains("Bus:MaxMessageBytes", e.Message, StringComparison.Ordinal);
        Assert.True((await AskAsync(edge, Samples.Evaluate(edge.Seal, "{}"u8))).Visible);
    }

    [Fact]
    public async Task Ask_NoWorker_IsReturnedByTheBrokerInsteadOfTimingOut()
    {
        await using var edge = await EdgeAsync(("Bus:HotTimeout", "00:01:00"));

        var e = await Assert.ThrowsAsync<BusUnavailableException>(() => AskAsync(edge, Samples.Evaluate(edge.Seal, "{}"u8)));

        Assert.Contains("Nobody answers chaperone.hot.EvaluateCall", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_LastWorkerStopped_IsReturnedByTheBroker()
    {
        await using var edge = await EdgeAsync(("Bus:HotTimeout", "00:01:00"));
        await using (await WorkerAsync(Allowing()))
        {
            await AskAsync(edge, Samples.Evaluate(edge.Seal, "{}"u8));
        }

        var e = await Assert.ThrowsAsync<BusUnavailableException>(() => AskAsync(edge, Samples.Evaluate(edge.Seal, "{}"u8)));

        Assert.Contains("Nobody answers", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_DoorThrows_FailsWithoutTheExceptionsWords()
    {
        await using var worker = await WorkerAsync(new((_, _) => throw new InvalidOperationException("SSN 219-09-9999")));
        await using var edge = await EdgeAsync(("Bus:HotTimeout", "00:01:00"));

        var e = await Assert.ThrowsAsync<BusUnavailableException>(() => AskAsync(edge, Samples.Evaluate(edge.Seal, "{}"u8)));

        Assert.Contains("InvalidOperationException", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("219-09-9999", e + worker.Log.Text + edge.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_DoorNeverAnswers_EndsAtTheLimitAndTellsTheDoor()
    {
        var gaveUp = new TaskCompletionSource();
        await using var worker = await WorkerAsync(new(async (r, token) =>
        {
            await using var told = token.Register(gaveUp.SetResult);
            await Task.Delay(Timeout.Infinite, token);
            return Samples.Allowed(r);
        }));
        await using var edge = await EdgeAsync(("Bus:HotTimeout", "00:00:00.300"));

        var e = await Assert.ThrowsAsync<BusUnavailableException>(() => AskAsync(edge, Samples.Evaluate(edge.Seal, "{}"u8)));

        Assert.Contains("not answered within 0.3 s", e.Message, StringComparison.Ordinal);
        await gaveUp.Task.WaitAsync(TestLimits.Signal, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Ask_CallerGivesUp_IsCancelled()
    {
        var door = Silent();
        await using var worker = await WorkerAsync(door);
        await using var edge = await EdgeAsync(("Bus:HotTimeout", "00:01:00"));
        using var caller = new CancellationTokenSource();

        var asking = edge.Get<IAsk<EvaluateCall, CallDecided>>().AskAsync(Samples.Evaluate(edge.Seal, "{}"u8), caller.Token);
        await door.Entered.Task.WaitAsync(TestLimits.Signal, TestContext.Current.CancellationToken);
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking.AsTask());
    }

    [Fact]
    public async Task Ask_WorkerDiesMidCall_IsAnsweredByAnother()
    {
        var token = TestContext.Current.CancellationToken;
        var dying = Silent();
        await using var one = await WorkerAsync(dying);
        var connection = Assert.Single(await _vhost.Broker.FindConnectionsAsync(_vhost.Uri, "chaperone answering", token));
        await using var edge = await EdgeAsync(("Bus:HotTimeout", "00:01:00"));
        var asking = AskAsync(edge, Samples.Evaluate(edge.Seal, "{}"u8));
        await dying.Entered.Task.WaitAsync(TestLimits.Signal, token);
        await using var two = await WorkerAsync(Allowing());

        await _vhost.Broker.CutConnectionAsync(connection, token);

        Assert.True((await asking).Visible);
    }

    [Fact]
    public async Task Ask_QueueDeletedUnderTheWorker_WorksAgain()
    {
        var token = TestContext.Current.CancellationToken;
        await using var worker = await WorkerAsync(Allowing());
        await using var edge = await EdgeAsync();
        await using (var connection = await _vhost.Broker.ConnectAsync(_vhost.Uri, token))
        await using (var channel = await connection.CreateChannelAsync(cancellationToken: token))
        {
            await channel.QueueDeleteAsync("chaperone.hot.EvaluateCall", ifUnused: false, ifEmpty: false, cancellationToken: token);
        }

        await UntilAnsweredAsync(edge);
    }

    [Fact]
    public async Task Stop_WhileAnswering_FinishesTheCallFirst()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var door = new FakeDoor<EvaluateCall, CallDecided>(async (r, _) =>
        {
            await release.Task;
            return Samples.Allowed(r);
        });
        var worker = await WorkerAsync(door);
        await using var edge = await EdgeAsync(("Bus:HotTimeout", "00:01:00"));
        var asking = AskAsync(edge, Samples.Evaluate(edge.Seal, "{}"u8));
        await door.Entered.Task.WaitAsync(TestLimits.Signal, TestContext.Current.CancellationToken);

        var stopping = worker.DisposeAsync();
        release.SetResult();

        Assert.True((await asking).Visible);
        await stopping;
        Assert.Equal(1, door.Calls);
    }

    private static FakeDoor<EvaluateCall, CallDecided> Allowing() => new((r, _) => ValueTask.FromResult(Samples.Allowed(r)));

    private static FakeDoor<EvaluateCall, CallDecided> Silent() => new(async (r, token) =>
    {
        await Task.Delay(Timeout.Infinite, token);
        return Samples.Allowed(r);
    });

    private static Task<CallDecided> AskAsync(TestRoom edge, EvaluateCall request) =>
        edge.Get<IAsk<EvaluateCall, CallDecided>>().AskAsync(request, TestContext.Current.CancellationToken).AsTask();

    private static Task UntilAnsweredAsync(TestRoom edge) => TestLimits.UntilAsync(
        async () =>
        {
            try
            {
                return (await AskAsync(edge, Samples.Evaluate(edge.Seal, "{}"u8))).Visible;
            }
            catch (BusUnavailableException)
            {
                return false;
            }
        },
        "an ask to be answered",
        TestContext.Current.CancellationToken);

    private Task<TestRoom> WorkerAsync(FakeDoor<EvaluateCall, CallDecided> door) => TestRoom.StartAsync(_vhost, s =>
    {
        s.AddSingleton<IDoor<EvaluateCall, CallDecided>>(door);
        s.AddDoor<EvaluateCall, CallDecided, FakeDoor<EvaluateCall, CallDecided>>(Lane.Hot);
    });

    private Task<TestRoom> EdgeAsync(params (string Key, string Value)[] settings) =>
        TestRoom.StartAsync(_vhost, s => s.AddAsk<EvaluateCall, CallDecided>(Lane.Hot), settings);
}
