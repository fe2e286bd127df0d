using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Unicode;
using Chaperone.Edge.Approvals;

namespace Chaperone.Edge.Mcp;

/// <summary>
/// Reads one JSON-RPC 2.0 message so strictly that no upstream can read it differently: UTF-8, one object, no repeated keys,
/// no look-alike keys in the envelope, at most 64 levels.
/// </summary>
internal static class McpMessageReader
{
    private const int MaxDepth = 64;
    private const int MaxNameLength = 1024;
    private const string NoText = "A string of the message is not valid Unicode text.";
    private const string MetaPrefix = "io.modelcontextprotocol/";
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = MaxDepth };
    private static readonly string[] EnvelopeKeys = ["jsonrpc", "id", "method", "params", "result", "error"];
    private static readonly string[] ParamsKeys = ["name", "uri", "taskId", "arguments", "_meta", "requestState", "inputResponses", "cursor", "ref", "argument"];

    public static bool TryRead(byte[] bytes, [NotNullWhen(true)] out McpMessage? message, [NotNullWhen(false)] out McpFault? fault)
    {
        message = null;
        if (!Utf8.IsValid(bytes))
        {
            fault = new McpFault(StatusCodes.Status400BadRequest, McpFault.ParseError, "The body is not valid UTF-8.");
            return false;
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(bytes, Strict);
        }
        catch (JsonException e)
        {
            fault = new McpFault(StatusCodes.Status400BadRequest, McpFault.ParseError,
                $"The body is not JSON that the gateway accepts (line {e.LineNumber + 1}, byte {e.BytePositionInLine}): one object, no repeated keys, at most {MaxDepth} levels.");
            return false;
        }

        // To look for repeated keys the parser reads them, and finds that one is no text.
        catch (InvalidOperationException)
        {
            fault = McpFault.Invalid(NoText);
            return false;
        }

        try
        {
            fault = Read(bytes, document, out message);
        }

        // Escapes such as a lone \ud800 pass the parser but are no text.
        catch (InvalidOperationException)
        {
            fault = McpFault.Invalid(NoText);
        }

        if (fault is not null)
        {
            message = null;
            document.Dispose();
            return false;
        }

        return message is not null;
    }

    private static McpFault? Read(byte[] bytes, JsonDocument document, out McpMessage? message)
    {
        message = null;
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
        {
            return McpFault.Invalid(root.ValueKind == JsonValueKind.Array
                ? "Batches are not accepted: send one JSON-RPC message per request."
                : "The body must be one JSON-RPC object.");
        }

        if (LookAlike(root, EnvelopeKeys) is { } envelope)
        {
            return McpFault.Invalid($"The message has a key that reads like '{envelope}' but is written differently.");
        }

        if (!root.TryGetProperty("jsonrpc", out var version) || version.ValueKind != JsonValueKind.String || !version.ValueEquals("2.0"))
        {
            return McpFault.Invalid("jsonrpc must be \"2.0\".");
        }

        if (ReadId(root, out var id) is { } badId)
        {
            return badId;
        }

        var hasMethod = root.TryGetProperty("method", out var method);
        var hasAnswer = root.TryGetProperty("result", out _) | root.TryGetProperty("error", out _);
        if (hasMethod == hasAnswer)
        {
            return McpFault.Invalid("The message needs either method, or one of result and error.", id);
        }

        if (hasAnswer)
        {
            if (id is null)
            {
                return McpFault.Invalid("A response needs the id of the request it answers.");
            }

            message = new McpMessage(bytes, document) { Kind = MessageKind.Response, Method = "response", Id = id };
            return null;
        }

        if (method.ValueKind != JsonValueKind.String || method.GetString() is not { Length: > 0 and <= MaxNameLength } name)
        {
            return McpFault.Invalid($"method must be a string of 1 to {MaxNameLength} characters.", id);
        }

        return ReadParams(bytes, document, name, id, out message);
    }

    private static McpFault? ReadParams(byte[] bytes, JsonDocument document, string method, string? id, out McpMessage? message)
    {
        message = null;
        if (document.RootElement.TryGetProperty("params", out var parameters))
        {
            if (parameters.ValueKind != JsonValueKind.Object)
            {
                return McpFault.BadParams("params must be an object.", id);
            }

            if (LookAlike(parameters, ParamsKeys) is { } key)
            {
                return McpFault.BadParams($"params has a key that reads like '{key}' but is written differently.", id);
            }
        }

        var meta = Member(parameters, "_meta");
        if (meta.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Object))
        {
            return McpFault.BadParams("params._meta must be an object.", id);
        }

        if (McpMethods.IsRemoved(method) && Text(meta, MetaPrefix + "protocolVersion") is { } version && ProtocolRevision.IsModern(version))
        {
            return new McpFault(StatusCodes.Status404NotFound, McpFault.MethodNotFound, $"Method not found: {ProtocolRevision.Modern} has no {method}.", id);
        }

        if (ReadTarget(method, parameters, id, out var target) is { } badTarget)
        {
            return badTarget;
        }

        var arguments = Member(parameters, "arguments");
        if (arguments.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Object))
        {
            return McpFault.BadParams("params.arguments must be an object.", id);
        }

        var state = Member(parameters, "requestState");
        if (state.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.String))
        {
            return McpFault.BadParams("params.requestState must be a string.", id);
        }

        var info = method == "initialize" ? Member(parameters, "clientInfo") : Member(meta, MetaPrefix + "clientInfo");
        message = new McpMessage(bytes, document)
        {
            Kind = id is null ? MessageKind.Notification : MessageKind.Request,
            Method = method,
            Id = id,
            Params = parameters,
            Target = target,
            MetaVersion = Text(meta, MetaPrefix + "protocolVersion"),
            RequestedVersion = method == "initialize" ? Short(Text(parameters, "protocolVersion")) : null,
            ClientInfo = (Short(Text(info, "name")), Short(Text(info, "version"))),
            TakesTasks = Member(Member(Member(meta, MetaPrefix + "clientCapabilities"), "extensions"), HeldTasks.Extension).ValueKind == JsonValueKind.Object,
            RequestState = state.ValueKind == JsonValueKind.String ? state.GetString() : null,
        };
        return null;
    }

    private static McpFault? ReadId(JsonElement root, out string? id)
    {
        id = null;
        if (!root.TryGetProperty("id", out var element))
        {
            return null;
        }

        if (element.ValueKind is not (JsonValueKind.String or JsonValueKind.Number))
        {
            return McpFault.Invalid("id must be a string or a number.");
        }

        var raw = element.GetRawText();
        if (raw.Length > MaxNameLength)
        {
            return McpFault.Invalid($"id must be at most {MaxNameLength} characters.");
        }

        id = raw;
        return null;
    }

    private static McpFault? ReadTarget(string method, JsonElement parameters, string? id, out string? target)
    {
        target = null;
        if (McpMethods.TargetKey(method) is not { } key)
        {
            return null;
        }

        var value = method == "completion/complete" ? Member(Member(parameters, "ref"), "name") : Member(parameters, key);
        if (method == "completion/complete" && value.ValueKind != JsonValueKind.String)
        {
            value = Member(Member(parameters, "ref"), "uri");
        }

        if (value.ValueKind != JsonValueKind.String || value.GetString() is not { Length: > 0 and <= MaxNameLength * 8 } text)
        {
            return McpFault.BadParams($"params.{key} must be a string that is not empty.", id);
        }

        target = text;
        return null;
    }

    /// <summary>A key that equals a known one but for case: upstreams that ignore case would read it.</summary>
    private static string? LookAlike(JsonElement element, string[] known)
    {
        foreach (var property in element.EnumerateObject())
        {
            // Known keys differ in more than case, so one that is written as it should be looks like no other.
            if (IsOneOf(property, known))
            {
                continue;
            }

            var name = property.Name;
            if (Array.Find(known, k => name.Equals(k, StringComparison.OrdinalIgnoreCase)) is { } alike)
            {
                return alike;
            }
        }

        return null;
    }

    private static bool IsOneOf(JsonProperty property, string[] known)
    {
        foreach (var key in known)
        {
            if (property.NameEquals(key))
            {
                return true;
            }
        }

        return false;
    }

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    private static string? Text(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private static string? Short(string? text) => text is { Length: > 128 } ? text[..128] : text;
}
