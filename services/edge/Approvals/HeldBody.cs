using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Chaperone.Edge.Mcp;

namespace Chaperone.Edge.Approvals;

/// <summary>Takes the gateway's request state out of a repeated message and puts the upstream's own back; all else stays byte for byte.</summary>
internal static class HeldBody
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Restore(McpMessage message, HeldState state)
    {
        var buffer = new ArrayBufferWriter<byte>(message.Bytes.Length);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            foreach (var property in message.Root.EnumerateObject())
            {
                writer.WritePropertyName(property.Name);
                if (property.NameEquals("params"))
                {
                    WriteParams(writer, property.Value, state);
                }
                else
                {
                    writer.WriteRawValue(property.Value.GetRawText());
                }
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteParams(Utf8JsonWriter writer, JsonElement parameters, HeldState state)
    {
        writer.WriteStartObject();
        foreach (var property in parameters.EnumerateObject())
        {
            if (property.NameEquals("requestState") || property.NameEquals("inputResponses"))
            {
                continue;
            }

            writer.WritePropertyName(property.Name);
            writer.WriteRawValue(property.Value.GetRawText());
        }

        if (state.UpstreamState is not null)
        {
            writer.WriteString("requestState", state.UpstreamState);
        }

        if (state.InputResponses is not null)
        {
            writer.WritePropertyName("inputResponses");
            writer.WriteRawValue(state.InputResponses);
        }

        writer.WriteEndObject();
    }
}
