using System.Globalization;
using System.Text;
using Chaperone.Bus.Wire;
using RabbitMQ.Client;

namespace Chaperone.Bus.RabbitMq;

/// <summary>A delivered request, copied out of the client's memory.</summary>
internal sealed class HotRequest(ulong tag, IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body) : IDisposable
{
    public ulong Tag { get; } = tag;

    public FrameBuffer Body { get; } = FrameBuffer.CopyOf(body);

    public string? ReplyTo { get; } = properties.ReplyTo;

    public string? CorrelationId { get; } = properties.CorrelationId;

    /// <summary>When it was sent, in milliseconds since 1970 by the asker's clock; null if it does not say.</summary>
    public long? Sent { get; } = properties.Headers?.TryGetValue(BusTelemetry.SentHeader, out var sent) == true ? sent as long? : null;

    /// <summary>Whether the body is a group of requests.</summary>
    public bool IsGroup { get; } = properties.ContentEncoding == HotGroup.ContentEncoding;

    /// <summary>How long the asker waits; null if it does not say.</summary>
    public TimeSpan? Limit { get; } =
        long.TryParse(properties.Expiration, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            ? TimeSpan.FromMilliseconds(milliseconds)
            : null;

    /// <summary>The asker's W3C trace context; null without one.</summary>
    public string? TraceParent { get; } =
        properties.Headers?.TryGetValue(BusTelemetry.TraceHeader, out var value) == true && value is byte[] text
            ? Encoding.ASCII.GetString(text)
            : null;

    public void Dispose() => Body.Dispose();
}
