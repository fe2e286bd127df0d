using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chaperone.Bus.Wire;

/// <summary>
/// One message as bytes: version (1), length of the JSON (4, little-endian), the facts as JSON, then every <c>byte[]</c> as
/// it is. Unknown members are ignored so that rooms may be upgraded one by one; a missing required member, a null where
/// none may be, or an unknown enum name is an error, and the asker fails closed.
/// </summary>
internal static class Frame
{
    private const byte Version = 1;
    private const int HeaderSize = 5;

    private static readonly JsonSerializerOptions Options = new()
    {
        RespectNullableAnnotations = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new AttachedBytesConverter(), new JsonStringEnumConverter(allowIntegerValues: false) },
    };

    /// <summary>Frames <paramref name="message"/>; the caller disposes the buffer.</summary>
    public static FrameBuffer Write<T>(T message)
        where T : class
    {
        var buffer = new FrameBuffer();
        buffer.Advance(HeaderSize);
        var attachments = new List<byte[]>(capacity: 8);
        AttachedBytesConverter.BeginWrite(attachments);
        try
        {
            using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true });
            JsonSerializer.Serialize(writer, message, Options);
        }
        finally
        {
            AttachedBytesConverter.End();
        }

        buffer.Filled[0] = Version;
        BinaryPrimitives.WriteInt32LittleEndian(buffer.Filled[1..], buffer.Length - HeaderSize);
        foreach (var attachment in attachments)
        {
            buffer.Append(attachment);
        }

        return buffer;
    }

    /// <summary>Reads a frame; the result holds copies, so <paramref name="frame"/> may be reused.</summary>
    /// <exception cref="InvalidDataException">Not a frame of <typeparamref name="T"/>; the message holds no content.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> frame)
        where T : class
    {
        if (frame.Length < HeaderSize || frame.Span[0] != Version)
        {
            throw new InvalidDataException($"Not a frame of version {Version}.");
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(frame.Span[1..]);
        if (length < 0 || length > frame.Length - HeaderSize)
        {
            throw new InvalidDataException("The frame is cut short.");
        }

        AttachedBytesConverter.BeginRead(frame[(HeaderSize + length)..]);
        try
        {
            return JsonSerializer.Deserialize<T>(frame.Span.Slice(HeaderSize, length), Options)
                ?? throw new InvalidDataException($"The frame holds no {typeof(T).Name}.");
        }
        catch (JsonException e)
        {
            // Without the inner exception: its text may quote what it read.
            throw new InvalidDataException($"The frame is no {typeof(T).Name}; trouble at {e.Path}.");
        }
        finally
        {
            AttachedBytesConverter.End();
        }
    }
}
