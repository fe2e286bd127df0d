using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using Chaperone.Bus.Wire;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Chaperone.Bus.RabbitMq;

/// <summary>
/// Answers hot requests. A request is acknowledged after its answer, so that another worker gets it when this one dies; at
/// most <see cref="BusOptions.Prefetch"/> messages of a kind are taken at once, so workers share the load. The requests of a
/// group are answered side by side, and answers that are ready together go back together.
/// </summary>
internal sealed partial class HotDoors(IEnumerable<IHotDoor> doors, IOptions<BusOptions> options, TimeProvider time, ILogger<HotDoors> logger) : IBrokerUser
{
    // Tells askers how many workers there are, and that they take groups.
    private readonly string _worker = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));

    private readonly List<(IChannel Channel, string Consumer)> _consumers = [];
    private int _running;
    private volatile TaskCompletionSource? _idle;

    public string Purpose => "answering";

    public async Task OpenAsync(BrokerSession session, CancellationToken cancellationToken)
    {
        foreach (var door in doors)
        {
            var channel = await session.OpenChannelAsync(confirms: false, cancellationToken);
            await HotQueue.DeclareAsync(channel, door.Queue, cancellationToken);
            await channel.BasicQosAsync(0, (ushort)options.Value.Prefetch, global: false, cancellationToken);
            var consumer = await channel.BasicConsumeAsync(
                door.Queue,
                autoAck: false,
                new QueueConsumer(channel, session, (tag, properties, body) => Take(door, channel, session, new HotRequest(tag, properties, body))),
                cancellationToken);
            _consumers.Add((channel, consumer));
        }
    }

    public async Task DrainAsync(BrokerSession session)
    {
        var idle = _idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            foreach (var (channel, consumer) in _consumers)
            {
                await channel.BasicCancelAsync(consumer, noWait: false, session.Lost);
            }

            if (Volatile.Read(ref _running) > 0)
            {
                await idle.Task.WaitAsync(options.Value.HotTimeout, time, session.Lost);
            }
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException or AlreadyClosedException or OperationInterruptedException)
        {
            // What is not answered goes to another worker.
        }
    }

    public void Lost() => _consumers.Clear();

    private void Take(IHotDoor door, IChannel channel, BrokerSession session, HotRequest request)
    {
        Interlocked.Increment(ref _running);

        // Off the dispatch task: a door that computes must not hold up the next request.
        _ = Task.Run(() => AnswerAsync(door, channel, session, request), CancellationToken.None);
    }

    private async Task AnswerAsync(IHotDoor door, IChannel channel, BrokerSession session, HotRequest request)
    {
        try
        {
            using (request)
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(session.Lost);
                limit.CancelAfter(request.Limit ?? options.Value.HotTimeout);
                if (request.IsGroup)
                {
                    await AnswerGroupAsync(door, channel, request, limit.Token, session.Lost);
                }
                else
                {
                    var (kind, reply) = await AskDoorAsync(door, request, request.Body.Written, request.TraceParent, limit.Token);
                    using (reply)
                    {
                        await ReplyAsync(channel, request, Properties(request.CorrelationId, kind), reply, session.Lost);
                    }
                }

                await channel.BasicAckAsync(request.Tag, multiple: false, session.Lost);
            }
        }
        catch (Exception e) when (e is AlreadyClosedException or OperationInterruptedException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The connection is gone: the request was not acknowledged, and another worker gets it.
        }
        finally
        {
            if (Interlocked.Decrement(ref _running) == 0)
            {
                _idle?.TrySetResult();
            }
        }
    }

    private async Task AnswerGroupAsync(IHotDoor door, IChannel channel, HotRequest request, CancellationToken limit, CancellationToken lost)
    {
        List<HotGroup.Entry> entries;
        try
        {
            entries = HotGroup.Read(request.Body.Written);
        }
        catch (InvalidDataException e)
        {
            // No asker of ours sent it, so none waits for it.
            Log.DoorFailed(logger, door.RequestName, e.GetType().Name, e.StackTrace);
            return;
        }

        var ready = Channel.CreateUnbounded<HotAnswer>(new UnboundedChannelOptions { SingleReader = true });
        var asking = entries.ConvertAll(entry => Task.Run(
            async () =>
            {
                var (kind, reply) = await AskDoorAsync(door, request, entry.Frame, entry.Word, limit);
                ready.Writer.TryWrite(new HotAnswer(entry.Id, kind, reply));
            },
            CancellationToken.None));
        try
        {
            for (var left = entries.Count; left > 0;)
            {
                await ready.Reader.WaitToReadAsync(lost);
                left -= await ReplyReadyAsync(channel, request, ready.Reader, lost);
            }
        }
        finally
        {
            // They read the request's memory.
            await Task.WhenAll(asking);
        }
    }

    /// <summary>Sends the answers that are ready, as far as they fit in one message.</summary>
    private async Task<int> ReplyReadyAsync(IChannel channel, HotRequest request, ChannelReader<HotAnswer> ready, CancellationToken lost)
    {
        using var group = HotGroup.Begin();
        var count = 0;
        while (ready.TryPeek(out var next) && (count == 0 || group.Length + next.Reply.Length <= HotGroup.LargestBytes) && ready.TryRead(out var answer))
        {
            using (answer.Reply)
            {
                // Beside others it would make the message larger than one can be.
                if (count == 0 && (answer.Reply.Length > HotGroup.LargestBytes || !ready.TryPeek(out _)))
                {
                    await ReplyAsync(channel, request, Properties(answer.Id.ToString(CultureInfo.InvariantCulture), answer.Kind), answer.Reply, lost);
                    return 1;
                }

                HotGroup.Add(group, answer.Id, answer.Kind, answer.Reply.Written.Span);
                count++;
            }
        }

        await ReplyAsync(channel, request, new BasicProperties { ContentEncoding = HotGroup.ContentEncoding, AppId = _worker, DeliveryMode = DeliveryModes.Transient }, group, lost);
        return count;
    }

    private BasicProperties Properties(string? id, string kind) =>
        new() { CorrelationId = id, Type = kind, AppId = _worker, DeliveryMode = DeliveryModes.Transient };

    private async ValueTask<(string Kind, FrameBuffer Reply)> AskDoorAsync(IHotDoor door, HotRequest request, ReadOnlyMemory<byte> frame, string? trace, CancellationToken cancellationToken)
    {
        if (request.Sent is { } sent)
        {
            BusTelemetry.QueueAge.Record(Math.Max(0, time.GetUtcNow().ToUnixTimeMilliseconds() - sent), new KeyValuePair<string, object?>("message", door.RequestName));
        }

        using var activity = BusTelemetry.Source.StartActivity($"answer {door.RequestName}", ActivityKind.Server, trace);
        try
        {
            var reply = await door.AnswerAsync(frame, cancellationToken);
            if (reply.Length <= options.Value.MaxMessageBytes)
            {
                return (door.ReplyName, reply);
            }

            reply.Dispose();
            Log.TooLarge(logger, door.RequestName, reply.Length, options.Value.MaxMessageBytes);
            return (HotQueue.Fault, FaultOf("answer larger than Bus:MaxMessageBytes"));
        }

        // A door that throws is broken, whatever it throws; the asker must hear so at once and fail closed. The text of
        // an exception may quote a payload, its type does not.
        catch (Exception e)
        {
            activity?.SetStatus(ActivityStatusCode.Error);
            Log.DoorFailed(logger, door.RequestName, e.GetType().Name, e.StackTrace);
            return (HotQueue.Fault, FaultOf(e is BusUnavailableException ? e.Message : e.GetType().Name));
        }
    }

    private static FrameBuffer FaultOf(string words) => FrameBuffer.CopyOf(Encoding.UTF8.GetBytes(words));

    private static async Task ReplyAsync(IChannel channel, HotRequest request, BasicProperties properties, FrameBuffer reply, CancellationToken cancellationToken)
    {
        if (request.ReplyTo is { } replyTo)
        {
            await channel.BasicPublishAsync("", replyTo, mandatory: false, properties, reply.Written, cancellationToken);
        }
    }

    /// <summary>What a door said to one request of a group.</summary>
    private readonly record struct HotAnswer(long Id, string Kind, FrameBuffer Reply);

    private static partial class Log
    {
        [LoggerMessage(9020, LogLevel.Error, "The door for {Request} failed: {ExceptionType}\n{Stack}")]
        public static partial void DoorFailed(ILogger logger, string request, string exceptionType, string? stack);

        [LoggerMessage(9021, LogLevel.Error, "The answer to {Request} has {Bytes} bytes; Bus:MaxMessageBytes allows {Limit}")]
        public static partial void TooLarge(ILogger logger, string request, int bytes, int limit);
    }
}
