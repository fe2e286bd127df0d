using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chaperone.Bus.Wire;

/// <summary>Writes a <c>byte[]</c> as <c>[offset,length]</c> of the bytes that follow the JSON: no base64, and an unknown member is skipped like any other.</summary>
internal sealed class AttachedBytesConverter : JsonConverter<byte[]>
{
    // The serializer hands converters no state of the call. It runs synchronously, so the thread is the call; Frame sets
    // and clears these around it.
    [ThreadStatic]
    private static List<byte[]>? _writing;

    [ThreadStatic]
    private static int _offset;

    [ThreadStatic]
    private static ReadOnlyMemory<byte> _reading;

    public static void BeginWrite(List<byte[]> attachments)
    {
        _writing = attachments;
        _offset = 0;
    }

    public static void BeginRead(ReadOnlyMemory<byte> attachments) => _reading = attachments;

    public static void End()
    {
        _writing = null;
        _reading = default;
    }

    public override byte[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray
            || !reader.Read() || !reader.TryGetInt32(out var offset)
            || !reader.Read() || !reader.TryGetInt32(out var length)
            || !reader.Read() || reader.TokenType != JsonTokenType.EndArray)
        {
            throw new JsonException("Expected [offset,length].");
        }

        return offset >= 0 && length >= 0 && (long)offset + length <= _reading.Length
            ? _reading.Span.Slice(offset, length).ToArray()
            : throw new JsonException("The frame is cut short.");
    }

    public override void Write(Utf8JsonWriter writer, byte[] value, JsonSerializerOptions options)
    {
        _writing!.Add(value);
        writer.WriteStartArray();
        writer.WriteNumberValue(_offset);
        writer.WriteNumberValue(value.Length);
        writer.WriteEndArray();
        _offset = checked(_offset + value.Length);
    }
}
