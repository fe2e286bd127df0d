using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Chaperone.Bus.Wire;
using RabbitMQ.Client;

namespace Chaperone.Bus.RabbitMq;

/// <summary>One session's channel for asking, and who waits on it. Direct reply-to binds answers to this channel, so what it has not answered when it ends is lost.</summary>
internal sealed class HotLine(BrokerSession session, IChannel channel, TimeSpan limit, TimeProvider time)
{
    public const string Gone = "The broker connection was lost.";

    private readonly ConcurrentDictionary<long, HotAsked> _waiting = new();
    private readonly Dictionary<string, HotSender> _senders = new(StringComparer.Ordinal);
    private long _last;
    private volatile bool _lost;

    /// <summary>Sends a request, which the line owns from here on. Its asker must call <see cref="Leave"/> in the end.</summary>
    public HotAsked Ask(string queue, string name, FrameBuffer request)
    {
        var sender = SenderOf(queue, name);
        var asked = new HotAsked(Interlocked.Increment(ref _last), Activity.Current?.Id, request, sender);
        _waiting[asked.Id] = asked;

        // Whoever enters while the line is being lost must not be forgotten by FailAll.
        if (_lost)
        {
            Fail(asked.Id, Gone);
        }

        sender.Add(asked);
        return asked;
    }

    public void Leave(HotAsked asked)
    {
        _waiting.TryRemove(asked.Id, out _);
        asked.Sender.Leave(asked);
    }

    public void Answer(IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body)
    {
        if (properties.ContentEncoding != HotGroup.ContentEncoding)
        {
            if (Parse(properties.CorrelationId) is { } id)
            {
                Answer(id, properties.AppId, properties.Type, body);
            }

            return;
        }

        try
        {
            foreach (var entry in HotGroup.Read(body))
            {
                Answer(entry.Id, properties.AppId, entry.Word, entry.Frame);
            }
        }
        catch (InvalidDataException)
        {
            // Of nobody that answers here: who waits is refused in time.
        }
    }

    /// <summary>The broker gave a message back: no queue, so no worker.</summary>
    public void Returned(IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body, string queue)
    {
        var ids = properties.ContentEncoding == HotGroup.ContentEncoding ? HotGroup.Read(body).Select(e => (long?)e.Id) : [Parse(properties.CorrelationId)];
        foreach (var id in ids)
        {
            Fail(id ?? 0, $"Nobody answers {queue} at the moment.");
        }
    }

    public void FailAll()
    {
        _lost = true;
        foreach (var id in _waiting.Keys)
        {
            Fail(id, Gone);
        }
    }

    private static long? Parse(string? correlationId) =>
        long.TryParse(correlationId, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private void Answer(long id, string? worker, string? kind, ReadOnlyMemory<byte> frame)
    {
        // Nobody waits any more: a late answer is dropped.
        if (_waiting.TryRemove(id, out var asked))
        {
            asked.Sender.Answered(worker);
            asked.Answer(new HotReply(kind, FrameBuffer.CopyOf(frame)));
        }
    }

    private void Fail(long id, string reason)
    {
        if (_waiting.TryRemove(id, out var asked))
        {
            asked.Fail(reason);
        }
    }

    private HotSender SenderOf(string queue, string name)
    {
        lock (_senders)
        {
            return _senders.TryGetValue(queue, out var sender) ? sender : _senders[queue] = new HotSender(session, channel, queue, name, limit, time);
        }
    }
}
