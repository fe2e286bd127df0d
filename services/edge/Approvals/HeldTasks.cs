using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Chaperone.Contracts;
using Chaperone.Edge.Mcp;
using Chaperone.Edge.Sessions;

namespace Chaperone.Edge.Approvals;

/// <summary>
/// Held calls as tasks (extension io.modelcontextprotocol/tasks, 2026-07-28) for clients that declare it. Each look at a task is
/// one more leg of the call itself: decided, held, and once approved forwarded, masked and recorded like any.
/// </summary>
internal sealed class HeldTasks(EdgeSeal seal, TimeProvider time)
{
    public const string Extension = "io.modelcontextprotocol/tasks";

    // The id goes into a header, which proxies commonly take up to 8 KB. A larger call is held in legs.
    private const int LargestCall = 3 * 1024;
    private const int LargestHeaders = 512;
    private const string NameHeader = "Mcp-Name";
    private const string ParameterPrefix = "Mcp-Param-";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether a held call becomes a task.</summary>
    public static bool Takes(Exchange exchange) =>
        exchange is { IsModern: true, Task: null, Message: { TakesTasks: true, Kind: MessageKind.Request } message, Call.Method: "tools/call" }
        && message.Bytes.Length <= LargestCall
        && HeadersOf(exchange.Http.Request).Sum(h => h.Key.Length + h.Value.Length) <= LargestHeaders;

    /// <summary>The task of a held call.</summary>
    public HeldTask Make(Exchange exchange, ApprovalStatus status) => new()
    {
        ApprovalId = status.ApprovalId,
        Params = Write(writer =>
        {
            foreach (var property in exchange.Message!.Params.EnumerateObject().Where(p => !p.NameEquals("_meta")))
            {
                writer.WritePropertyName(property.Name);
                writer.WriteRawValue(property.Value.GetRawText());
            }
        }),
        Headers = HeadersOf(exchange.Http.Request),
        CreatedAt = time.GetUtcNow(),
        ExpiresAt = status.ExpiresAt,
    };

    /// <summary>Its id for this caller.</summary>
    public string IdOf(HeldTask task, CallFacts call) => seal.Seal(task, HeldTask.Context(call.Principal, call.Server));

    /// <summary>The task that <paramref name="message"/> is about; null where it is about none of the gateway's, or not of this caller's.</summary>
    public HeldTask? Find(McpMessage message, Principal principal, string server) =>
        message is { Kind: MessageKind.Request, Method: "tasks/get" or "tasks/cancel" or "tasks/update", Target: { } id }
        && seal.TryOpen<HeldTask>(id, HeldTask.Context(principal, server), out var task)
            ? task
            : null;

    /// <summary>The call of <paramref name="task"/> under the id of <paramref name="look"/>, and with its headers in place of the look's.</summary>
    public static McpMessage? Restore(HeldTask task, McpMessage look, HttpRequest request)
    {
        var bytes = Write(writer =>
        {
            writer.WriteString("jsonrpc", "2.0");
            writer.WritePropertyName("id");
            writer.WriteRawValue(look.Id!);
            writer.WriteString("method", "tools/call");
            writer.WriteStartObject("params");
            using var parameters = JsonDocument.Parse(task.Params);
            foreach (var property in parameters.RootElement.EnumerateObject())
            {
                property.WriteTo(writer);
            }

            writer.WritePropertyName("_meta");
            MetaOf(look).WriteTo(writer);
            writer.WriteEndObject();
        });
        if (!McpMessageReader.TryRead(bytes, out var call, out _))
        {
            return null;
        }

        // What goes upstream is this call: the headers must repeat it, not the look (SEP-2243).
        request.Headers["Mcp-Method"] = "tools/call";
        request.Headers.Remove(NameHeader);
        foreach (var (name, value) in task.Headers)
        {
            request.Headers[name] = value;
        }

        return call;
    }

    /// <summary>The answer to server/discover, saying that calls may become tasks.</summary>
    public static byte[] Declare(byte[] discovered)
    {
        if (Read(discovered) is not JsonObject message || message["result"] is not JsonObject result || result["capabilities"] is not JsonObject capabilities)
        {
            return discovered;
        }

        if (capabilities["extensions"] is not JsonObject extensions)
        {
            capabilities["extensions"] = extensions = [];
        }

        extensions[Extension] ??= new JsonObject();
        return Encoding.UTF8.GetBytes(message.ToJsonString(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
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

    /// <summary>The look's own facts about the client, without what the upstream must not take up: a task of its own could not be told from this one, and progress has nowhere to go.</summary>
    private static JsonObject MetaOf(McpMessage look)
    {
        var meta = JsonNode.Parse(look.Params.GetProperty("_meta").GetRawText())!.AsObject();
        meta.Remove("progressToken");
        if (meta["io.modelcontextprotocol/clientCapabilities"] is JsonObject capabilities && capabilities["extensions"] is JsonObject extensions)
        {
            extensions.Remove(Extension);
        }

        return meta;
    }

    private static Dictionary<string, string> HeadersOf(HttpRequest request) => request.Headers
        .Where(h => h.Key.Equals(NameHeader, StringComparison.OrdinalIgnoreCase) || h.Key.StartsWith(ParameterPrefix, StringComparison.OrdinalIgnoreCase))
        .ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);

    private static byte[] Write(Action<Utf8JsonWriter> body)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            body(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
