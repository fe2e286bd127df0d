namespace Chaperone.Edge.Authentication;

/// <summary>OAuth 2.0 Protected Resource Metadata (RFC 9728): where a client gets a token for this gateway.</summary>
internal static class ResourceMetadata
{
    public const string WellKnown = "/.well-known/oauth-protected-resource";

    /// <summary>Where the metadata of a server stands; the same for servers that do not exist.</summary>
    public static string UrlOf(EdgeOptions options, string server) =>
        $"{options.PublicUrl.GetLeftPart(UriPartial.Authority)}{WellKnown}/mcp/{Uri.EscapeDataString(server)}";

    /// <summary>The resource that a token for one server names (RFC 8707); null means the gateway.</summary>
    public static string ResourceOf(EdgeOptions options, string? server) =>
        options.PublicUrl.GetLeftPart(UriPartial.Authority) + (server is null ? string.Empty : $"/mcp/{Uri.EscapeDataString(server)}");

    /// <summary>The metadata of <paramref name="server"/>; of the gateway where it is null.</summary>
    /// <param name="options">The edge's.</param>
    /// <param name="server">The name asked for, whether there is such a server or not.</param>
    /// <param name="issuers">The issuers it trusts; empty for all.</param>
    public static object Document(EdgeOptions options, string? server, string[] issuers) => new
    {
        resource = ResourceOf(options, server),
        authorization_servers = options.Issuers.Select(i => i.Name).Where(i => issuers.Length == 0 || issuers.Contains(i, StringComparer.Ordinal)).ToArray(),
        scopes_supported = options.RequiredScopes.ToArray(),
        bearer_methods_supported = new[] { "header" },
        resource_name = "Chaperone",
    };
}
