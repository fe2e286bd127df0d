using System.Buffers.Binary;
using System.Text.Json;
using Chaperone.Bus.Wire;
using MassTransit.Serialization;

namespace Chaperone.Contracts.Tests;

/// <summary>How a message is written on each road of RabbitMQ, by the bus's own code.</summary>
internal static class WireForm
{
    private const int FrameHeader = 5;

    /// <summary>The JSON of a message on the hot lane or in the journal; its byte arrays follow the JSON.</summary>
    public static byte[] WriteFramed<T>(T message)
        where T : class
    {
        using var frame = Frame.Write(message);
        var length = BinaryPrimitives.ReadInt32LittleEndian(frame.Written.Span[1..]);
        return frame.Written.Slice(FrameHeader, length).ToArray();
    }

    /// <summary>There and back on the hot lane or in the journal.</summary>
    public static T PassFramed<T>(T message)
        where T : class
    {
        using var frame = Frame.Write(message);
        return Frame.Read<T>(frame.Written);
    }

    /// <summary>The JSON of a message on the cold lane.</summary>
    public static byte[] WriteCold<T>(T message)
        where T : class => JsonSerializer.SerializeToUtf8Bytes(message, SystemTextJsonMessageSerializer.Options);

    /// <summary>There and back on the cold lane.</summary>
    public static T PassCold<T>(T message)
        where T : class => JsonSerializer.Deserialize<T>(WriteCold(message), SystemTextJsonMessageSerializer.Options)!;
}
