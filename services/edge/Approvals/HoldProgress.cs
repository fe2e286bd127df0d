using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Chaperone.Edge.Mcp;

namespace Chaperone.Edge.Approvals;

/// <summary>
/// Progress while a call waits for people, for clients that asked for it: many begin their timeout anew with each. Progress must
/// grow (MCP, progress), so what the server says later is raised where it does not.
/// </summary>
internal sealed class HoldProgress(string token, string approvalId)
{
    private const double Step = 0.001;
    private double _last;

    /// <summary>For the calls that carry a token; null for others.</summary>
    public static HoldProgress? For(McpMessage message, string approvalId) =>
        message.Params is { ValueKind: JsonValueKind.Object } parameters
        && parameters.TryGetProperty("_meta", out var meta)
        && meta.TryGetProperty("progressToken", out var token) && token.ValueKind is JsonValueKind.String or JsonValueKind.Number
            ? new HoldProgress(token.GetRawText(), approvalId)
            : null;

    /// <summary>The next notification. It goes out unrecorded: it holds nothing but the client's own token and the request's number.</summary>
    public byte[] Next()
    {
        _last += Step;
        var progress = _last.ToString("0.###", CultureInfo.InvariantCulture);
        return new SseFrame
        {
            EventType = "message",
            Data = Encoding.UTF8.GetBytes(
                $$$"""{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":{{{token}}},"progress":{{{progress}}},"message":"Waiting for approval {{{approvalId}}}"}}"""),
        }.ToBytes();
    }

    /// <summary>The server's own notification, its progress raised above what was said before.</summary>
    public byte[] Raise(byte[] notification)
    {
        if (Read(notification) is not JsonObject message || message["params"] is not JsonObject parameters
            || parameters["progressToken"]?.ToJsonString() != JsonNode.Parse(token)!.ToJsonString()
            || parameters["progress"] is not JsonValue value || !value.TryGetValue<double>(out var progress))
        {
            return notification;
        }

        if (progress > _last)
        {
            _last = progress;
            return notification;
        }

        _last += Step;
        parameters["progress"] = Math.Round(_last, 3);
        return JsonSerializer.SerializeToUtf8Bytes(message, Relaxed);
    }

    /// <summary>Null for what repeats a key: it is passed as it came.</summary>
    private static JsonNode? Read(byte[] json)
    {
        try
        {
            return JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
