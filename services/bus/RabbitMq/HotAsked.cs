using Chaperone.Bus.Wire;

namespace Chaperone.Bus.RabbitMq;

/// <summary>A hot request from its asking to its answer. The line owns its frame.</summary>
internal sealed class HotAsked(long id, string? trace, FrameBuffer frame, HotSender sender)
{
    private readonly TaskCompletionSource<HotReply> _reply = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private HotMessage? _message;
    private bool _left;

    public long Id => id;

    /// <summary>The asker's W3C trace context; null without one.</summary>
    public string? Trace => trace;

    public FrameBuffer Frame => frame;

    public HotSender Sender => sender;

    public Task<HotReply> Reply => _reply.Task;

    /// <summary>Goes with a message, unless its asker waits no more.</summary>
    public bool TryJoin(HotMessage message)
    {
        lock (_gate)
        {
            _message = _left ? null : message;
            return !_left;
        }
    }

    /// <summary>Its asker waits no more.</summary>
    public void Leave()
    {
        HotMessage? message;
        lock (_gate)
        {
            _left = true;
            message = _message;
        }

        message?.Free();
    }

    public void Answer(HotReply reply)
    {
        _reply.TrySetResult(reply);
        HotMessage? message;
        lock (_gate)
        {
            message = _message;
        }

        message?.Free();
    }

    public void Fail(string reason) => _reply.TrySetException(new BusUnavailableException(reason));
}

/// <summary>A message that is out: its place is free again with the first of its answers.</summary>
internal sealed class HotMessage(Action freed)
{
    private int _isFree;

    public void Free()
    {
        if (Interlocked.Exchange(ref _isFree, 1) == 0)
        {
            freed();
        }
    }
}
