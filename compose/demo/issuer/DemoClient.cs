namespace Chaperone.Demo.Issuer;

/// <summary>The programs that may ask for tokens: public clients, PKCE required, redirects to this machine only (RFC 8252).</summary>
internal static class DemoClient
{
    private static readonly string[] Known = ["chaperone-console", "mcp-demo"];

    /// <summary>True for a registered client.</summary>
    public static bool IsKnown(string? clientId) => Known.Contains(clientId);

    /// <summary>True for an absolute loopback URL without fragment.</summary>
    public static bool MayRedirectTo(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.IsLoopback && uri.Fragment.Length == 0;
}
