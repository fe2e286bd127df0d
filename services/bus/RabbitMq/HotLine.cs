using System.Collections.Concurrent;
using System.Globalization;
using Chaperone.Bus.Wire;
using RabbitMQ.Client;

namespace Chaperone.Bus.RabbitMq;

/// <summary>One session's channel for asking, and who waits on it. Direct reply-to binds answers to this channel, so what it has not answered when it ends is lost.</summary>
internal sealed class HotLine(IChannel channel)
{
    private readonly ConcurrentDictionary<long, TaskCompletionSource<HotReply>> _waiting = new();
    private long _last;
    private volatile bool _lost;

    public IChannel Channel => channel;

    /// <summary>Adds a caller; it must call <see cref="Leave"/> in the end.</summary>
    public (long Id, Task<HotReply> Reply) Enter()
    {
        var id = Interlocked.Increment(ref _last);
        var reply = new TaskCompletionSource<HotReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[id] = reply;

        // Whoever enters while the line is being lost must not be forgotten by FailAll.
        if (_lost)
        {
            Fail(id, "The broker connection was lost.");
        }

        return (id, reply.Task);
    }

    public void Leave(long id) => _waiting.TryRemove(id, out _);

    public void Answer(IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body)
    {
        // Nobody waits any more: a late answer is dropped.
        if (Parse(properties.CorrelationId) is { } id && _waiting.TryRemove(id, out var caller))
        {
            caller.TrySetResult(new HotReply(properties.Type, FrameBuffer.CopyOf(body)));
        }
    }

    /// <summary>The broker gave a request back: no queue, so no worker.</summary>
    public void Returned(string? correlationId, string queue)
    {
        if (Parse(correlationId) is { } id)
        {
            Fail(id, $"Nobody answers {queue} at the moment.");
        }
    }

    public void FailAll()
    {
        _lost = true;
        foreach (var id in _waiting.Keys)
        {
            Fail(id, "The broker connection was lost.");
        }
    }

    private static long? Parse(string? correlationId) =>
        long.TryParse(correlationId, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private void Fail(long id, string reason)
    {
        if (_waiting.TryRemove(id, out var caller))
        {
            caller.TrySetException(new BusUnavailableException(reason));
        }
    }
}
