using System.Globalization;
using System.Threading.Channels;
using Chaperone.Bus.Wire;
using RabbitMQ.Client;

namespace Chaperone.Bus.RabbitMq;

/// <summary>
/// Sends the requests of one queue. While few messages are out each goes at once and alone; beyond that, those that come
/// meanwhile go together, so a message costs broker and rooms less the more there are. A group is never so large that workers
/// would have nothing to share, and waits for no slow answer longer than <see cref="LongestWait"/>.
/// </summary>
internal sealed class HotSender
{
    private const int OutForEachWorker = 4;
    private const int LargestGroup = 16;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(5);

    private readonly BrokerSession _session;
    private readonly IChannel _channel;
    private readonly string _queue;
    private readonly string _name;
    private readonly TimeSpan _limit;
    private readonly TimeProvider _time;
    private readonly string _expiration;
    private readonly Action _free;
    private readonly HotWorkers _workers = new();
    private readonly Channel<HotAsked> _waiting = Channel.CreateUnbounded<HotAsked>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Channel<bool> _freed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private HotAsked? _next;
    private int _open;
    private int _out;

    public HotSender(BrokerSession session, IChannel channel, string queue, string name, TimeSpan limit, TimeProvider time)
    {
        (_session, _channel, _queue, _name, _limit, _time) = (session, channel, queue, name, limit, time);
        _expiration = HotQueue.Expiration(limit);
        _free = Free;
        _ = RunAsync();
    }

    /// <summary>Takes a request to send; its asker calls <see cref="Leave"/> in the end.</summary>
    public void Add(HotAsked asked)
    {
        Interlocked.Increment(ref _open);
        if (!_waiting.Writer.TryWrite(asked))
        {
            asked.Frame.Dispose();
            asked.Fail(HotLine.Gone);
        }
    }

    public void Leave(HotAsked asked)
    {
        Interlocked.Decrement(ref _open);
        asked.Leave();
    }

    /// <summary>An answer came, from this worker; null for one of before there were groups.</summary>
    public void Answered(string? worker) => _workers.Answered(worker);

    private int MostOut => OutForEachWorker * _workers.Count;

    private async Task RunAsync()
    {
        try
        {
            while (_next is not null || await _waiting.Reader.WaitToReadAsync(_session.Lost))
            {
                await WaitForPlaceAsync();
                await SendAsync(Gather());
            }
        }
        catch (OperationCanceledException)
        {
            // The session ended.
        }

        // Whatever ended this loop must end the session too: a line that takes and never sends would hold every call.
        catch (Exception e)
        {
            await _session.EndAsync($"sending requests stopped: {e.GetType().Name}");
        }
        finally
        {
            _waiting.Writer.TryComplete();
            Drop(_next);
            while (_waiting.Reader.TryRead(out var left))
            {
                Drop(left);
            }
        }
    }

    private static void Drop(HotAsked? asked)
    {
        asked?.Frame.Dispose();
        asked?.Fail(HotLine.Gone);
    }

    private async ValueTask WaitForPlaceAsync()
    {
        if (!_workers.TakeGroups || Volatile.Read(ref _out) < MostOut)
        {
            return;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_session.Lost);
        limit.CancelAfter(LongestWait);
        try
        {
            while (Volatile.Read(ref _out) >= MostOut)
            {
                await _freed.Reader.ReadAsync(limit.Token);
            }
        }
        catch (OperationCanceledException) when (!_session.Lost.IsCancellationRequested)
        {
            // The answers are slow: what waits goes all the same.
        }
    }

    private List<HotAsked> Gather()
    {
        var places = MostOut;
        var most = _workers.TakeGroups ? Math.Clamp((Volatile.Read(ref _open) + places - 1) / places, 1, LargestGroup) : 1;
        var group = new List<HotAsked>(most);
        var message = new HotMessage(_free);
        var bytes = 0;
        while (group.Count < most && (_next ?? Read()) is { } asked)
        {
            _next = null;
            if (group.Count > 0 && bytes + asked.Frame.Length > HotGroup.LargestBytes)
            {
                _next = asked;
                break;
            }

            if (!asked.TryJoin(message))
            {
                asked.Frame.Dispose();
                continue;
            }

            bytes += asked.Frame.Length;
            group.Add(asked);
        }

        if (group.Count > 0)
        {
            Interlocked.Increment(ref _out);
        }

        return group;
    }

    private HotAsked? Read() => _waiting.Reader.TryRead(out var asked) ? asked : null;

    private void Free()
    {
        Interlocked.Decrement(ref _out);
        _freed.Writer.TryWrite(true);
    }

    private async ValueTask SendAsync(List<HotAsked> group)
    {
        if (group.Count == 0)
        {
            return;
        }

        BusTelemetry.AskGroup.Record(group.Count, new KeyValuePair<string, object?>("message", _name));
        using var message = group.Count == 1 ? group[0].Frame : Together(group);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_session.Lost);
        limit.CancelAfter(_limit);
        try
        {
            await _channel.BasicPublishAsync("", _queue, mandatory: true, PropertiesOf(group), message.Written, limit.Token);
        }
        catch (OperationCanceledException) when (!_session.Lost.IsCancellationRequested)
        {
            // Their askers' limits end with this one.
        }
    }

    private static FrameBuffer Together(List<HotAsked> group)
    {
        var message = HotGroup.Begin();
        foreach (var asked in group)
        {
            HotGroup.Add(message, asked.Id, asked.Trace, asked.Frame.Written.Span);
            asked.Frame.Dispose();
        }

        return message;
    }

    private BasicProperties PropertiesOf(List<HotAsked> group)
    {
        var headers = new Dictionary<string, object?> { [BusTelemetry.SentHeader] = _time.GetUtcNow().ToUnixTimeMilliseconds() };
        var properties = new BasicProperties
        {
            Headers = headers,
            // A worker of before there were groups refuses the first of one by this.
            CorrelationId = group[0].Id.ToString(CultureInfo.InvariantCulture),
            ReplyTo = HotCaller.ReplyTo,
            Expiration = _expiration,
            Type = _name,
            DeliveryMode = DeliveryModes.Transient,
        };
        if (group.Count > 1)
        {
            properties.ContentEncoding = HotGroup.ContentEncoding;
            return properties;
        }

        if (group[0].Trace is { } trace)
        {
            headers[BusTelemetry.TraceHeader] = trace;
        }

        return properties;
    }
}
