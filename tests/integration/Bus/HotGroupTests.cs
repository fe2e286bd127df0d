using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Chaperone.Bus;
using Chaperone.Bus.RabbitMq;
using Chaperone.Bus.Wire;
using Chaperone.Contracts;
using Chaperone.TestKit;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Chaperone.Integration.Tests.Bus;

/// <summary>Requests that come together go together, over a real broker; each is answered, refused and late by itself.</summary>
public sealed class HotGroupTests(SharedRabbitMq shared) : IAsyncLifetime
{
    private BusVhost _vhost = null!;

    public async ValueTask InitializeAsync() => _vhost = await BusVhost.CreateAsync(shared);

    public ValueTask DisposeAsync()
    {
        _vhost.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Ask_ManyAtOnce_GoTogetherAndEachHasItsOwnAnswer()
    {
        await using var worker = await WorkerAsync((r, _) => ValueTask.FromResult(Samples.Allowed(r)));
        await using var edge = await EdgeAsync();
        using var groups = new Groups();
        await AskAsync(edge);

        var requests = Enumerable.Range(0, 600).Select(_ => Samples.Evaluate(edge.Seal, "{}"u8)).ToArray();
        var replies = await Task.WhenAll(requests.Select(r => AskAsync(edge, r)));

        Assert.Equal(requests.Select(r => r.Call.CallId), replies.Select(r => r.CallId));
        Assert.Contains(groups.Sizes, n => n > 1);
        Assert.DoesNotContain(groups.Sizes, n => n > 16);
    }

    [Fact]
    public async Task Ask_OneOfAGroupIsSlow_TheOthersDoNotWaitForIt()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var slow = new ConcurrentDictionary<Guid, bool>();
        await using var worker = await WorkerAsync(async (r, _) =>
        {
            await (slow.ContainsKey(r.Call.CallId) ? release.Task : Task.CompletedTask);
            return Samples.Allowed(r);
        });
        await using var edge = await EdgeAsync();
        using var groups = new Groups();
        await AskAsync(edge);
        var requests = Enumerable.Range(0, 400).Select(_ => Samples.Evaluate(edge.Seal, "{}"u8)).ToArray();
        Array.ForEach(requests[100..110], r => slow[r.Call.CallId] = true);

        var asking = requests.Select(r => AskAsync(edge, r)).ToArray();

        await Task.WhenAll([.. asking[..100], .. asking[110..]]);
        Assert.DoesNotContain(asking[100..110], a => a.IsCompleted);
        release.SetResult();
        await Task.WhenAll(asking);
        Assert.Contains(groups.Sizes, n => n > 1);
    }

    [Fact]
    public async Task Ask_DoorThrowsForOneOfAGroup_OnlyThatOneFails()
    {
        var broken = new ConcurrentDictionary<Guid, bool>();
        await using var worker = await WorkerAsync((r, _) => broken.ContainsKey(r.Call.CallId) ? throw new InvalidOperationException("SSN 219-09-9999") : ValueTask.FromResult(Samples.Allowed(r)));
        await using var edge = await EdgeAsync();
        await AskAsync(edge);
        var requests = Enumerable.Range(0, 300).Select(_ => Samples.Evaluate(edge.Seal, "{}"u8)).ToArray();
        Array.ForEach(requests[..20], r => broken[r.Call.CallId] = true);

        var asking = requests.Select(r => AskAsync(edge, r)).ToArray();

        await Task.WhenAll(asking[20..]);
        foreach (var one in asking[..20])
        {
            Assert.Contains("InvalidOperationException", (await Assert.ThrowsAsync<BusUnavailableException>(() => one)).Message, StringComparison.Ordinal);
        }
    }

