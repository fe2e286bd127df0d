using System.Text.Json;
using System.Text.Unicode;

namespace Chaperone.Edge.Mcp;

/// <summary>
/// What the edge has to know of a message from the upstream; masking reads the rest. Read so strictly that no client can find a
/// request in it that the edge does not: one object, one of request, notification and response, no key twice in the envelope or
/// written otherwise.
/// </summary>
internal sealed record ServerMessage
{
    /// <summary>JSON-RPC error of MCP 2025-11-25: the client is to have its user visit addresses first.</summary>
    private const int UrlElicitationRequired = -32042;

    private const int MaxDepth = 64;
    private const string NotificationPrefix = "notifications/";
    private static readonly string[] EnvelopeKeys = ["jsonrpc", "id", "method", "params", "result", "error"];

    /// <summary>The method of a request or notification; null for a response.</summary>
    public string? Method { get; init; }

    /// <summary>The id as raw JSON; null for notifications.</summary>
    public string? Id { get; init; }

    /// <summary>The code of a response that carries an error.</summary>
    public int? ErrorCode { get; init; }

    /// <summary>True for a result that is one of MCP's lists, whatever request it answers.</summary>
    public bool IsList { get; init; }

    /// <summary>True for a result that lists tasks, whatever request it answers.</summary>
    public bool ListsTasks { get; init; }

    /// <summary>What an answer or a notification asks the client to do (<c>inputRequests</c>, addresses to visit), whatever its revision.</summary>
    public IReadOnlyList<ServerAsk> Asks { get; init; } = [];

    /// <summary>The revision an initialize result agrees on; null elsewhere.</summary>
    public string? ProtocolVersion { get; init; }

    /// <summary>True when it asks for something: it has a method and an id.</summary>
    public bool IsRequest => Method is not null && Id is not null;

    /// <summary>True when it answers the request with this raw id.</summary>
    public bool Answers(string? requestId) => Method is null && requestId is not null && Id == requestId;

    /// <summary>Reads <paramref name="bytes"/>; null when it is no JSON-RPC message, or one that could be read in two ways.</summary>
    public static ServerMessage? Read(ReadOnlyMemory<byte> bytes)
    {
        if (!Utf8.IsValid(bytes.Span))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement) : null;
        }

        // JsonException: no JSON. InvalidOperationException: a string that is no text.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static ServerMessage? Read(JsonElement root)
    {
        if (!HasPlainEnvelope(root) || !TryReadId(root, out var id))
        {
            return null;
        }

        var hasMethod = root.TryGetProperty("method", out var method);
        var hasResult = root.TryGetProperty("result", out var result);
        var hasError = root.TryGetProperty("error", out var error);
        if ((hasMethod ? 1 : 0) + (hasResult ? 1 : 0) + (hasError ? 1 : 0) != 1)
        {
            return null;
        }

        if (hasMethod)
        {
            return method.ValueKind == JsonValueKind.String ? ReadMethod(root, method.GetString()!, id) : null;
        }

        return new ServerMessage
        {
            Id = id,
            ErrorCode = Member(error, "code") is { ValueKind: JsonValueKind.Number } code && code.TryGetInt32(out var number) ? number : null,
            IsList = HasArray(result, "tools") || HasArray(result, "prompts") || HasArray(result, "resources") || HasArray(result, "resourceTemplates"),
            ListsTasks = HasArray(result, "tasks"),
            Asks = [.. InputRequests.Find(result), .. InputRequests.Find(error), .. InputRequests.Visits(error, UrlElicitationRequired)],
            ProtocolVersion = Member(result, "protocolVersion") is { ValueKind: JsonValueKind.String } version ? version.GetString() : null,
        };
    }

    /// <summary>A notification is named as one and has no id, a request is neither: what is both or none, some client takes for the other.</summary>
    private static ServerMessage? ReadMethod(JsonElement root, string method, string? id) =>
        method.StartsWith(NotificationPrefix, StringComparison.Ordinal) == (id is null) && (id is not null || !root.TryGetProperty("id", out _))
            ? new ServerMessage { Method = method, Id = id, Asks = id is null ? InputRequests.Find(Member(root, "params")) : [] }
            : null;

    private static bool HasPlainEnvelope(JsonElement root)
    {
        var known = 0;
        HashSet<string>? others = null;
        foreach (var property in root.EnumerateObject())
        {
            var key = KeyOf(property);
            if (key >= 0)
            {
                if ((known & (1 << key)) != 0)
                {
                    return false;
                }

                known |= 1 << key;
                continue;
            }

            var name = property.Name;
            if (!(others ??= new HashSet<string>(StringComparer.Ordinal)).Add(name) || Array.Exists(EnvelopeKeys, k => name.Equals(k, StringComparison.OrdinalIgnoreCase)))
            {
                return false;
            }
        }

        return true;
    }

    private static int KeyOf(JsonProperty property)
    {
        for (var i = 0; i < EnvelopeKeys.Length; i++)
        {
            if (property.NameEquals(EnvelopeKeys[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool TryReadId(JsonElement root, out string? id)
    {
        id = null;
        if (!root.TryGetProperty("id", out var element) || element.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        id = element.GetRawText();
        return element.ValueKind is JsonValueKind.String or JsonValueKind.Number;
    }

    private static bool HasArray(JsonElement element, string name) => Member(element, name).ValueKind == JsonValueKind.Array;

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;
}
