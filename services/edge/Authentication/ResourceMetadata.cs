namespace Chaperone.Edge.Authentication;

/// <summary>OAuth 2.0 Protected Resource Metadata (RFC 9728): where a client gets a token for this gateway.</summary>
internal static class ResourceMetadata
{
    public const string WellKnown = "/.well-known/oauth-protected-resource";

    /// <summary>Where the metadata of a server stands; the same for servers that do not exist.</summary>
    public static string UrlOf(EdgeOptions options, string server) =>
        $"{options.PublicUrl.GetLeftPart(UriPartial.Authority)}{WellKnown}/mcp/{Uri.EscapeDataString(server)}";

    public static object Document(EdgeOptions options, string? server) => new
    {
        resource = options.PublicUrl.GetLeftPart(UriPartial.Authority) + (server is null ? string.Empty : $"/mcp/{Uri.EscapeDataString(server)}"),
        authorization_servers = options.Issuers.Select(i => i.Issuer ?? i.Authority!.ToString().TrimEnd('/')).ToArray(),
        scopes_supported = options.RequiredScopes.ToArray(),
        bearer_methods_supported = new[] { "header" },
        resource_name = "Chaperone",
    };
}
