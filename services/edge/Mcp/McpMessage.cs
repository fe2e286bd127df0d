using System.Text.Json;

namespace Chaperone.Edge.Mcp;

/// <summary>One JSON-RPC message of a client, read but not re-written: the bytes that were checked are the bytes that are forwarded.</summary>
internal sealed class McpMessage(byte[] bytes, JsonDocument document) : IDisposable
{
    /// <summary>The bytes as they came.</summary>
    public byte[] Bytes { get; } = bytes;

    public JsonElement Root => document.RootElement;

    public required MessageKind Kind { get; init; }

    /// <summary>The method; <c>response</c> for a JSON-RPC response.</summary>
    public required string Method { get; init; }

    /// <summary>The id as raw JSON; null for notifications.</summary>
    public string? Id { get; init; }

    /// <summary><c>params</c>; undefined when absent.</summary>
    public JsonElement Params { get; init; }

    /// <summary>Tool or prompt name, resource URI or task id; null where the method has none.</summary>
    public string? Target { get; init; }

    /// <summary><c>_meta["io.modelcontextprotocol/protocolVersion"]</c>.</summary>
    public string? MetaVersion { get; init; }

    /// <summary><c>params.protocolVersion</c> of initialize.</summary>
    public string? RequestedVersion { get; init; }

    /// <summary>Name and version the client gives itself in this message.</summary>
    public (string? Name, string? Version) ClientInfo { get; init; }

    /// <summary><c>params.requestState</c> of a repeated 2026-07-28 request.</summary>
    public string? RequestState { get; init; }

    /// <summary>True where the client says that it takes tasks in place of results (extension io.modelcontextprotocol/tasks).</summary>
    public bool TakesTasks { get; init; }

    public void Dispose() => document.Dispose();
}

/// <summary>What a JSON-RPC message is.</summary>
internal enum MessageKind
{
    Request,
    Notification,
    Response,
}
