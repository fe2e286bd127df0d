using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Chaperone.Edge.Mcp;

namespace Chaperone.Edge.Approvals;

/// <summary>
/// What a client is told of a task. The messages that go in were masked and recorded; what is put around them (the id, times,
/// the state) is the gateway's own and says nothing of the call. What servers say is copied, never taken apart: keys may repeat.
/// </summary>
internal static class TaskAnswers
{
    private const int PollMilliseconds = 1000;
    private const string NotCarried = "The MCP server answered with a question that a task cannot carry, so its answer is withheld; the call may have been executed in part.";

    // An approved call may still be fetched for a while after the request's own time.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(30);
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The answer to the call itself: there is a task now.</summary>
    public static byte[] Made(HeldTask task, string id, byte[] words) => Write(words, State(task, id, "task", "working", task.CreatedAt, TextOf(words)));

    /// <summary>The answer to a look: it still waits, or it was withdrawn.</summary>
    public static byte[] Stands(HeldTask task, string id, byte[] words, bool withdrawn, DateTimeOffset now) =>
        Write(words, State(task, id, "complete", withdrawn ? "cancelled" : "working", withdrawn ? now : task.CreatedAt, TextOf(words)));

    /// <summary>The answer to a look: the call has ended, this way or that.</summary>
    public static byte[] Ended(HeldTask task, string id, byte[] answer, DateTimeOffset now)
    {
        using var message = JsonDocument.Parse(answer);
        if (message.RootElement.TryGetProperty("error", out var error))
        {
            return Failed(task, id, answer, error.Clone(), now);
        }

        var result = message.RootElement.GetProperty("result");
        if (result.ValueKind != JsonValueKind.Object
            || (result.TryGetProperty("resultType", out var type) && (Is(type, "input_required") || Is(type, "task"))))
        {
            return Failed(task, id, answer, JsonSerializer.SerializeToElement(new { code = McpFault.InternalError, message = NotCarried }), now);
        }

        var state = State(task, id, "complete", "completed", now, null);
        state["result"] = JsonNode.Parse(result.GetRawText());
        return Write(answer, state);
    }

    private static byte[] Failed(HeldTask task, string id, byte[] answer, JsonElement error, DateTimeOffset now)
    {
        var words = error.ValueKind == JsonValueKind.Object && error.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.String ? message.GetString() : null;
        var state = State(task, id, "complete", "failed", now, words);
        state["error"] = JsonNode.Parse(error.GetRawText());
        return Write(answer, state);
    }

    private static JsonObject State(HeldTask task, string id, string resultType, string status, DateTimeOffset updated, string? words)
    {
        var state = new JsonObject
        {
            ["resultType"] = resultType,
            ["taskId"] = id,
            ["status"] = status,
            ["createdAt"] = Time(task.CreatedAt),
            ["lastUpdatedAt"] = Time(updated),
            ["ttlMs"] = (long)(task.ExpiresAt - task.CreatedAt + Grace).TotalMilliseconds,
            ["pollIntervalMs"] = PollMilliseconds,
        };
        if (words is not null)
        {
            state["statusMessage"] = words;
        }

        return state;
    }

    private static bool Is(JsonElement value, string text) => value.ValueKind == JsonValueKind.String && value.ValueEquals(text);

    private static string Time(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string? TextOf(byte[] message) => (string?)JsonNode.Parse(message)?["result"]?["content"]?[0]?["text"];

    private static byte[] Write(byte[] answered, JsonObject result)
    {
        var id = JsonNode.Parse(answered)!["id"]?.DeepClone();
        return JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["result"] = result }, Options);
    }
}
