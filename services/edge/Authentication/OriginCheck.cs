using System.Net;
using Microsoft.Extensions.Options;

namespace Chaperone.Edge.Authentication;

/// <summary>Refuses foreign Host and Origin headers: a page that resolves its own name to this machine must not reach the gateway (DNS rebinding).</summary>
internal sealed class OriginCheck(IOptions<EdgeOptions> options)
{
    private readonly Uri _public = options.Value.PublicUrl;
    private readonly HashSet<string> _hosts = new(options.Value.AllowedHosts.Append(options.Value.PublicUrl.Host), StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _origins = new(options.Value.AllowedOrigins.Append(options.Value.PublicUrl.GetLeftPart(UriPartial.Authority)), StringComparer.OrdinalIgnoreCase);

    /// <summary>Words for a refusal; null when the request may go on.</summary>
    public string? Refuses(HttpRequest request)
    {
        if (!IsHost(request.Host.Host))
        {
            return "The Host header is not one this gateway answers to.";
        }

        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || IsOrigin(origin) ? null : "The Origin header is not one this gateway answers to.";
    }

    /// <summary>Lets a browser of an allowed origin read the answer.</summary>
    public void AddCors(HttpContext http)
    {
        var origin = http.Request.Headers.Origin.ToString();
        if (origin.Length == 0 || !IsOrigin(origin))
        {
            return;
        }

        var headers = http.Response.Headers;
        headers.AccessControlAllowOrigin = origin;
        headers.Vary = "Origin";
        headers.AccessControlExposeHeaders = "WWW-Authenticate, Mcp-Session-Id";
        if (HttpMethods.IsOptions(http.Request.Method))
        {
            headers.AccessControlAllowMethods = "POST, GET, DELETE";
            headers.AccessControlAllowHeaders = http.Request.Headers.AccessControlRequestHeaders;
            headers.AccessControlMaxAge = "600";
        }
    }

    private bool IsHost(string host) => _hosts.Contains(host) || (_public.IsLoopback && IsLoopback(host));

    private bool IsOrigin(string origin) =>
        _origins.Contains(origin) || (_public.IsLoopback && Uri.TryCreate(origin, UriKind.Absolute, out var uri) && IsLoopback(uri.Host));

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