    /// <summary>An answer as large as a message may be goes alone: beside others its message would be too large for the broker.</summary>
    [Fact]
    public async Task Ask_LargeAnswersAmongSmallOnes_AllArrive()
    {
        var reason = new string('r', 200_000);
        await using var worker = await WorkerAsync((r, _) => ValueTask.FromResult(Answer(r)));
        await using var edge = await EdgeAsync();
        await AskAsync(edge);

        var replies = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => AskAsync(edge)));

        Assert.Contains(replies, r => r.Decision.Reason == reason);
        Assert.Contains(replies, r => r.Decision.Reason != reason);

        CallDecided Answer(EvaluateCall r)
        {
            var allowed = Samples.Allowed(r);
            return r.Call.CallId.ToByteArray()[^1] % 3 == 0 ? allowed with { Decision = allowed.Decision with { Reason = reason } } : allowed;
        }
    }

    /// <summary>While rooms are upgraded one by one, workers of before there were groups answer too: then nothing goes together.</summary>
    [Fact]
    public async Task Ask_WorkerOfBefore_GetsEachRequestAlone()
    {
        var token = TestContext.Current.CancellationToken;
        await using var connection = await _vhost.Broker.ConnectAsync(_vhost.Uri, token);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: token);
        await HotQueue.DeclareAsync(channel, HotQueue.NameOf<EvaluateCall>(), token);
        var encodings = new ConcurrentBag<string?>();
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, request) =>
        {
            encodings.Add(request.BasicProperties.ContentEncoding);
            using var reply = Frame.Write(Samples.Allowed(Frame.Read<EvaluateCall>(request.Body)));
            var properties = new BasicProperties { CorrelationId = request.BasicProperties.CorrelationId, Type = nameof(CallDecided) };
            await channel.BasicPublishAsync("", request.BasicProperties.ReplyTo!, mandatory: false, properties, reply.Written.ToArray(), token);
        };
        await channel.BasicConsumeAsync(HotQueue.NameOf<EvaluateCall>(), autoAck: true, consumer, token);
        await using var worker = await WorkerAsync((r, _) => ValueTask.FromResult(Samples.Allowed(r)));
        await using var edge = await EdgeAsync();
        for (var i = 0; i < 8; i++)
        {
            // Turn by turn, so both answer.
            await AskAsync(edge);
        }

        await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => AskAsync(edge)));

        Assert.True(encodings.Count > 100, $"{encodings.Count} requests came to it");
        Assert.All(encodings, Assert.Null);
    }

    /// <summary>What the workers are scaled by: how long a request waited, whatever the door takes.</summary>
    [Fact]
    public async Task Ask_SlowDoor_TellsHowLongARequestWaitedAndNotHowLongTheDoorTook()
    {
        await using var worker = await WorkerAsync(async (r, token) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(3), token);
            return Samples.Allowed(r);
        });
        await using var edge = await EdgeAsync();
        using var listener = new MeterListener();
        var ages = new ConcurrentBag<double>();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Name == "chaperone.bus.queue.age")
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((_, age, _, _) => ages.Add(age));
        listener.Start();

        await AskAsync(edge);

        Assert.Contains(ages, age => age is >= 0 and < 3_000);
    }

    private static Task<CallDecided> AskAsync(TestRoom edge, EvaluateCall? request = null) =>
        edge.Get<IAsk<EvaluateCall, CallDecided>>().AskAsync(request ?? Samples.Evaluate(edge.Seal, "{}"u8), TestContext.Current.CancellationToken).AsTask();

    private Task<TestRoom> WorkerAsync(Func<EvaluateCall, CancellationToken, ValueTask<CallDecided>> answer) => TestRoom.StartAsync(_vhost, s =>
    {
        s.AddSingleton<IDoor<EvaluateCall, CallDecided>>(new FakeDoor<EvaluateCall, CallDecided>(answer));
        s.AddDoor<EvaluateCall, CallDecided, FakeDoor<EvaluateCall, CallDecided>>(Lane.Hot);
    });

    private Task<TestRoom> EdgeAsync() => TestRoom.StartAsync(_vhost, s => s.AddAsk<EvaluateCall, CallDecided>(Lane.Hot), ("Bus:HotTimeout", "00:00:30"));

    /// <summary>How many requests went together, as the bus's own metric tells; other tests of the process count too.</summary>
    private sealed class Groups : IDisposable
    {
        private readonly MeterListener _listener = new();

        public Groups()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "chaperone.bus.ask.group")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<int>((_, size, _, _) => Sizes.Add(size));
            _listener.Start();
        }

        public ConcurrentBag<int> Sizes { get; } = [];

        public void Dispose() => _listener.Dispose();
    }
}
