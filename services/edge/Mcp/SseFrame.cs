using System.Buffers;
using System.Text;

namespace Chaperone.Edge.Mcp;

/// <summary>One event of a text/event-stream (WHATWG HTML 9.2): its fields as sent, its data lines joined.</summary>
internal sealed record SseFrame
{
    public string? EventType { get; init; }

    public string? Id { get; init; }

    public string? Retry { get; init; }

    /// <summary>UTF-8; empty for priming events, which carry an id only.</summary>
    public byte[] Data { get; init; } = [];

    /// <summary>The event on the wire. Data with line breaks becomes several data lines.</summary>
    public byte[] ToBytes()
    {
        var buffer = new ArrayBufferWriter<byte>(Data.Length + 64);
        Field(buffer, "event", EventType);
        Field(buffer, "id", Id);
        Field(buffer, "retry", Retry);
        ReadOnlySpan<byte> rest = Data;
        while (true)
        {
            var end = rest.IndexOf((byte)'\n');
            buffer.Write("data: "u8);
            buffer.Write(end < 0 ? rest : rest[..end]);
            buffer.Write("\n"u8);
            if (end < 0)
            {
                break;
            }

            rest = rest[(end + 1)..];
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    private static void Field(ArrayBufferWriter<byte> buffer, string name, string? value)
    {
        if (value is not null)
        {
            buffer.Write(Encoding.UTF8.GetBytes($"{name}: {value}\n"));
        }
    }
}
