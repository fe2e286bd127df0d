using System.Text.Json;

namespace Chaperone.Edge.Mcp;

/// <summary>What the edge has to know of a message from the upstream; masking reads the rest.</summary>
internal sealed record ServerMessage
{
    private const int MaxDepth = 64;

    /// <summary>The method of a request or notification; null for a response.</summary>
    public string? Method { get; init; }

    /// <summary>The id as raw JSON; null for notifications.</summary>
    public string? Id { get; init; }

    /// <summary>True for a response that carries an error.</summary>
    public int? ErrorCode { get; init; }

    /// <summary>True for a result that is one of MCP's lists, whatever request it answers.</summary>
    public bool IsList { get; init; }

    /// <summary>Methods a 2026-07-28 server asks the client to run (<c>resultType: input_required</c>).</summary>
    public string[] InputRequests { get; init; } = [];

    /// <summary>The revision an initialize result agrees on; null elsewhere.</summary>
    public string? ProtocolVersion { get; init; }

    /// <summary>True when it asks for something: it has a method and an id.</summary>
    public bool IsRequest => Method is not null && Id is not null;

    /// <summary>True when it answers the request with this raw id.</summary>
    public bool Answers(string? requestId) => Method is null && requestId is not null && Id == requestId;

    /// <summary>Reads <paramref name="bytes"/>; null when it is no JSON-RPC object.</summary>
    public static ServerMessage? Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = MaxDepth });
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            var result = Member(root, "result");
            return new ServerMessage
            {
                Method = Member(root, "method") is { ValueKind: JsonValueKind.String } method ? method.GetString() : null,
                Id = Member(root, "id") is { ValueKind: JsonValueKind.String or JsonValueKind.Number } id ? id.GetRawText() : null,
                ErrorCode = Member(Member(root, "error"), "code") is { ValueKind: JsonValueKind.Number } code && code.TryGetInt32(out var number) ? number : null,
                IsList = HasArray(result, "tools") || HasArray(result, "prompts") || HasArray(result, "resources") || HasArray(result, "resourceTemplates"),
                InputRequests = ReadInputRequests(result),
                ProtocolVersion = Member(result, "protocolVersion") is { ValueKind: JsonValueKind.String } version ? version.GetString() : null,
            };
        }

        // JsonException: no JSON. InvalidOperationException: a string that is no text.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string[] ReadInputRequests(JsonElement result)
    {
        var requests = Member(result, "inputRequests");
        return requests.ValueKind == JsonValueKind.Object
            ? [.. requests.EnumerateObject().Select(r => Member(r.Value, "method") is { ValueKind: JsonValueKind.String } m ? m.GetString()! : "unknown").Distinct(StringComparer.Ordinal)]
            : [];
    }

    private static bool HasArray(JsonElement element, string name) => Member(element, name).ValueKind == JsonValueKind.Array;

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;
}
