using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Chaperone.Contracts;

namespace Chaperone.Edge.Mcp;

/// <summary>Writes the gateway's own JSON-RPC messages.</summary>
internal static class McpAnswers
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A JSON-RPC error; <paramref name="id"/> is raw JSON or null.</summary>
    public static byte[] Error(string? id, int code, string message, string? dataJson = null) => Write(id, writer =>
    {
        writer.WriteStartObject("error");
        writer.WriteNumber("code", code);
        writer.WriteString("message", message);
        if (dataJson is not null)
        {
            writer.WritePropertyName("data");
            writer.WriteRawValue(dataJson);
        }

        writer.WriteEndObject();
    });

    /// <summary>A tool result with <c>isError: true</c>, which the model reads; the decision goes along as machine data.</summary>
    public static byte[] ToolError(string? id, string protocolVersion, string text, DecisionFacts decision, string? approvalId = null, int? retryAfterSeconds = null) => Write(id, writer =>
    {
        writer.WriteStartObject("result");
        if (ProtocolRevision.IsModern(protocolVersion))
        {
            writer.WriteString("resultType", "complete");
        }

        writer.WriteStartArray("content");
        writer.WriteStartObject();
        writer.WriteString("type", "text");
        writer.WriteString("text", text);
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteBoolean("isError", true);
        writer.WriteStartObject("_meta");
        writer.WriteStartObject("dev.chaperone/decision");
        writer.WriteString("effect", JsonNamingPolicy.CamelCase.ConvertName(decision.Effect.ToString()));
        writer.WriteString("rule", decision.Rule);
        writer.WriteString("policy", decision.PolicyDigest);
        if (approvalId is not null)
        {
            writer.WriteString("approval", approvalId);
        }

        if (retryAfterSeconds is { } seconds)
        {
            writer.WriteNumber("retryAfterSeconds", seconds);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    /// <summary>The 2026-07-28 answer that makes a client repeat its request with <paramref name="requestState"/> (a state-only leg).</summary>
    public static byte[] RepeatWith(string? id, string requestState) => Write(id, writer =>
    {
        writer.WriteStartObject("result");
        writer.WriteString("resultType", "input_required");
        writer.WriteString("requestState", requestState);
        writer.WriteEndObject();
    });

    /// <summary>The 2026-07-28 acknowledgement: done, nothing to say.</summary>
    public static byte[] Acknowledge(string? id) => Write(id, writer =>
    {
        writer.WriteStartObject("result");
        writer.WriteString("resultType", "complete");
        writer.WriteEndObject();
    });

    /// <summary><paramref name="text"/> as a JSON string.</summary>
    public static string Quote(string text) => $"\"{JavaScriptEncoder.Default.Encode(text)}\"";

    private static byte[] Write(string? id, Action<Utf8JsonWriter> body)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("jsonrpc", "2.0");
            writer.WritePropertyName("id");
            writer.WriteRawValue(id ?? "null");
            body(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
