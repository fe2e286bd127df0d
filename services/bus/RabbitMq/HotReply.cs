using System.Text;
using Chaperone.Bus.Wire;

namespace Chaperone.Bus.RabbitMq;

/// <summary>What came back for a hot request.</summary>
internal sealed class HotReply(string? kind, FrameBuffer body) : IDisposable
{
    /// <summary>Reads the answer to <paramref name="request"/>.</summary>
    /// <exception cref="BusUnavailableException">The door threw, or its answer is not a <typeparamref name="TReply"/>.</exception>
    public TReply Read<TReply>(string request)
        where TReply : class
    {
        if (kind == HotQueue.Fault)
        {
            throw new BusUnavailableException($"The room that answers {request} failed: {Encoding.UTF8.GetString(body.Written.Span)}.");
        }

        try
        {
            return kind == typeof(TReply).Name
                ? Frame.Read<TReply>(body.Written)
                : throw new InvalidDataException($"Expected {typeof(TReply).Name}.");
        }
        catch (InvalidDataException e)
        {
            throw new BusUnavailableException($"The answer to {request} could not be read: {e.Message}", e);
        }
    }

    public void Dispose() => body.Dispose();
}
