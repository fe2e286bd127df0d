using Chaperone.Bus.Wire;

namespace Chaperone.Bus.RabbitMq;

/// <summary>A door of this process on the hot lane, with its types put away.</summary>
internal interface IHotDoor
{
    string Queue { get; }

    /// <summary>Name of the request, for traces and logs.</summary>
    string RequestName { get; }

    /// <summary>Name of the reply on the wire.</summary>
    string ReplyName { get; }

    /// <summary>Answers a framed request with a framed reply; the caller disposes it.</summary>
    ValueTask<FrameBuffer> AnswerAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken);
}

/// <inheritdoc />
internal sealed class HotDoor<TRequest, TReply>(IDoor<TRequest, TReply> door) : IHotDoor
    where TRequest : class
    where TReply : class
{
    public string Queue => HotQueue.NameOf<TRequest>();

    public string RequestName => typeof(TRequest).Name;

    public string ReplyName => typeof(TReply).Name;

    public async ValueTask<FrameBuffer> AnswerAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken) =>
        Frame.Write(await door.AnswerAsync(Frame.Read<TRequest>(frame), cancellationToken));
}
