using System.Text.Json.Nodes;
using Chaperone.Contracts;

namespace Chaperone.Policy.Cases;

/// <summary>A call as people write it down: <c>{ "tool": "query", "arguments": {...} }</c>, or a whole JSON-RPC message.</summary>
internal sealed record CallSketch
{
    private static readonly string[] Keys = ["method", "tool", "prompt", "resource", "arguments"];

    /// <summary>The JSON-RPC method.</summary>
    public required string Method { get; init; }

    /// <summary>What it acts on; null where the method has nothing.</summary>
    public string? Target { get; init; }

    /// <summary>The JSON-RPC message.</summary>
    public required byte[] Message { get; init; }

    /// <summary>Reads <paramref name="node"/>.</summary>
    /// <exception cref="SketchException">It is no call.</exception>
    public static CallSketch Read(JsonNode? node)
    {
        if (node is not JsonObject call)
        {
            throw new SketchException("The call is no JSON object; write {\"tool\": \"query\", \"arguments\": {}}.");
        }

        return call.ContainsKey("jsonrpc") ? OfMessage(call) : OfParts(call);
    }

    /// <summary>The facts of the call as <paramref name="caller"/> makes it to <paramref name="server"/>.</summary>
    public CallFacts Facts(Principal caller, string server, DateTimeOffset at, string? address, string? clientName) => new()
    {
        CallId = Guid.Empty,
        SessionId = Guid.Empty,
        Principal = caller,
        ClientName = clientName,
        ProtocolVersion = "2026-07-28",
        Server = server,
        Method = Method,
        Target = Target,
        RemoteAddress = address,
        ReceivedAt = at,
    };

    private static CallSketch OfMessage(JsonObject message)
    {
        var method = Text(message["method"]) ?? throw new SketchException("The message has no method.");
        var parameters = message["params"] as JsonObject;
        var target = Text(parameters?["name"]) ?? Text(parameters?["uri"]) ?? Text(parameters?["taskId"])
            ?? Text(parameters?["ref"]?["name"]) ?? Text(parameters?["ref"]?["uri"]);
        return new CallSketch { Method = method, Target = target, Message = Bytes(message) };
    }

    private static CallSketch OfParts(JsonObject call)
    {
        if (call.FirstOrDefault(m => !Keys.Contains(m.Key, StringComparer.Ordinal)).Key is { } unknown)
        {
            throw new SketchException($"The call has an unknown key '{unknown}'; use one of {string.Join(", ", Keys)}, or a whole JSON-RPC message.");
        }

        var (key, name, usual) = (call["tool"], call["prompt"], call["resource"]) switch
        {
            ({ } tool, null, null) => ("name", Text(tool), "tools/call"),
            (null, { } prompt, null) => ("name", Text(prompt), "prompts/get"),
            (null, null, { } resource) => ("uri", Text(resource), "resources/read"),
            (null, null, null) => (string.Empty, null, null),
            _ => throw new SketchException("The call names more than one of tool, prompt and resource."),
        };
        var method = Text(call["method"]) ?? usual ?? throw new SketchException("The call names no tool, prompt, resource or method.");
        var parameters = new JsonObject();
        if (name is not null)
        {
            parameters[key] = name;
        }

        if (call["arguments"] is { } arguments)
        {
            parameters["arguments"] = arguments.DeepClone();
        }

        return new CallSketch { Method = method, Target = name, Message = Bytes(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = 1, ["method"] = method, ["params"] = parameters }) };
    }

    private static byte[] Bytes(JsonObject message) => System.Text.Encoding.UTF8.GetBytes(message.ToJsonString());

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
