namespace Chaperone.Edge.Upstream;

/// <summary>One upstream MCP server with the credential the gateway uses there.</summary>
internal sealed record UpstreamServer
{
    public required string Name { get; init; }

    /// <summary>Its MCP endpoint.</summary>
    public required Uri Url { get; init; }

    /// <summary>Header of the upstream credential; null when it wants none.</summary>
    public string? CredentialHeader { get; init; }

    /// <summary>Its value, resolved; a secret.</summary>
    public string? CredentialValue { get; init; }

    /// <summary>Keeps the secret out of logs and messages.</summary>
    public override string ToString() => Name;
}
