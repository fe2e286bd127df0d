using Chaperone.Edge.Upstream.Credentials;

namespace Chaperone.Edge.Upstream;

/// <summary>One upstream MCP server with the credential the gateway uses there.</summary>
internal sealed record UpstreamServer
{
    public required string Name { get; init; }

    /// <summary>Its MCP endpoint.</summary>
    public required Uri Url { get; init; }

    /// <summary>The issuers whose tokens it takes; empty for all.</summary>
    public string[] Issuers { get; init; } = [];

    /// <summary>Its credential as the policy file says it; null when it wants none.</summary>
    public CredentialTerms? Terms { get; init; }

    /// <summary>The header to show there; null when it wants none.</summary>
    public IUpstreamCredential? Credential { get; init; }

    /// <summary>The client certificate to show there; null when it wants none.</summary>
    public MutualTls? MutualTls { get; init; }

    /// <summary>Keeps the secret out of logs and messages.</summary>
    public override string ToString() => Name;
}
