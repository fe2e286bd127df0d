namespace Chaperone.Contracts;

/// <summary>What a call is, without its payload: "principal, server, operation", not "an HTTP request". PHI-free but for <see cref="Target"/> of resources.</summary>
public sealed record CallFacts
{
    /// <summary>UUIDv7; the correlation id everywhere.</summary>
    public required Guid CallId { get; init; }

    /// <summary>The gateway's own session: one person, client and server within an idle window.</summary>
    public required Guid SessionId { get; init; }

    /// <summary>Who calls.</summary>
    public required Principal Principal { get; init; }

    /// <summary>Name of the client program as it says itself (<c>clientInfo.name</c>), at most 128 characters; null if unknown.</summary>
    public string? ClientName { get; init; }

    /// <summary>Version of the client program as it says itself; null if unknown.</summary>
    public string? ClientVersion { get; init; }

    /// <summary>MCP revision, e.g. <c>2026-07-28</c>.</summary>
    public required string ProtocolVersion { get; init; }

    /// <summary>Key of the server in the policy file.</summary>
    public required string Server { get; init; }

    /// <summary>JSON-RPC method, e.g. <c>tools/call</c>; for a client's JSON-RPC response <c>response</c>; for the GET stream <c>stream/listen</c>; for DELETE <c>session/end</c>.</summary>
    public required string Method { get; init; }

    /// <summary>Tool name, prompt name, resource URI or task id; null where the method has none.</summary>
    public string? Target { get; init; }

    /// <summary>The JSON-RPC id as raw JSON (<c>7</c>, <c>"a"</c>); null for notifications.</summary>
    public string? RequestId { get; init; }

    /// <summary>Which way the message travels.</summary>
    public CallDirection Direction { get; init; }

    /// <summary>Address of the client; null when the edge cannot know it.</summary>
    public string? RemoteAddress { get; init; }

    /// <summary>When the edge had the whole message.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>W3C <c>traceparent</c>; null without a trace.</summary>
    public string? TraceParent { get; init; }
}

/// <summary>Which way a message travels.</summary>
public enum CallDirection
{
    /// <summary>From the client to the server.</summary>
    FromClient = 0,

    /// <summary>A server's request to the client (sampling, elicitation, roots) seen in a stream.</summary>
    FromServer = 1,
}
