using System.Net.WebSockets;
using System.Text.Json;

namespace Chaperone.Approval.Slack;

/// <summary>One message of Socket Mode.</summary>
/// <param name="Type">E.g. <c>hello</c>, <c>interactive</c>, <c>disconnect</c>.</param>
/// <param name="Id">What to acknowledge; null where nothing is.</param>
/// <param name="Payload">The interaction as JSON; null for other types.</param>
internal sealed record SlackEnvelope(string? Type, string? Id, string? Payload)
{
    private const int LongestMessage = 1024 * 1024;

    /// <summary>The next message; null when Slack closes the connection.</summary>
    /// <exception cref="WebSocketException">The connection broke, or what came is no envelope.</exception>
    public static async Task<SlackEnvelope?> ReceiveAsync(ClientWebSocket socket, CancellationToken cancellationToken)
    {
        using var message = new MemoryStream();
        var buffer = new byte[16 * 1024];
        ValueWebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            if (message.Length + part.Count > LongestMessage)
            {
                throw new WebSocketException("Slack sent a message of more than 1 MB.");
            }

            message.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        return Read(message.ToArray());
    }

    public static async Task AcknowledgeAsync(ClientWebSocket socket, SlackEnvelope envelope, CancellationToken cancellationToken) =>
        await socket.SendAsync(
            JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["envelope_id"] = envelope.Id! }),
            WebSocketMessageType.Text,
            endOfMessage: true,
            cancellationToken);

    private static SlackEnvelope Read(byte[] message)
    {
        try
        {
            using var document = JsonDocument.Parse(message, new JsonDocumentOptions { MaxDepth = 64 });
            var root = document.RootElement;
            var type = Text(root, "type");
            return new SlackEnvelope(
                type,
                Text(root, "envelope_id"),
                type == "interactive" && root.TryGetProperty("payload", out var payload) ? payload.GetRawText() : null);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new WebSocketException("Slack sent something that is no envelope.", e);
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
