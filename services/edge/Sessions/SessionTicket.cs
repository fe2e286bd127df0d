using Chaperone.Contracts;

namespace Chaperone.Edge.Sessions;

/// <summary>What the gateway's Mcp-Session-Id holds, sealed: the upstream's own id and what initialize agreed on.</summary>
internal sealed record SessionTicket
{
    /// <summary>The gateway's session id.</summary>
    public required Guid SessionId { get; init; }

    /// <summary>The upstream's Mcp-Session-Id.</summary>
    public required string UpstreamSessionId { get; init; }

    /// <summary>The revision agreed on.</summary>
    public required string ProtocolVersion { get; init; }

    public string? ClientName { get; init; }

    public string? ClientVersion { get; init; }

    /// <summary>Whom and what a ticket is for: nobody else can use it, and not at another server.</summary>
    public static string Context(Principal principal, string server) =>
        string.Join('\n', "session", principal.Issuer, principal.Subject, principal.ClientId, server);
}
